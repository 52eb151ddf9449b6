#!/usr/bin/env python3
"""How much faster bgpcap is than tshark and bgpdump on the same files, in one run.

usage: captures.py BGPCAP FOLDER [ROUNDS]

FOLDER has captures/ and mrt/ (BGP_EXTRA_DATA). Output goes to /dev/null. The programs take turns; the median of each is
compared, by the clock and by processor time.
"""
import os
import resource
import statistics
import subprocess
import sys
import time

LOSSY = "captures/recorded__gobgp-bird-lossy-realroutes.pcap"
TABLE = "mrt/ripe-bgpdump__updates.et-header.2015.gz"


def run(command):
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (time.monotonic() - start,
            after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def compare(title, ours, theirs, rounds):
    times = {"ours": [], "theirs": []}
    for _ in range(rounds):
        times["theirs"].append(run(theirs))
        times["ours"].append(run(ours))
    wall, cpu = ([statistics.median(t[i] for t in times[who]) for who in ("theirs", "ours")] for i in (0, 1))
    print(f"{title}: {wall[0] * 1000:.0f} ms and {wall[1] * 1000:.0f} ms, {wall[0] / wall[1]:.0f} times by the clock; "
          f"{cpu[0] * 1000:.0f} ms and {cpu[1] * 1000:.0f} ms, {cpu[0] / cpu[1]:.0f} times in processor time")


def main(bgpcap, folder, rounds="11"):
    lossy, table = os.path.join(folder, LOSSY), os.path.join(folder, TABLE)
    rounds = int(rounds)
    compare("tshark -T json / decode -j", [bgpcap, "decode", "-j", lossy],
            ["tshark", "-r", lossy, "-Y", "bgp", "-T", "json"], rounds)
    compare("tshark -V / decode", [bgpcap, "decode", lossy], ["tshark", "-r", lossy, "-Y", "bgp", "-V"], rounds)
    compare("bgpdump -m / decode --format bgpdump", [bgpcap, "decode", "--format", "bgpdump", table],
            ["bgpdump", "-m", table], rounds)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
