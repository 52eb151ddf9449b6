"""Runs the interop tests of suite.py against one daemon, each class in a process and a lab of its own.

Exit 0: all passed; 1: some failed; 77: none failed, and something could not run (said aloud with SKIPPED).
"""
import argparse
import os
import signal
import subprocess
import sys
import time
import unittest

import lab
import suite
from daemon_bgpd import Bgpd
from kinds import KINDS

SKIPPED = 77


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("peer", choices=sorted(KINDS), help="the other daemon")
    parser.add_argument("bgpd", nargs="?", help="our bgpd's binary; not needed with --us")
    parser.add_argument("--bgpc", help="our bgpc's binary; without it the one of the same build")
    parser.add_argument("--us", choices=sorted(KINDS), default="bgpd", help="who plays our part (to try the tests)")
    parser.add_argument("--case", action="append", choices=[c.__name__ for c in suite.CASES], help="only this class")
    parser.add_argument("--test", default="", metavar="TEXT", help="only tests with this in their name")
    parser.add_argument("--jobs", type=int, default=4, help="classes at the same time (default %(default)s)")
    parser.add_argument("--rounds", type=int, help="of both dialing at once, instead of the adapter's number")
    parser.add_argument("--here", action="store_true", help="in this process, one class after the other")
    return parser.parse_args()


def why_not(args):
    return lab.why_not() or KINDS[args.peer].why_not() or KINDS[args.us].why_not()


def client_of(args):
    return args.bgpc or os.path.join(os.path.dirname(args.bgpd or ""), "..", "tools", "bgpc", "bgpc")


def run_here(args, cases):
    """The classes one after the other; the exit status."""
    suite.ROUNDS = args.rounds
    suite.Pair.us_class, suite.Pair.them_class = KINDS[args.us], KINDS[args.peer]
    Bgpd.binary = os.path.abspath(args.bgpd or "")
    Bgpd.client = os.path.abspath(client_of(args))
    loader = unittest.TestLoader()
    tests = unittest.TestSuite(test for case in cases for test in loader.loadTestsFromTestCase(case)
                               if args.test in test.id())
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(tests)
    for test, reason in result.skipped:
        print(f"SKIPPED {test}: {reason}")
    if not result.wasSuccessful():
        return 1
    return SKIPPED if result.skipped else 0


def run_side_by_side(args, cases):
    """Each class by this script with --here; shows what each printed when it ends. The worst exit status."""
    waiting, running, statuses = list(cases), {}, []
    try:
        while waiting or running:
            while waiting and len(running) < args.jobs:
                case = waiting.pop(0)
                running[start(args, case)] = (case, time.monotonic())
            for process in [p for p in running if p.poll() is not None]:
                case, began = running.pop(process)
                statuses.append(process.returncode)
                print(f"==== {case.__name__}: exit {process.returncode} after {time.monotonic() - began:.1f} s")
                process.stdout.seek(0)
                print(process.stdout.read(), flush=True)
            time.sleep(0.05)
    finally:
        for process in running:
            process.terminate()
            process.wait()
    if any(status not in (0, SKIPPED) for status in statuses):
        return 1
    return SKIPPED if SKIPPED in statuses else 0


def start(args, case):
    command = [sys.executable, os.path.abspath(__file__), args.peer, *([args.bgpd] if args.bgpd else []), "--here",
               "--bgpc", client_of(args),
               "--us", args.us, "--case", case.__name__, "--test", args.test,
               *(["--rounds", str(args.rounds)] if args.rounds else [])]
    output = os.fdopen(os.memfd_create(case.__name__), "w+", encoding="utf-8")
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                               preexec_fn=lambda: lab.die_with_parent(signal.SIGTERM))
    process.stdout = output
    return process


def main():
    args = arguments()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the labs are taken down
    for program in (args.bgpd or "", client_of(args)) if args.us == "bgpd" else ():
        if not os.access(program, os.X_OK):
            print(f"run.py: no program at {program}", file=sys.stderr)
            return 1
    reason = why_not(args)
    if reason:
        print(f"SKIPPED: interop with {args.peer}: {reason}")
        return SKIPPED
    cases = [case for case in suite.cases_with(args.peer) if not args.case or case.__name__ in args.case]
    return run_here(args, cases) if args.here else run_side_by_side(args, cases)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("interrupted")
