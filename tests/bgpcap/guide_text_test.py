"""The examples of a guide or a manual page are what bgpcap prints. usage: guide_text_test.py BGPCAP TOP FILE [--update]

In a guide each ```sh block with a line "$ bgpcap ..." is followed by a ```text block with its output, as run in the folder
TOP; in the source of a manual page (.scd) the output stands behind that line in the same block. --update writes what bgpcap
prints now into the file, and copies the files that it shows.
"""
import os
import re
import shlex
import subprocess
import sys

EXAMPLE = re.compile(r"(```sh\n\$ bgpcap ([^\n]*)\n```\n\n```text\n)(.*?)```", re.DOTALL)
MANUAL = re.compile(r"^(```\n\$ bgpcap ([^\n]*)\n)(.*?)```", re.DOTALL | re.MULTILINE)
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
    example = MANUAL if guide.endswith(".scd") else EXAMPLE
    new = example.sub(lambda m: m.group(1) + output_of(m.group(2)) + "```", text)
    if "--update" in flags:
        with open(guide, "w", encoding="utf-8") as f:
            f.write(COPY.sub(lambda m: m.group(1) + contents_of(m.group(2)) + "```", new))
        return 0
    count = len(example.findall(text))
    if new != text:
        print(f"{guide} does not show what bgpcap prints now: run this test with --update, and look at the difference")
    return 1 if new != text or count < 5 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
