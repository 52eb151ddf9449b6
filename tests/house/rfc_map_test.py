"""docs/rfc-map.md is what the tree says, every rule that owes a test has one, and the check can fail."""
import sys
import tempfile
import unittest

import tree

sys.path.insert(0, tree.TOP + "/tools/lib")
import rfc_map  # noqa: E402

RULES = """## RFC 4271 - BGP-4

| done | id | level | requirement | section | owner |
| --- | --- | --- | --- | --- | --- |
| [ ] | 4271-01 | MUST | marker all ones | 4.1 | wire |
| [ ] | 4271-02 | MUST | stay in the state | 8.2.2 Idle | fsm |
| [ ] | 4271-03 | MUST | run the decision | 9.1 | rib |
"""


class Map(unittest.TestCase):
    maxDiff = None

    def test_every_rule_is_read(self):
        self.assertEqual(sum(len(rules) for _, rules in rfc_map.read_rules(tree.TOP)), 192)

    def test_nothing_is_wrong_in_the_tree(self):
        self.assertEqual(rfc_map.check(tree.TOP)[0], [])

    def test_the_document_is_what_the_tree_says(self):
        self.assertEqual(tree.read(tree.TOP, rfc_map.MAP), rfc_map.check(tree.TOP)[1],
                         "write it with: tools/rfc-map --write")


class Planted(unittest.TestCase):
    def checked(self, **planted):
        with tempfile.TemporaryDirectory() as top:
            tree.plant(top, rfc_map.RULES, RULES)
            tree.plant(top, "tests/wire/a_test.cpp", planted.get("cpp", ""))
            tree.plant(top, "tests/bgpd/a_test.py", planted.get("py", ""))
            tree.plant(top, "libbgp/src/wire/a.cpp", planted.get("source", ""))
            tree.plant(top, rfc_map.UNPROVEN, planted.get("unproven", "4271-01 later\n4271-02 later\n"))
            return rfc_map.check(top)

    def test_marked_tests_of_both_languages_stand_in_the_row(self):
        problems, text = self.checked(
            cpp="// Rules 4271-01\n// Rules of r-1: 4271-01\n// why\nTEST_P(A, B_C) {\n\"r-1\"\n",
            py="    # Rules 4271-02 4271-01\n    def test_x(self):\n",
            unproven="")

        self.assertEqual(problems, [])
        self.assertIn("| 4271-01 | 4.1 | MUST | marker all ones | wire | `A.B_C`, `A.B_C/r-1`, `a_test.test_x` |", text)
        self.assertIn("| wire | 1 | 1 |  |\n| fsm | 1 | 1 |  |", text)
        self.assertIn("| rib | 1 | 0 | 4271-03 |", text)

    def test_citations_of_the_section_stand_in_its_row(self):
        for source, section in (("// RFC 4271 4.1: why", "4.1"), ("// RFC 4271 4.2, 4.1", "4.1"),
                                ("// DEVIATES RFC 4271 4.1: x", "4.1"), ("// RFC 4271 9.1.2.2 a", "9.1"),
                                ("// RFC 4271 8.2.2 Idle, Event 3", "8.2.2 Idle"), ("// RFC 4271 8.2.2: all", "8.2.2 Idle"),
                                ("// RFC 4271 8.2.2 Connect", None), ("// RFC 4760 4.1", None),
                                ("// RFC 4271 4.11", None)):
            text = self.checked(source=source)[1]
            rows = [line for line in text.splitlines() if "`libbgp/src/wire/a.cpp`" in line]
            of_rules = [row for row in rows if row.startswith(("| 4271 4.1 ", "| 4271 8.2.2 Idle ", "| 4271 9.1 "))]

            self.assertEqual(of_rules, [f"| 4271 {section} | `libbgp/src/wire/a.cpp` |"] if section else [], source)
            self.assertTrue(rows, source)  # under its own section too, whether or not that has rules

    def test_what_is_wrong_is_reported(self):
        for planted, problem in (
            ({"cpp": "// Rules 4271-99\nTEST(A, B) {\n"}, "no rule 4271-99 in tests/data/fsm/rfc_map.md: A.B"),
            ({"unproven": "4271-01 x\n4271-02 x\n4271-98 x\n"}, "no rule 4271-98"),
            ({"unproven": "4271-01 later\n"}, "4271-02 has no test: stay in the state"),
            ({"cpp": "// Rules 4271-01\nTEST(A, B) {\n"}, "4271-01 has a test: it must leave"),
            ({"cpp": "// Rules of x: 4271-01\nTEST(A, B) {\n", "unproven": "4271-02 x\n"},
             "tests/wire/a_test.cpp:1: no row 'x'"),
            ({"cpp": "// Rules 4271-1\nTEST(A, B) {\n"}, "tests/wire/a_test.cpp:1: not a list"),
            ({"cpp": "// Rules 4271-01\nint x;\n"}, "tests/wire/a_test.cpp:1: rules above no test"),
            ({"cpp": "\n// Rules 4271-01\n"}, "tests/wire/a_test.cpp:2: rules above no test"),
        ):
            problems = self.checked(**planted)[0]

            self.assertEqual(len(problems), 1, f"{planted}: {problems}")
            self.assertTrue(problems[0].startswith(problem), problems[0])


if __name__ == "__main__":
    unittest.main()
