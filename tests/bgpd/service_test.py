"""bgpd as a service: what it tells systemd, and its unit. usage: service_test.py BGPD UNIT [unittest arguments]"""
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

from bgpd_process import Bgpd, configuration, free_port

BGPD, UNIT = sys.argv[1:3]
HERE = "127.0.0.1"


class NotifyTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.config = os.path.join(folder.name, "bgpd.toml")
        with open(self.config, "w", encoding="utf-8") as file:
            file.write(configuration(65001, "10.0.0.1", HERE, free_port(HERE), []))
        self.manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(self.manager.close)
        self.manager.settimeout(20)

    def run_told(self, name, address, **environment):
        """What a bgpd says that is stopped after its third word, or its first without a watchdog."""
        self.manager.bind(address)
        with mock.patch.dict(os.environ, {"NOTIFY_SOCKET": name, **environment}):
            with Bgpd(BGPD, self.config) as bgpd:
                said = [self.manager.recv(64) for _ in range(3 if environment else 1)]
                self.assertEqual(bgpd.stop(), 0)
        while said[-1] != b"STOPPING=1":
            said.append(self.manager.recv(64))
        return said

    def test_ready_alive_and_stopping(self):
        path = os.path.join(os.path.dirname(self.config), "notify")

        said = self.run_told(path, path, WATCHDOG_USEC="200000")

        self.assertEqual(said[:3], [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1"])

    def test_a_reload(self):
        path = os.path.join(os.path.dirname(self.config), "notify")
        self.manager.bind(path)
        with mock.patch.dict(os.environ, {"NOTIFY_SOCKET": path}):
            with Bgpd(BGPD, self.config) as bgpd:
                self.assertEqual(self.manager.recv(64), b"READY=1")
                bgpd.send(signal.SIGHUP)
                self.assertRegex(self.manager.recv(64), rb"^RELOADING=1\nMONOTONIC_USEC=\d+$")
                self.assertEqual(self.manager.recv(64), b"READY=1")
                self.assertEqual(bgpd.stop(), 0)

    def test_the_abstract_namespace(self):
        name = f"bgpd-service-test-{os.getpid()}"

        self.assertEqual(self.run_told("@" + name, "\0" + name), [b"READY=1", b"STOPPING=1"])

    def test_a_watchdog_of_somebody_else_is_not_fed(self):
        path = os.path.join(os.path.dirname(self.config), "notify")
        self.manager.bind(path)
        with mock.patch.dict(os.environ, {"NOTIFY_SOCKET": path, "WATCHDOG_USEC": "1000", "WATCHDOG_PID": "1"}):
            with Bgpd(BGPD, self.config) as bgpd:
                bgpd.wait_for("no neighbor is configured")
                self.assertEqual(bgpd.stop(), 0)
        self.assertEqual([self.manager.recv(64), self.manager.recv(64)], [b"READY=1", b"STOPPING=1"])


class UnitTest(unittest.TestCase):
    def test_it_can_be_reloaded(self):
        with open(UNIT, encoding="utf-8") as file:
            self.assertIn("ExecReload=/bin/kill -HUP $MAINPID\n", file.read())

    def test_it_may_do_little(self):
        if shutil.which("systemd-analyze") is None:
            self.skipTest("there is no systemd-analyze")
        done = subprocess.run(["systemd-analyze", "security", "--offline=yes", "--threshold=20", UNIT], text=True,
                              capture_output=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
