"""The configurations of docs/guide/peering.md, each pair until both sides have the other's prefix.

usage: guide_test.py BGPD [DAEMON...]     (as root; exit 77: none of them can run here)

Changed are the addresses, which are those of the lab, and what lets the test look inside: sockets.
"""
import dataclasses
import os
import re
import sys
import time

import lab
import roles
from daemon import Daemon, DaemonError
from daemon_bgpd import Bgpd
from kinds import KINDS
from routes import Route

GUIDE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../docs/guide/peering.md")
OURS, THEIRS = "198.51.100.0/24", "203.0.113.0/24"
ADDRESSES = {"192.0.2.1": lab.IPV4["dut"], "192.0.2.2": lab.IPV4["peer"]}
SECONDS = 40
SKIPPED = 77


def block_of_guide(name):
    with open(GUIDE, encoding="utf-8") as file:
        (text,) = re.findall(rf"^<!-- {name} -->\n```\w+\n(.*?)^```$", file.read(), re.DOTALL | re.MULTILINE)
    return re.sub("|".join(map(re.escape, ADDRESSES)), lambda m: ADDRESSES[m.group(0)], text)


class GuideBgpd(Bgpd):
    def config(self):
        return block_of_guide("ours").replace("[global]\n", '[global]\ncontrol_socket = ""\n', 1)


def as_guide_says(kind):
    """The adapter of that daemon with the guide's configuration."""
    class Theirs(KINDS[kind]):
        def config(self):
            text = block_of_guide(f"theirs: {kind}")
            return f'socket "{self._socket}"\n{text}' if kind == "openbgpd" else text

    class TheirsUnasked(Theirs):
        """ExaBGP answers by a process that stands in its configuration: here is none."""
        start = Daemon.start
        stop = Daemon.stop

        def answers(self):
            return self.running

        def received(self):
            return {OURS: None}

    return TheirsUnasked if kind == "exabgp" else Theirs


def run(kind):
    with lab.Lab(f"guide-{kind}") as pair:
        ours = GuideBgpd(pair, "dut", roles.role("dut", "ipv4", "both"))
        role = dataclasses.replace(roles.role("peer", "ipv4", "both"), routes=(Route(THEIRS),))
        theirs = as_guide_says(kind)(pair, "peer", role)
        theirs.start()
        ours.start()
        until = time.monotonic() + SECONDS
        while not (ours.state() == "Established" and THEIRS in ours.received() and OURS in theirs.received()):
            if time.monotonic() > until:
                raise DaemonError(f"{kind}: not within {SECONDS} s\n{ours.tail()}\n{theirs.tail()}")
            time.sleep(0.1)


def main(bgpd, *kinds):
    Bgpd.binary = os.path.abspath(bgpd)
    reason = lab.why_not()
    if reason:
        print(f"SKIPPED: {reason}")
        return SKIPPED
    ran = 0
    for kind in kinds or ("bird", "frr", "gobgp", "openbgpd", "exabgp"):
        reason = KINDS[kind].why_not()
        if reason:
            print(f"SKIPPED: {kind}: {reason}")
            continue
        started = time.monotonic()
        run(kind)
        print(f"{kind}: both have the other's prefix after {time.monotonic() - started:.1f} s", flush=True)
        ran += 1
    return 0 if ran else SKIPPED


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except DaemonError as error:
        sys.exit(f"FAILED: {error}")
