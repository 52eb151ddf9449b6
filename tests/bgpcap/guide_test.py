"""The guide's examples are what bgpcap prints. usage: guide_test.py BGPCAP GUIDE [--update]

Each ```sh block of the guide with a line "$ bgpcap ..." is followed by a ```json block with its output. --update writes
what bgpcap prints now into the guide.
"""
import json
import re
import shlex
import subprocess
import sys

EXAMPLE = re.compile(r"```sh\n\$ bgpcap ((?:[^\n]*\\\n)*[^\n]*)\n```\n\n```json\n(.*?)```", re.DOTALL)


def output_of(bgpcap, command):
    result = subprocess.run([bgpcap, *shlex.split(command.replace("\\\n", " "))], stdout=subprocess.PIPE, timeout=60,
                            check=False)
    return [json.loads(line) for line in result.stdout.decode().splitlines()]


def pretty(value, indent=0):
    """As people write it: what fits a line stays on one."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) + indent <= 100 or not isinstance(value, (dict, list)) or not value:
        return line
    inner = indent + 2
    if isinstance(value, dict):
        parts = [f"{json.dumps(k)}: {pretty(v, inner)}" for k, v in value.items()]
    else:
        parts = [pretty(v, inner) for v in value]
    brackets = "{}" if isinstance(value, dict) else "[]"
    return brackets[0] + "\n" + ",\n".join(" " * inner + p for p in parts) + "\n" + " " * indent + brackets[1]


def shown(values):
    return "".join(pretty(v) + "\n" for v in values)


def main(bgpcap, guide, *flags):
    with open(guide, encoding="utf-8") as f:
        text = f.read()
    examples = list(EXAMPLE.finditer(text))
    if "--update" in flags:
        new = EXAMPLE.sub(lambda m: m.group(0)[:m.start(2) - m.start()] + shown(output_of(bgpcap, m.group(1))) + "```",
                          text)
        with open(guide, "w", encoding="utf-8") as f:
            f.write(new)
        return 0
    wrong = [m for m in examples if m.group(2) != shown(output_of(bgpcap, m.group(1)))]
    for m in wrong:
        print(f"{guide}: bgpcap {m.group(1)}\nprints\n{shown(output_of(bgpcap, m.group(1)))}and the guide shows\n"
              f"{m.group(2)}")
    print(f"{len(examples)} examples, {len(wrong)} of them out of date")
    return 1 if wrong or len(examples) < 5 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
