"""The guide's examples are what bgpcap prints. usage: guide_text_test.py BGPCAP TOP GUIDE [--update]

Each ```sh block with a line "$ bgpcap ..." is followed by a ```text block with its output, as run in the folder TOP.
--update writes what bgpcap prints now into the guide, and copies the files that it shows.
"""
import os
import re
import shlex
import subprocess
import sys

EXAMPLE = re.compile(r"(```sh\n\$ bgpcap ([^\n]*)\n```\n\n```text\n)(.*?)```", re.DOTALL)
COPY = re.compile(r"(<!-- copy of (\S+) -->\n```\w*\n)(.*?)^```", re.DOTALL | re.MULTILINE)


def main(bgpcap, top, guide, *flags):
    def output_of(command):
        return subprocess.run([bgpcap, *shlex.split(command)], stdout=subprocess.PIPE, cwd=top, timeout=60,
                              check=False).stdout.decode()

    def contents_of(path):
        with open(os.path.join(top, path), encoding="utf-8") as f:
            return f.read()

    with open(guide, encoding="utf-8") as f:
        text = f.read()
    new = EXAMPLE.sub(lambda m: m.group(1) + output_of(m.group(2)) + "```", text)
    if "--update" in flags:
        with open(guide, "w", encoding="utf-8") as f:
            f.write(COPY.sub(lambda m: m.group(1) + contents_of(m.group(2)) + "```", new))
        return 0
    count = len(EXAMPLE.findall(text))
    if new != text:
        print(f"{guide} does not show what bgpcap prints now: run this test with --update, and look at the difference")
    return 1 if new != text or count < 5 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
