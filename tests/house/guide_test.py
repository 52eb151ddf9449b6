"""Every block of the guides is what it says: code is part of programs that are built, commands run and print what is
shown.

usage: guide_test.py FOLDER_OF_PROGRAMS...

What stands in a comment in front of a block says what becomes of it:
    copy of PATH, part of PATH    it stands in that file, which a test builds
    file NAME                     it is that file, for the commands that follow
    run by PATH...                its commands stand in one of these files, too, and are run there
    built by PATH                 that test builds a project with it
    printed by PROGRAM            what an example prints
    ours, theirs: DAEMON          a configuration that tests/interop/guide_test.py runs
Without one: sh is run, in a folder that has the tree's tests/ and pcaps/ ("$ bgpcap" is, by tests/bgpcap), and what stands behind it in a block of text or json is what
it prints ("..." is anything); toml is a configuration that bgpd takes. A comment "after GUIDE, HEADING" runs all of GUIDE
up to that heading first.
"""
import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import unittest

import tree

FOLDERS = sys.argv[1:]
# json.md is run by tests/bgpcap; the tables of the others have tests of their own.
GUIDES = ("README.md", "docs/guide/bgpc.md", "docs/guide/bgpsim.md", "docs/guide/captures.md",
          "docs/guide/configuration.md", "docs/guide/getting-started.md", "docs/guide/library.md",
          "docs/guide/peering.md")
BLOCK = re.compile(r"^(?:<!-- ([^\n]*) -->\n)?```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
END_OF_BLOCK = "-- end of block --"


class Block:
    def __init__(self, match):
        self.note, self.language, self.text = match.group(1) or "", match.group(2), match.group(3)

    def after(self, word):
        return self.note.removeprefix(word) if self.note.startswith(word) else None


PORT = "1790"  # of the guides


def free_port():
    """In place of PORT, which somebody else may have."""
    with socket.socket() as one:
        one.bind(("127.65.0.1", 0))
        return str(one.getsockname()[1])


def blocks_of(guide):
    """Those of the guide that it continues come first."""
    text = tree.read(tree.TOP, guide)
    blocks = [Block(match) for match in BLOCK.finditer(text)]
    after = re.search(r"^<!-- after (\S+), (.*) -->$", text, re.MULTILINE)
    if after:
        path = os.path.join(os.path.dirname(guide), after.group(1))
        before = tree.read(tree.TOP, path).split(f"\n## {after.group(2)}\n")
        assert len(before) == 2, f"{path} has no heading {after.group(2)}"
        blocks = [Block(match) for match in BLOCK.finditer(before[0])] + blocks
    return blocks


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
    paths = (block.after("run by ") or "").split()
    commands = [line.split("  #")[0].rstrip() for line in block.text.splitlines()] if paths else []
    texts = [tree.read(tree.TOP, path) for path in paths]
    missing = [command for command in commands if not any(command in text for text in texts)]
    return f"{missing[0]} is not in {paths}" if missing else None


def run(script, folder):
    environment = {**os.environ, "PATH": ":".join([*FOLDERS, os.environ["PATH"]])}
    shell = subprocess.Popen(["bash", "-eu", "-o", "pipefail", "-c", script], cwd=folder, env=environment, text=True,
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             start_new_session=True)
    try:
        printed, _ = shell.communicate(timeout=100)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(shell.pid, signal.SIGKILL)  # what it has left behind
    return shell.returncode, printed


class Guides(unittest.TestCase):
    def check_shell(self, guide, blocks):
        """All commands of a guide are one script, in a folder with its files."""
        ours = [block for block in blocks
                if block.language == "sh" and not block.note and not block.text.startswith("$ bgpcap ")]
        script = "trap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n"
        script += "".join(f"{block.text}echo '{END_OF_BLOCK}'\n" for block in ours)
        port = free_port()
        with tempfile.TemporaryDirectory() as folder:
            for name in ("tests", "pcaps"):
                os.symlink(f"{tree.TOP}/{name}", f"{folder}/{name}")
            for block in blocks:
                if block.after("file "):
                    tree.plant(folder, block.after("file "), block.text.replace(PORT, port))
            status, text = run(script.replace(PORT, port), folder)
        printed = text.replace(port, PORT).split(END_OF_BLOCK + "\n")
        self.assertEqual((status, len(printed)), (0, len(ours) + 1), f"{guide}: {text}")
        for block, said in zip(ours, printed):
            follower = blocks[blocks.index(block) + 1] if block is not blocks[-1] else None
            if follower and follower.language in ("text", "json") and not follower.note:
                self.assertTrue(fits(follower.text, said), f"{guide}:\n{block.text}prints\n{said}")

    def check_configuration(self, guide, block):
        with tempfile.TemporaryDirectory() as folder:
            tree.plant(folder, "bgpd.toml", block.text)
            status, printed = run("bgpd --config bgpd.toml --check", folder)
        self.assertEqual(status, 0, f"{guide}: {block.text}{printed}")

    def check_block(self, guide, block, before):
        self.assertIsNone(file_problem(block), f"{guide}: {block.text}")
        program = block.after("printed by ")
        if program:
            with tempfile.TemporaryDirectory() as folder:
                self.assertTrue(fits(block.text, run(program, folder)[1]), f"{guide}: {block.text}")
        elif block.language == "toml" and not block.note.startswith("theirs: "):
            self.check_configuration(guide, block)
        elif not block.note:
            self.assertTrue(block.language == "sh" or (block.language in ("text", "json") and before == "sh"),
                            f"{guide}: nothing says what this is:\n{block.text}")

    def test_every_block_is_what_it_says(self):
        for guide in GUIDES:
            with self.subTest(guide):
                blocks = blocks_of(guide)
                self.assertGreater(len(blocks), 0)
                for block, before in zip(blocks, [None, *blocks]):
                    self.check_block(guide, block, before and before.language)
                self.check_shell(guide, blocks)

    def test_no_block_is_without_a_language(self):
        for guide in GUIDES:
            fences = re.findall(r"^```(.*)$", tree.read(tree.TOP, guide), re.MULTILINE)
            self.assertNotIn("", fences[::2], guide)

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
