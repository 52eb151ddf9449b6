"""Captures from outside the tree decode as their truth says. usage: captures_test.py BGPCAP EXCEPT

Message by message and per direction; a message that the truth finds malformed has an error, and none before it does.
The folder is found by the environment variable BGP_EXTRA_DATA; without it this says SKIPPED.
"""
import collections
import glob
import json
import os
import subprocess
import sys

SKIPPED = 77
# What the other decoder says about itself, and its own words for values that have numbers too
NOT_COMPARED = {"kind", "i", "frame", "stream", "expert", "malformed", "continuation", "seq_inconsistent", "ext"}


def read_exceptions(path):
    """{(kind, file, frame, octets)}: kinds are "more" (a message that the truth lacks), "fields", "verdict"."""
    exceptions = {}
    for line in open(path, encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            what, reason = line.rstrip("\n").split(": ", 1)
            exceptions[tuple(what.split(" "))] = reason
    return exceptions


def by_direction(lines):
    directions = collections.defaultdict(list)
    for message in lines:
        if message.get("kind", "msg") == "msg":
            directions[(message["from"], message["to"])].append(message)
    return directions


def differences(truth, ours, where):
    if isinstance(truth, dict) and isinstance(ours, dict):
        found = []
        for key in truth.keys() - NOT_COMPARED:
            if key in ours:
                found += differences(truth[key], ours[key], f"{where}.{key}")
            elif truth[key] not in (None, [], {}):
                found.append(f"{where}.{key}: ours lacks it")
        return found
    if isinstance(truth, list) and isinstance(ours, list) and len(truth) == len(ours):
        return [one for i, pair in enumerate(zip(truth, ours)) for one in differences(*pair, f"{where}[{i}]")]
    return [] if truth is None or truth == ours else [f"{where}: truth {truth!r}, ours {ours!r}"]


class Comparison:
    def __init__(self, exceptions):
        self.exceptions = exceptions
        self.used = set()
        self.problems = []
        self.compared = collections.Counter()

    def excepted(self, kind, name, message):
        key = (kind, name, str(message["frame"]), message["hex"])
        if key in self.exceptions:
            self.used.add(key)
        return key in self.exceptions

    def file(self, name, truth, ours):
        theirs, own = by_direction(truth), by_direction(ours)
        for direction in theirs.keys() | own.keys():
            expected = [m for m in theirs[direction] if not m.get("continuation") and isinstance(m.get("type"), str)]
            found = [m for m in own[direction] if not self.excepted("more", name, m)]
            if len(expected) != len(found):
                self.problems.append(f"{name} {direction}: truth has {len(expected)} messages, ours {len(found)}")
            for i, pair in enumerate(zip(expected, found)):
                self.message(name, f"{name} {direction[0]}>{direction[1]} #{i + 1}", *pair)

    def message(self, name, where, truth, ours):
        self.compared[truth["type"]] += 1
        if not self.excepted("fields", name, ours):
            self.problems += differences(truth, ours, where)
        suspect = truth.get("malformed") or truth.get("expert")
        if suspect and "error" not in ours:
            self.problems.append(f"{where}: the truth finds it malformed, ours has no error")
        if not suspect and "error" in ours and not self.excepted("verdict", name, ours):
            self.problems.append(f"{where}: {ours['error']}, and the truth finds nothing wrong")


def main(bgpcap, exceptions):
    data = os.environ.get("BGP_EXTRA_DATA", "")
    if not data:
        print("SKIPPED: BGP_EXTRA_DATA is not set: no captures to compare")
        return SKIPPED
    comparison = Comparison(read_exceptions(exceptions))
    files = sorted(glob.glob(os.path.join(data, "captures", "*")))
    for path in files:
        name = os.path.basename(path)
        result = subprocess.run([bgpcap, "decode", "-j", path], stdout=subprocess.PIPE, timeout=60, check=False)
        if result.returncode not in (0, 1):
            comparison.problems.append(f"{name}: exit status {result.returncode}")
        with open(os.path.join(data, "truth", "captures", name + ".jsonl"), encoding="utf-8") as truth:
            comparison.file(name, map(json.loads, truth), map(json.loads, result.stdout.splitlines()))
    for unused in comparison.exceptions.keys() - comparison.used:
        comparison.problems.append(f"exception without a difference: {' '.join(unused)[:120]}")
    print(*comparison.problems[:40], sep="\n")
    print(f"{len(files)} captures, {dict(comparison.compared)}, {len(comparison.problems)} problems")
    if len(files) < 50 or comparison.compared["UPDATE"] < 18000:
        print("too few: is BGP_EXTRA_DATA the right folder?")
        return 1
    return 1 if comparison.problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
