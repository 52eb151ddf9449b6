"""A real bgpd, its log line by line, and ports that are free. Every wait is bounded."""
import contextlib
import random
import re
import signal
import socket
import subprocess
import threading
import time

PATIENCE = 30  # seconds; only a failure waits so long


taken = []  # a name for each port that free_port() gave; the kernel frees them with this process


def free_port(address):
    """One that no other call gives while this process lives, not even in another test. Below the ports that the kernel
    gives to connections, or another test's connection might get it meanwhile. OSError: there is no such address."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as s:
        s.bind((address, 0))
    with open("/proc/sys/net/ipv4/ip_local_port_range", encoding="ascii") as f:
        first_given = int(f.read().split()[0])
    while True:
        port = random.randrange(1024, first_given)
        name = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        with socket.socket(family, socket.SOCK_STREAM) as s, contextlib.suppress(OSError):
            s.bind((address, port))
            name.bind(f"\0bgp test port {port}")
            taken.append(name)
            return port
        name.close()


def configuration(asn, router_id, listen, port, neighbors, networks=(), more_global="", control=""):
    """TOML text. `neighbors` and `networks` are dictionaries of TOML values as text. `control`: the control socket."""
    text = f'[global]\nasn = {asn}\nrouter_id = "{router_id}"\nlisten = ["{listen}"]\nport = {port}\n{more_global}\n'
    text += f'control_socket = "{control}"\n'
    for name, sections in (("neighbor", neighbors), ("network", networks)):
        for section in sections:
            text += f"[[{name}]]\n" + "".join(f"{key} = {value}\n" for key, value in section.items())
    return text


class Bgpd:
    """Runs until stop() or the end of the `with` block."""

    def __init__(self, program, config_file):
        self.lines = []
        self._changed = threading.Condition()
        self.process = subprocess.Popen([program, "--config", config_file], stderr=subprocess.PIPE, text=True)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self.process.stderr:
            with self._changed:
                self.lines.append(line.rstrip("\n"))
                self._changed.notify_all()

    def wait_for(self, pattern, since=0):
        """The first line at or behind index `since` in which the pattern is found, and the index behind it."""
        deadline = time.monotonic() + PATIENCE
        with self._changed:
            while True:
                for i in range(since, len(self.lines)):
                    if re.search(pattern, self.lines[i]):
                        return self.lines[i], i + 1
                left = deadline - time.monotonic()
                if left <= 0 or (self.process.poll() is not None and not self._reader.is_alive()):
                    raise AssertionError(f"no line has {pattern!r} in\n" + "\n".join(self.lines[since:]))
                self._changed.wait(min(left, 0.2))

    def send(self, number):
        self.process.send_signal(number)

    def wait(self):
        """The exit status, once the whole log was read."""
        status = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return status

    def stop(self):
        self.send(signal.SIGTERM)
        return self.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.wait()
        self.process.stderr.close()
