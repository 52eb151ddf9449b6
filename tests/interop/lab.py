"""Network namespaces for a pair of BGP speakers, and the processes in them.

  <name>-<pid>-dut    10.99.0.1/24  2001:db8:99::1/64    our bgpd, AS 65001
  <name>-<pid>-peer   10.99.0.2/24  2001:db8:99::2/64    the other daemon, AS 65002
  <name>-<pid>-wire   only with wire=True: wire.py between the two, which can hold their frames back

No route leads anywhere else. Everything is taken down at the end, and only what was started here: processes by their
pid, and they die with us even if we are killed. Namespaces left behind by a killed run are removed by the next one.

By hand:  python3 lab.py NAME          makes a lab, says how to enter it, and keeps it until end of input
"""
import atexit
import contextlib
import ctypes
import glob
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SIDES = ("dut", "peer")
IPV4 = {"dut": "10.99.0.1", "peer": "10.99.0.2"}
IPV6 = {"dut": "2001:db8:99::1", "peer": "2001:db8:99::2"}
PORT = 179
PREFIX = "bgplab"
KEPT = "kept-"
LINK_LOCAL_SECONDS = 10
PR_SET_PDEATHSIG = 1

_libc = ctypes.CDLL(None)


class LabError(RuntimeError):
    """The lab itself doesn't work; says nothing about the daemons in it."""


def why_not():
    """Why no lab can be made here, or None."""
    for tool, package in (("ip", "iproute2"), ("ss", "iproute2"), ("nsenter", "util-linux")):
        if shutil.which(tool) is None:
            return f"no {tool} (Debian package {package})"
    if os.geteuid() != 0:
        return "not root: network namespaces can't be made"
    trial = f"{PREFIX}-trial-{os.getpid()}-dut"
    made = subprocess.run(["ip", "netns", "add", trial], capture_output=True, text=True, check=False)
    if made.returncode != 0:
        return f"'ip netns add' fails here: {made.stderr.strip()}"
    subprocess.run(["ip", "netns", "del", trial], check=False)
    return None


def keep():
    """Whether configs and logs stay when a lab is taken down."""
    return bool(os.environ.get("INTEROP_KEEP"))


def has_ipv6():
    return os.path.exists("/proc/net/if_inet6")


def die_with_parent(by=signal.SIGKILL):
    """For a child, before it becomes another program."""
    _libc.prctl(PR_SET_PDEATHSIG, by)


class Lab:
    """A context manager; the namespaces exist and the processes live inside the with statement."""

    def __init__(self, name, wire=False):
        self._base = f"{PREFIX}-{name}-{os.getpid()}"
        self._wired = wire
        self._processes = []
        self._logs = []
        self.folder = None  # for sockets, configs and logs
        self.wire = None  # Wire, when there is one

    def __enter__(self):
        try:
            self.up()
        except BaseException:
            self.down()
            raise
        return self

    def __exit__(self, *_):
        self.down()

    def up(self):
        remove_stale()
        atexit.register(self.down)  # an interrupt leaves no time for with
        self.folder = tempfile.mkdtemp(prefix=f"{KEPT if keep() else ''}{self._base}-", dir="/tmp")
        os.chmod(self.folder, 0o755)
        for side in SIDES:
            self._make_namespace(side)
        if self._wired:
            self._make_namespace("wire")
            for side in SIDES:
                _ip_in(self.namespace(side), "link", "add", "veth0", "type", "veth", "peer", "name", side, "netns",
                    self.namespace("wire"))
        else:
            _ip_in(self.namespace("dut"), "link", "add", "veth0", "type", "veth", "peer", "name", "veth0", "netns",
                self.namespace("peer"))
        for side in SIDES:
            self._set_addresses(side)
        if self._wired:
            self.wire = Wire(self)
        for side in SIDES if has_ipv6() else ():
            self._wait_for_link_local(side)

    def down(self):
        for process in reversed(self._processes):
            self.stop(process)
        self._processes.clear()
        for log in self._logs:
            log.close()
        self._logs.clear()
        for side in SIDES + ("wire",):
            if os.path.exists(f"/run/netns/{self.namespace(side)}"):
                subprocess.run(["ip", "netns", "del", self.namespace(side)], check=False)
        if self.folder and not keep():
            shutil.rmtree(self.folder, ignore_errors=True)
        atexit.unregister(self.down)

    def namespace(self, side):
        return f"{self._base}-{side}"

    def inside(self, side, command):
        """The command line that runs `command` in that namespace; the pid stays the same (nsenter execs)."""
        return ["nsenter", f"--net=/run/netns/{self.namespace(side)}", "--"] + list(command)

    def run(self, side, *command):
        """Its standard output; LabError if it fails."""
        return _run(self.inside(side, command))

    def spawn(self, side, command, log_path, **options):
        """Starts a process that this lab will end; its output goes to the end of log_path."""
        log = open(log_path, "ab")  # closed in down()
        self._logs.append(log)
        options.setdefault("stdin", subprocess.DEVNULL)
        options.setdefault("stdout", log)
        process = subprocess.Popen(self.inside(side, command), stderr=log, preexec_fn=die_with_parent, **options)
        self._processes.append(process)
        return process

    def stop(self, process, seconds=5):
        """SIGTERM, and SIGKILL after that many seconds; the exit status."""
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                process.kill()
        return process.wait()

    def connections(self, side, state="established"):
        """TCP connections of the port in that state as (local, remote), each "[address]:port"."""
        out = self.run(side, "ss", "-H", "-t", "-n", "state", state, f"( sport = :{PORT} or dport = :{PORT} )")
        return [tuple(line.split()[2:4]) for line in out.splitlines()]

    def unread(self, side):
        """Octets that the daemon there has not read from its established connections of the port."""
        out = self.run(side, "ss", "-H", "-t", "-n", "state", "established", f"( sport = :{PORT} or dport = :{PORT} )")
        return sum(int(line.split()[0]) for line in out.splitlines())

    def cut_connections(self, side):
        """The kernel aborts the connections of the port under the daemon's feet (ss -K). False: it can't here."""
        out = self.run(side, "ss", "-H", "-K", "-t", "-n", f"( sport = :{PORT} or dport = :{PORT} )")
        return bool(out.strip())

    def _make_namespace(self, side):
        name = self.namespace(side)
        _ip("netns", "add", name)
        _ip_in(name, "link", "set", "lo", "up")
        with contextlib.suppress(LabError):  # link-local addresses usable at once, where /proc/sys may be written
            self.run(side, "sh", "-c", "echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad")

    def _set_addresses(self, side):
        name = self.namespace(side)
        _ip_in(name, "addr", "add", f"{IPV4[side]}/24", "dev", "veth0")
        if has_ipv6():
            _ip_in(name, "addr", "add", f"{IPV6[side]}/64", "dev", "veth0", "nodad")
        _ip_in(name, "link", "set", "veth0", "up")


    def _wait_for_link_local(self, side):
        """The kernel makes it when the link is up; a daemon that starts before sees none (BIRD looks every 10 s)."""
        until = time.monotonic() + LINK_LOCAL_SECONDS
        while "fe80" not in self.run(side, "ip", "-6", "addr", "show", "dev", "veth0", "scope", "link", "-tentative"):
            if time.monotonic() > until:
                raise LabError(f"{self.namespace(side)} has no link-local address after {LINK_LOCAL_SECONDS} s")
            time.sleep(0.02)


class Wire:
    """wire.py between the two sides: passes frames, or holds them back for a while and then lets all go at once."""

    def __init__(self, lab):
        self._lab = lab
        for side in SIDES:
            _ip_in(lab.namespace("wire"), "link", "set", side, "up", "promisc", "on")
            lab.run(side, sys.executable, _beside("wire.py"), "--no-offload", "veth0")
        self._process = lab.spawn("wire", [sys.executable, _beside("wire.py"), *SIDES],
                                  os.path.join(lab.folder, "wire.log"), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                  text=True)
        self._expect("ready")

    def hold(self):
        """Keeps every frame from now on."""
        self._say("hold")
        self._expect("hold")

    def release(self):
        """Delivers what was kept, and passes frames again."""
        self._say("release")
        self._expect("release")

    def crossed(self):
        """Since the last hold, was a TCP connection of each direction up at the same moment?"""
        self._say("crossed")
        return self._expect("yes", "no") == "yes"

    def _say(self, word):
        self._process.stdin.write(word + "\n")
        self._process.stdin.flush()

    def _expect(self, *words):
        answer = self._process.stdout.readline().strip()
        if answer not in words:
            raise LabError(f"wire.py answered {answer!r} instead of {words}, see {self._lab.folder}/wire.log")
        return answer


def remove_stale():
    """Removes the namespaces and folders of labs whose maker lives no more."""
    for line in _run(["ip", "netns", "list"]).splitlines():
        name = line.split()[0] if line else ""
        m = re.fullmatch(rf"{PREFIX}-[\w-]+-(\d+)-(?:dut|peer|wire)", name)
        if m and not os.path.exists(f"/proc/{m.group(1)}"):
            subprocess.run(["ip", "netns", "del", name], check=False, stderr=subprocess.DEVNULL)
    for folder in glob.glob(f"/tmp/{PREFIX}-*"):
        m = re.fullmatch(rf"/tmp/{PREFIX}-[\w-]+?-(\d+)-\w+", folder)
        if m and not os.path.exists(f"/proc/{m.group(1)}"):
            shutil.rmtree(folder, ignore_errors=True)


def _beside(name):
    return os.path.join(os.path.dirname(os.path.abspath(__file__)), name)


def _run(command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise LabError(f"{' '.join(command)}: exit {done.returncode}: {(done.stderr or done.stdout).strip()}")
    return done.stdout


def _ip(*arguments):
    _run(["ip", *arguments])


def _ip_in(namespace, *arguments):
    """Not "ip -n": that remounts /, which a chroot whose / is no mount point forbids."""
    _run(["nsenter", f"--net=/run/netns/{namespace}", "--", "ip", *arguments])


def main():
    if len(sys.argv) != 2 or not re.fullmatch(r"[a-z0-9]+", sys.argv[1]):
        print(__doc__)
        return 2
    reason = why_not()
    if reason:
        print(f"no lab here: {reason}", file=sys.stderr)
        return 77
    with Lab(sys.argv[1]) as lab:
        for side in SIDES:
            print(f"{side:5} {IPV4[side]}  {IPV6[side]}:  {' '.join(lab.inside(side, ['bash']))}")
        print(f"files: {lab.folder}\nend of input (Ctrl-D) takes it all down", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            sys.stdin.read()
    return 0


if __name__ == "__main__":
    sys.exit(main())
