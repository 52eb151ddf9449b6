"""Records sessions of our bgpd with the other daemons as small captures: those in pcaps/.

usage: record.py FOLDER [--into FOLDER] [--list] [--stories] [--only NAME]...     (as root; needs tcpdump and the daemons)

FOLDER is a build tree. Each NAME.pcap has what went through the lab's wire in one scene of scenes.py; NAME.expected is
what `bgpcap decode` makes of it, and NAME.story what `bgpcap explain` says.
"""
import argparse
import os
import signal
import subprocess
import sys

import lab
import roles
import scenes
from daemon import DaemonError
from daemon_bgpd import Bgpd
from kinds import KINDS

LARGEST = 100_000  # octets of a capture
PCAPS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "pcaps")


class Recording:
    """tcpdump on our end of the wire, inside the with statement."""

    def __init__(self, where, path):
        self._lab = where
        self._path = path
        self._log = os.path.join(where.folder, "tcpdump.log")
        self._process = None

    def __enter__(self):
        self._process = self._lab.spawn("dut", ["tcpdump", "-i", "veth0", "-U", "-Z", "root", "--immediate-mode", "-w",
                                                self._path, f"tcp port {lab.PORT}"], self._log)
        scenes.wait_for("tcpdump listens", lambda: "listening on" in self._said())
        return self

    def __exit__(self, *_):
        scenes.wait_for("all connections have ended", self._all_ended, seconds=3, fail=False)
        self._lab.stop(self._process)

    def _all_ended(self):
        return not self._lab.connections("dut", "connected")

    def _said(self):
        with open(self._log, encoding="utf-8") as f:
            return f.read()


def record(scene, path):
    with lab.Lab("record", wire=scene.wired) as where:
        us = Bgpd(where, "dut", scene.our_role(roles.role("dut", scene.over, scene.dialing)))
        them = KINDS[scene.kind](where, "peer", scene.their_role(roles.role("peer", scene.over, scene.dialing)))
        with Recording(where, path):
            scene.play(us, them)
            us.stop()
    size = os.path.getsize(path)
    if size > LARGEST:
        sys.exit(f"{path} has {size} octets, more than {LARGEST}")
    return size


def record_at_last(scene, path):
    """As record(); None if it did not go as it must, five times."""
    for _ in range(5):
        try:
            return record(scene, path)
        except (DaemonError, scenes.SceneError) as error:
            print(f"{scene.name}: {error}", file=sys.stderr, flush=True)
    return None


def expect(bgpcap, path):
    """What bgpcap says of the capture goes beside it."""
    for command, suffix in (("decode", ".expected"), ("explain", ".story")):
        done = subprocess.run([bgpcap, command, os.path.basename(path)], cwd=os.path.dirname(path), capture_output=True,
                              text=True, check=False)
        if done.stderr:
            sys.exit(f"bgpcap {command} {path}: {done.stderr}")
        with open(path.removesuffix(".pcap") + suffix, "w", encoding="utf-8") as f:
            f.write(done.stdout)


def tabulate(folder):
    """The table of README.md, where there is one, has all that is there."""
    path = os.path.join(folder, "README.md")
    if not os.path.exists(path):
        return
    with open(path, encoding="utf-8") as f:
        head = f.read().split("| file |")[0]
    rows = [f"| `{scene.name}.pcap` | {scene.what} |" for scene in scenes.SCENES
            if os.path.exists(os.path.join(folder, f"{scene.name}.pcap"))]
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join([f"{head}| file | what it shows |", "| --- | --- |", *rows, ""]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", help="the build tree whose bgpd, bgpc and bgpcap are used")
    parser.add_argument("--stories", action="store_true", help="records none, says anew what bgpcap makes of them")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="only this one, or these")
    parser.add_argument("--into", default=PCAPS, metavar="FOLDER", help="where they go (pcaps/ of the tree)")
    parser.add_argument("--list", action="store_true", help="says which there are, and records none")
    args = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the lab is taken down
    chosen = [scene for scene in scenes.SCENES if not args.only or scene.name in args.only]
    if args.list:
        print("\n".join(f"{scene.name:24} {scene.what}" for scene in chosen))
        return
    build = os.path.abspath(args.build)
    Bgpd.binary, Bgpd.client, Bgpd.log_level = f"{build}/bgpd/bgpd", f"{build}/tools/bgpc/bgpc", "info"
    failed = []
    for scene in chosen:
        path = os.path.join(os.path.abspath(args.into), f"{scene.name}.pcap")
        size = os.path.getsize(path) if args.stories else record_at_last(scene, path)
        if size is None:
            failed.append(scene.name)
            continue
        expect(f"{build}/tools/bgpcap/bgpcap", path)
        print(f"{scene.name}: {size} octets", flush=True)
    tabulate(args.into)
    if failed:
        sys.exit(f"not recorded: {' '.join(failed)}")


if __name__ == "__main__":
    main()
