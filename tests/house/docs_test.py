"""What the documents name exists, and the check that says so fails when it doesn't."""
import tempfile
import unittest

import docs
import tree


class Documents(unittest.TestCase):
    def test_everything_they_name_exists(self):
        self.assertIn("README.md", tree.files(tree.TOP, ".md"))

        self.assertEqual(docs.check(tree.TOP), [])

    def test_readme_shows_an_example_from_the_tree(self):
        shown = [m.group(1) for m in docs.COPY.finditer(tree.read(tree.TOP, "README.md"))]

        self.assertTrue(any(path.startswith("libbgp/examples/") for path in shown), shown)


class DocumentsFindPlantedViolations(unittest.TestCase):
    def problems(self, text):
        with tempfile.TemporaryDirectory() as top:
            tree.plant(top, "libbgp/include/bgp/wire/framer.hpp", "")
            tree.plant(top, "libbgp/examples/a.cpp", "int main() {}\n")
            tree.plant(top, "tools/check", 'case "$1" in --fast) ;; esac\n')
            tree.plant(top, "CMakeLists.txt", "option(BGP_WERROR)\nbgp_add_test(a LABEL unit)\n")
            tree.plant(top, "CMakePresets.json", '{"configurePresets": [{"name": "dev"}]}')
            tree.plant(top, "docs/a.md", text)
            return docs.check(top)

    def test_what_exists_is_not_reported(self):
        for text in (
            "`tools/check`, `tools/check --fast`, `bgp/wire/framer.hpp`, `framer.hpp`, `libbgp/{include,examples}/`",
            "[a](../tools/check), [b](https://example.net/none), [c](#here), `libbgp/examples/*.cpp`",
            "`cmake --preset dev`, `ctest --preset dev -L unit`, `BGP_WERROR`, `build/dev/bgpd`, `either/or`, `/etc/x.conf`",
            "<!-- copy of libbgp/examples/a.cpp -->\n```cpp\nint main() {}\n```\n",
            "```sh\ntools/check --fast   # and then\n```\n",
            "`X.cpp` and `X_test.cpp`, `peer_NAME.py`",
            "`its.toml`:\n\n<!-- file its.toml -->\n```toml\n```\n",
        ):
            self.assertEqual(self.problems(text), [], text)

    def test_what_does_not_exist_is_reported_with_its_line(self):
        for text in (
            "`tools/chekc`",
            "`tools/check --slow`",
            "`bgp/wire/farmer.hpp`",
            "`farmer.hpp`",
            "`libbgp/{include,exmaples}/`",
            "[a](../tools/none)",
            "[a](none.md)",
            "`libbgp/examples/*.hpp`",
            "`cmake --preset devel`",
            "`ctest -L none`",
            "`BGP_WERORR`",
            "<!-- copy of libbgp/examples/a.cpp -->\n```cpp\nint main() { }\n```\n",
            "<!-- copy of libbgp/examples/b.cpp -->\n```cpp\nint main() {}\n```\n",
            "```sh\ntools/demos --fast\n```\n",
        ):
            found = self.problems("first line\n" + text)

            self.assertEqual(len(found), 1, f"{text!r}: {found}")
            self.assertRegex(found[0], r"^docs/a\.md:[23]: ")


if __name__ == "__main__":
    unittest.main()
