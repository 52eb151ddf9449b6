"""The manual pages: mandoc takes them, and they have every option and command that the programs' --help has.

usage: manual_test.py [NAME=PROGRAM]...
"""
import os
import re
import shutil
import subprocess
import sys
import unittest

import tree

PROGRAMS = dict(argument.split("=") for argument in sys.argv[1:])
PAGES = {os.path.basename(path).removesuffix(".scd"): path for path in tree.files(tree.TOP, ".scd")}


def run(*command, text=None):
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False, timeout=30)


def words_in(page):
    """Its source without the markup."""
    return re.sub(r"\\(.)|[*_]", r"\1", tree.read(tree.TOP, PAGES[page]))


def missing(words, options):
    return sorted(option for option in options if not re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", words))


def helps_of(program):
    """Its --help, and that of each subcommand."""
    whole = run(program, "--help").stdout
    yield whole
    subcommands = re.search(r"^Subcommands:\n(.*?)\n\n", whole, re.MULTILINE | re.DOTALL)
    for name in re.findall(r"^  (\w+)", subcommands.group(1) if subcommands else "", re.MULTILINE):
        yield name
        yield run(program, name, "--help").stdout


class Manual(unittest.TestCase):
    def test_each_page_is_well_made(self):
        self.assertEqual(len(PAGES), 6)
        if not (shutil.which("scdoc") and shutil.which("mandoc")):
            self.skipTest("there is no scdoc, or no mandoc")
        for page in PAGES:
            made = run("scdoc", text=tree.read(tree.TOP, PAGES[page]))
            self.assertEqual(made.returncode, 0, f"{page}: {made.stderr}")
            said = run("mandoc", "-Tlint", "-Wwarning", text=made.stdout).stdout.splitlines()
            # scdoc begins paragraphs before there is anything to divide.
            self.assertEqual([line for line in said if "skipping paragraph macro: PP" not in line], [], page)

    def test_they_have_every_option_and_command(self):
        for name, program in PROGRAMS.items():
            words = words_in(f"{name}.8" if name == "bgpd" else f"{name}.1")
            for text in helps_of(program):
                options = re.findall(r"(?<![\w-])--[a-z][\w-]*", text) if "\n" in text else [text]
                self.assertEqual(missing(words, options), [], name)
            self.assertIn("--help", words)

    def test_commands_of_bgpc_stand_there_as_it_spells_them(self):
        if "bgpc" not in PROGRAMS:
            self.skipTest("bgpc was not built")
        listed = re.search(r"^Commands:\n(.*?)\n\n", run(PROGRAMS["bgpc"], "--help").stdout, re.MULTILINE | re.DOTALL)
        commands = re.findall(r"^  (\S+(?: \S+)*)", listed.group(1), re.MULTILINE)
        page = re.sub(r"[\[\]]", "", words_in("bgpc.1")).splitlines()

        self.assertGreater(len(commands), 10)
        self.assertEqual([command for command in commands if command not in page], [])

    def test_an_option_that_is_missing_is_found(self):
        self.assertEqual(missing("--config FILE, --check", ["--config", "--check", "--check-all"]), ["--check-all"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
