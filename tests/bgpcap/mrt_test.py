"""MRT files from outside the tree give the lines of `bgpdump -m`. usage: mrt_test.py BGPCAP EXCEPT

Sorted, for the order is not promised. The folder is found by the environment variable BGP_EXTRA_DATA; without it this
says SKIPPED.
"""
import glob
import hashlib
import json
import os
import subprocess
import sys

SKIPPED = 77


def with_peers_address(line):
    """The truth writes the peer's address where the prefix of a withdrawal in the old type BGP should stand."""
    fields = line.split(b"|")
    if fields[0] != b"BGP" or fields[2] != b"W":
        return line
    return b"|".join([*fields[:5], fields[3] + b"/" + fields[5].split(b"/")[1]])


def read_exceptions(path):
    """Files whose old withdrawals have the peer's address in the truth, and lines that it has and we don't."""
    rewritten, more = set(), {}
    for line in open(path, encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            kind, name, rest = line.split(" ", 2)
            if kind == "withdrawals":
                rewritten.add(name)
            else:
                more.setdefault(name, []).append(rest.split(": ", 1)[0].encode())
    return rewritten, more


def main(bgpcap, exceptions):
    data = os.environ.get("BGP_EXTRA_DATA", "")
    if not data:
        print("SKIPPED: BGP_EXTRA_DATA is not set: no MRT files to compare")
        return SKIPPED
    rewritten, more = read_exceptions(exceptions)
    problems, total = [], 0
    for path in sorted(glob.glob(os.path.join(data, "mrt", "*"))):
        name = os.path.basename(path)
        with open(os.path.join(data, "truth", "mrt", name + ".summary.json"), encoding="utf-8") as f:
            truth = json.load(f)
        result = subprocess.run([bgpcap, "decode", "--format", "bgpdump", path], stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, timeout=100, check=False)
        lines = result.stdout.split(b"\n")[:-1] + more.get(name, [])
        if name in rewritten:
            lines = list(map(with_peers_address, lines))
        total += len(lines)
        if len(lines) != truth["lines"]:
            problems.append(f"{name}: {len(lines)} lines, the truth has {truth['lines']}")
        digest = hashlib.sha256(b"".join(line + b"\n" for line in sorted(lines))).hexdigest()
        if digest != truth["sha256_sorted"]:
            problems.append(f"{name}: other lines than the truth")
        cut = truth["trailing_bytes_not_a_record"]
        if (result.returncode, f"are {cut} octets that are no record" in result.stderr.decode()) != (
                (1, True) if cut else (0, False)):
            problems.append(f"{name}: status {result.returncode}, {result.stderr.decode()!r}, {cut} octets left")
    print(*problems, f"{total} lines compared", sep="\n")
    return 1 if problems or total < 1000000 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
