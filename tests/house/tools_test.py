"""The command lines of tools/check, tools/demo, tools/fuzz and tools/rfc-map, and the summary at the end of a check."""
import os
import subprocess
import sys
import tempfile
import unittest

import tree

JUNIT = """<?xml version="1.0"?>
<testsuite>
  <testcase name="a.passes" status="run"><system-out>fine</system-out></testcase>
  <testcase name="a.fails" status="fail"><failure message=""/><system-out>expected 1, got 2</system-out></testcase>
  <testcase name="a.skips" status="notrun"><skipped message="SKIP_REGULAR_EXPRESSION_MATCHED"/>
    <system-out>a_test.cpp:3: Skipped
there is no data</system-out></testcase>
  <testcase name="a.is_missing" status="notrun"><skipped message="Unable to find executable"/></testcase>
</testsuite>
"""


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)


class CommandLine(unittest.TestCase):
    def test_help_is_printed_and_names_every_option(self):
        for tool, options in (("check", ["--fast", "--no-peers", "--tidy"]), ("demo", ["--peer", "--containers"]),
                              ("rfc-map", ["--write"]), ("fuzz", ["--list", "--totals"])):
            result = run(f"{tree.TOP}/tools/{tool}", "--help")

            self.assertEqual(result.returncode, 0, result.stderr)
            for option in options:
                self.assertIn(option, result.stdout)

    def test_what_is_not_understood_is_a_sentence_and_status_2(self):
        for command in (("check", "--slow"), ("check", "fast"), ("demo", "--pear"), ("demo", "--peer"),
                        ("demo", "--peer", "quagga"), ("demo", "--peer=quagga"), ("rfc-map", "--wriet"), ("rfc-map", "x"),
                        ("fuzz", "--lits"), ("fuzz", "60", "updates"), ("fuzz", "6o")):
            result = run(f"{tree.TOP}/tools/{command[0]}", *command[1:])

            self.assertEqual(result.returncode, 2, command)
            self.assertEqual(result.stdout, "", command)
            self.assertEqual(len(result.stderr.splitlines()), 1, command)


class Summary(unittest.TestCase):
    def summary(self, *steps):
        with tempfile.TemporaryDirectory() as folder:
            tree.plant(folder, "a.xml", JUNIT)
            tree.plant(folder, "steps.tsv", "".join("\t".join(step) + "\n" for step in steps).replace("FOLDER", folder))
            return run(sys.executable, f"{tree.TOP}/tools/lib/summary.py", os.path.join(folder, "steps.tsv"))

    def test_steps_and_tests_are_counted_and_the_reasons_given(self):
        result = self.summary(("passed", "build", ""), ("skipped", "interop", "--no-peers"), ("tests", "unit", "FOLDER/a.xml"))

        self.assertEqual(result.stdout.splitlines()[-1], "2 passed, 2 failed, 2 skipped")
        self.assertEqual(result.returncode, 1)
        for text in ("interop: --no-peers", "unit: a.skips: there is no data", "unit: a.fails", "expected 1, got 2",
                     "unit: a.is_missing"):
            self.assertIn(text, result.stdout)

    def test_all_passed_is_status_0(self):
        result = self.summary(("passed", "build", ""), ("skipped", "interop", "--no-peers"))

        self.assertEqual(result.stdout.splitlines()[-1], "1 passed, 0 failed, 1 skipped")
        self.assertEqual(result.returncode, 0)

    def test_nothing_passed_is_a_failure(self):
        self.assertEqual(self.summary(("skipped", "everything", "no reason")).returncode, 1)


if __name__ == "__main__":
    unittest.main()
