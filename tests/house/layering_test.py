"""The layers of the tree hold, and the check that says so fails when one is broken."""
import tempfile
import unittest

import layering
import tree


class Layering(unittest.TestCase):
    def test_every_include_of_the_tree_points_downwards(self):
        self.assertGreater(len(tree.files(tree.TOP + "/libbgp", ".hpp", ".cpp")), 20)

        self.assertEqual(layering.check(tree.TOP), [])


class LayeringFindsPlantedViolations(unittest.TestCase):
    def problems(self, path, text):
        with tempfile.TemporaryDirectory() as top:
            tree.plant(top, path, text)
            return layering.check(top)

    def test_what_is_allowed_is_not_reported(self):
        for path, text in (
            ("libbgp/src/wire/a.cpp", '#include "bgp/wire/bytes.hpp"\n#include "bgp/result.hpp"\n#include <vector>\n'),
            ("libbgp/include/bgp/wire/a.hpp", "namespace bgp BGP_EXPORT {\nnamespace a {\n"),
            ("libbgp/src/session/a.hpp", "namespace bgp {\n"),
            ("libbgp/src/session/a.cpp", '#include "bgp/wire/bytes.hpp"\n#include <chrono>\nvoid f(int now);\n'),
            ("libbgp/src/session/b.cpp", '// asks no std::mutex, nor now()\nauto s = "socket(now())";\n'),
            ("libbgp/src/net/a.cpp", "#include <boost/asio/post.hpp>\n#include <netinet/tcp.h>\n"),
            ("libbgp/src/json/a.cpp", '#include <boost/json/value.hpp>\n#include "bgp/session/state.hpp"\n'),
            ("tools/a/b.cpp", '#include "bgp/json/messages.hpp"\n#include "tools/a/c.hpp"\n#include <CLI/CLI.hpp>\n'),
            ("bgpd/a.cpp", "#include <spdlog/spdlog.h>\n#include <toml++/toml.h>\n#include <CLI/CLI.hpp>\n"),
            ("libbgp/src/testing/a.cpp", '#include "bgp/testing/b.hpp"\n#include "bgp/session/fsm.hpp"\n#include <random>\n'),
            ("tests/net/a_test.cpp", '#include <gtest/gtest.h>\n#include "support/hex.hpp"\n'),
        ):
            self.assertEqual(self.problems(path, text), [], path)

    def test_what_is_forbidden_is_reported_with_its_line(self):
        for path, text in (
            ("libbgp/include/bgp/result.hpp", '\n#include "bgp/wire/bytes.hpp"\n'),
            ("libbgp/include/bgp/export.hpp", '\n#include "bgp/result.hpp"\n'),
            ("libbgp/include/bgp/wire/a.hpp", '\n#include "bgp/session/fsm.hpp"\n'),
            ("libbgp/include/bgp/json/a.hpp", "\nnamespace bgp {\n"),
            ("libbgp/include/bgp/testing/a.hpp", "\nnamespace bgp::test {\n"),
            ("libbgp/include/bgp/session/a.hpp", "\n#include <bgp/net/speaker.hpp>\n"),
            ("libbgp/src/net/a.cpp", '\n#include "bgpd/config.hpp"\n'),
            ("libbgp/src/wire/a.cpp", "\n#include <boost/asio/buffer.hpp>\n"),
            ("libbgp/src/wire/a.cpp", "\n#include <sys/socket.h>\n"),
            ("libbgp/src/wire/a.cpp", '\n#include "helper.hpp"\n'),
            ("libbgp/src/session/a.cpp", "\n#include <random>\n"),
            ("libbgp/src/session/a.cpp", '\n#include "bgp/testing/hex.hpp"\n'),
            ("libbgp/src/testing/a.cpp", "\n#include <bgp/net/speaker.hpp>\n"),
            ("libbgp/src/testing/a.cpp", "\n#include <boost/json.hpp>\n"),
            ("libbgp/src/session/a.cpp", "\n#include <spdlog/spdlog.h>\n"),
            ("libbgp/src/session/a.cpp", "\nauto t = Clock::now();\n"),
            ("libbgp/src/session/a.cpp", "\nstd::mutex m;\n"),
            ("libbgp/src/wire/a.cpp", "\nstd::mt19937 chance;\n"),
            ("libbgp/src/net/a.cpp", "\n#include <boost/json.hpp>\n"),
            ("libbgp/src/net/a.cpp", '\n#include "bgp/json/messages.hpp"\n'),
            ("libbgp/src/json/a.cpp", "\n#include <boost/asio/post.hpp>\n"),
            ("libbgp/src/json/a.cpp", '\n#include "bgp/net/speaker.hpp"\n'),
            ("libbgp/src/json/a.cpp", '\n#include "helper.hpp"\n'),
            ("libbgp/src/net/a.cpp", "\n#include <spdlog/spdlog.h>\n"),
            ("libbgp/examples/a.cpp", "\n#include <CLI/CLI.hpp>\n"),
            ("tests/wire/a_test.cpp", "\n#include <spdlog/spdlog.h>\n"),
        ):
            found = self.problems(path, text)

            self.assertEqual(len(found), 1, f"{path}: {text!r}: {found}")
            self.assertTrue(found[0].startswith(f"{path}:2: "), found[0])


if __name__ == "__main__":
    unittest.main()
