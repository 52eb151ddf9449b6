"""Our bgpd with another daemon, before one's eyes: the session comes up, routes go both ways, one side stops.

usage: demo_peer.py bird|frr|gobgp|openbgpd|exabgp BGPD [--over ipv4|ipv6]     (as root)

Exit 0 only if the session was Established on both sides and each had the other's routes as it must; 77 if it can't run.
"""
import argparse
import os
import signal
import sys
import time

import lab
import roles
from daemon import DaemonError, Notice
from daemon_bgpd import Bgpd
from kinds import KINDS

SECONDS = 40
SKIPPED = 77


class Follower:
    """Prints the lines of a daemon's log that came since it was last asked."""

    def __init__(self, daemon):
        self._daemon = daemon
        self._shown = 0

    def show(self):
        whole = self._daemon.log().rsplit("\n", 1)[0].splitlines()
        for line in whole[self._shown:]:
            print(f"  bgpd | {line}", flush=True)
        self._shown = len(whole)


def say(text):
    print(f"\n== {text}", flush=True)


def both_ways(us, them):
    return (us.state() == them.state() == "Established" and
            us.received() == them.announced() and them.received() == us.announced())


def wait_for(what, question, follower, *daemons):
    until = time.monotonic() + SECONDS
    while not question():
        follower.show()
        if time.monotonic() > until:
            raise DaemonError("\n".join([f"not within {SECONDS} s: {what}", *(daemon.tail() for daemon in daemons)]))
        time.sleep(0.1)
    follower.show()


def show(us, them):
    follower = Follower(us)
    say(f"{them.kind} starts as AS {them.role.asn} at {them.role.address}, and waits")
    them.start()
    say(f"bgpd starts as AS {us.role.asn} at {us.role.address}, and dials")
    us.start()
    wait_for("Established and routes both ways", lambda: both_ways(us, them), follower, us, them)
    say(f"what {them.kind} itself says")
    print(them.view(), flush=True)
    say(f'bgpd is stopped, with the text "{us.role.shutdown_text}"')
    us.shutdown()
    notice = Notice(6, 2, us.role.shutdown_text)
    wait_for(f"{them.kind} has our reason", lambda: them.last_notification_received() == notice, follower, us, them)
    say(f'{them.kind} has received NOTIFICATION {notice.code}/{notice.subcode}, "{notice.text}"')
    print(f"\nEstablished over {us.role.address}, {len(us.role.routes)} routes from bgpd to {them.kind}, "
          f"{len(them.announced())} from {them.kind} to bgpd, each as it must be.", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kind", choices=sorted(set(KINDS) - {"bgpd"}))
    parser.add_argument("bgpd", help="our bgpd's binary")
    parser.add_argument("--over", choices=("ipv4", "ipv6"), default="ipv4")
    args = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the lab is taken down
    peer_class = KINDS[args.kind]
    reason = lab.why_not() or peer_class.why_not()
    if reason:
        print(f"SKIPPED: {reason}", file=sys.stderr)
        return SKIPPED
    Bgpd.binary, Bgpd.log_level = os.path.abspath(args.bgpd), "info"
    with lab.Lab("demo") as pair:
        say(f"two network namespaces: {pair.namespace('dut')} and {pair.namespace('peer')}")
        us = Bgpd(pair, "dut", roles.role("dut", args.over, "us"))
        them = peer_class(pair, "peer", roles.role("peer", args.over, "us"))
        try:
            show(us, them)
        except (DaemonError, OSError) as error:
            print(f"\n{error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("interrupted")
