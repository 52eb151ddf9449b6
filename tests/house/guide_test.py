"""Every block of the guides is what it says: code is part of programs that are built, commands run and print what is
shown.

usage: guide_test.py FOLDER_OF_PROGRAMS...

What stands in a comment in front of a block says what becomes of it:
    copy of PATH, part of PATH    it stands in that file, which a test builds
    file NAME                     it is that file, for the commands that follow
    run by PATH                   its commands stand in that test, too, and are run there
    printed by PROGRAM            what an example prints
    ours, theirs: DAEMON          a configuration that tests/interop/guide_test.py runs
Without one: sh is run, text behind it is what it prints ("..." is anything), toml is a configuration that bgpd takes.
"""
import os
import re
import subprocess
import sys
import tempfile
import unittest

import tree

FOLDERS = sys.argv[1:]
GUIDES = ("configuration", "getting-started", "library", "peering")
BLOCK = re.compile(r"^(?:<!-- ([^\n]*) -->\n)?```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
END_OF_BLOCK = "-- end of block --"


class Block:
    def __init__(self, match):
        self.note, self.language, self.text = match.group(1) or "", match.group(2), match.group(3)

    def after(self, word):
        return self.note.removeprefix(word) if self.note.startswith(word) else None


def blocks_of(guide):
    return [Block(match) for match in BLOCK.finditer(tree.read(tree.TOP, f"docs/guide/{guide}.md"))]


def fits(shown, printed):
    """`shown` with "..." for anything within a line, and a line of it for any lines."""
    pattern = "".join("(?s:.*)" if line == "..." else re.escape(line).replace(re.escape("..."), ".*") + "\n"
                      for line in shown.splitlines())
    return re.fullmatch(pattern, printed) is not None


def file_problem(block):
    """None if it is well where the block says that it stands."""
    for word in ("copy of ", "part of "):
        path = block.after(word)
        if path and not (path.startswith(("libbgp/examples/", "tests/house/consumer/")) and
                         block.text in tree.read(tree.TOP, path)):
            return f"is no part of {path}"
    path = block.after("run by ")
    missing = [line for line in block.text.splitlines() if line not in tree.read(tree.TOP, path)] if path else []
    return f"{missing[0]} is not in {path}" if missing else None


def run(script, folder):
    environment = {**os.environ, "PATH": ":".join([*FOLDERS, os.environ["PATH"]])}
    return subprocess.run(["bash", "-eu", "-o", "pipefail", "-c", script], cwd=folder, env=environment, timeout=100,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
                          stdin=subprocess.DEVNULL)


class Guides(unittest.TestCase):
    def check_shell(self, guide, blocks):
        """All commands of a guide are one script, in a folder with its files."""
        ours = [block for block in blocks if block.language == "sh" and not block.note]
        script = "trap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n"
        script += "".join(f"{block.text}echo '{END_OF_BLOCK}'\n" for block in ours)
        with tempfile.TemporaryDirectory() as folder:
            for block in blocks:
                if block.after("file "):
                    tree.plant(folder, block.after("file "), block.text)
            done = run(script, folder)
        printed = done.stdout.split(END_OF_BLOCK + "\n")
        self.assertEqual((done.returncode, len(printed)), (0, len(ours) + 1), f"{guide}: {done.stdout}")
        for block, said in zip(ours, printed):
            follower = blocks[blocks.index(block) + 1] if block is not blocks[-1] else None
            if follower and follower.language == "text" and not follower.note:
                self.assertTrue(fits(follower.text, said), f"{guide}:\n{block.text}prints\n{said}")

    def check_configuration(self, guide, block):
        with tempfile.TemporaryDirectory() as folder:
            tree.plant(folder, "bgpd.toml", block.text)
            done = run("bgpd --config bgpd.toml --check", folder)
        self.assertEqual(done.returncode, 0, f"{guide}: {block.text}{done.stdout}")

    def check_block(self, guide, block, before):
        self.assertIsNone(file_problem(block), f"{guide}: {block.text}")
        program = block.after("printed by ")
        if program:
            with tempfile.TemporaryDirectory() as folder:
                self.assertTrue(fits(block.text, run(program, folder).stdout), f"{guide}: {block.text}")
        elif block.language == "toml" and not block.note.startswith("theirs: "):
            self.check_configuration(guide, block)
        elif not block.note:
            self.assertTrue(block.language == "sh" or (block.language == "text" and before == "sh"),
                            f"{guide}: nothing says what this is:\n{block.text}")

    def test_every_block_is_what_it_says(self):
        for guide in GUIDES:
            blocks = blocks_of(guide)
            self.assertGreater(len(blocks), 0, guide)
            for block, before in zip(blocks, [None, *blocks]):
                self.check_block(guide, block, before and before.language)
            self.check_shell(guide, blocks)

    def test_what_is_wrong_is_found(self):
        for text in ("<!-- part of libbgp/examples/peer.cpp -->\n```cpp\nint mane() {\n```\n",
                     "<!-- part of README.md -->\n```cpp\nint main\n```\n",
                     "<!-- run by tests/house/package_test.py -->\n```sh\nmake love\n```\n"):
            self.assertIsNotNone(file_problem(Block(BLOCK.search(text))), text)
        for shown, printed in (("a ... c\n", "a b\n"), ("a\n", "a\nb\n"), ("a\n...\n", "b\n"), ("a ...\n", "a b\nc\n")):
            self.assertFalse(fits(shown, printed), shown)
        for shown, printed in (("a ... c\n", "a b c\n"), ("a\n...\n", "a\nb\nc\n")):
            self.assertTrue(fits(shown, printed), shown)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
