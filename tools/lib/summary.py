"""The end of tools/check: what failed and how, what was skipped and why, and the counts on the last line.

usage: summary.py STEPS   (lines of status, name and reason, divided by tabs; for the status "tests": ctest's junit file)

The exit status is 1 when something failed, or when nothing passed.
"""
import re
import sys
import xml.etree.ElementTree

OUTPUT_LINES = 40  # shown of a failed test
OUTPUTS = 10  # failed tests whose output is shown


def read_steps(path):
    """Every result as (status, name, reason, output)."""
    with open(path, encoding="utf-8") as f:
        for line in f:
            status, name, reason = line.rstrip("\n").split("\t")
            if status == "tests":
                yield from read_junit(name, reason)
            else:
                yield status, name, reason, ""


def read_junit(group, path):
    for case in xml.etree.ElementTree.parse(path).getroot().iter("testcase"):
        name = f"{group}: {case.get('name')}"
        output = case.findtext("system-out") or ""
        skipped = case.find("skipped")
        if case.get("status") == "run":
            yield "passed", name, "", output
        elif skipped is not None and "SKIP" in skipped.get("message", ""):
            yield "skipped", name, reason_of(output), output
        elif case.get("status") == "disabled":
            yield "skipped", name, "disabled", output
        else:
            yield "failed", name, "", output


def reason_of(output):
    """Why a test was skipped: its own SKIPPED line, or what GTEST_SKIP() was given (the line after 'Skipped')."""
    m = re.search(r"SKIPPED:?[ \t]+([^\[\]\n(][^\n]*)", output) or re.search(r": Skipped\n+([^\n]+)", output)
    return m.group(1).strip() if m else "the test gives no reason"


def main(path):
    results = list(read_steps(path))
    failed = [r for r in results if r[0] == "failed"]
    for _, name, _, output in failed[:OUTPUTS]:
        if output:
            print(f"\n---- {name}\n" + "\n".join(output.rstrip().split("\n")[-OUTPUT_LINES:]))
    for status, title in (("failed", "FAILED"), ("skipped", "SKIPPED")):
        rows = [r for r in results if r[0] == status]
        if rows:
            print(f"\n{title}:")
        for _, name, reason, _ in rows:
            print(f"  {name}" + (f": {reason}" if reason else ""))
    count = {status: sum(r[0] == status for r in results) for status in ("passed", "failed", "skipped")}
    print(f"\n{count['passed']} passed, {count['failed']} failed, {count['skipped']} skipped")
    return 1 if count["failed"] or not count["passed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
