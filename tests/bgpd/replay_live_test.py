"""bgpcap replay --against: recorded sessions played to a real bgpd, as the neighbor that was recorded.

usage: replay_live_test.py BGPD BGPCAP PCAPS [unittest arguments]
"""
import os
import socket
import subprocess
import sys
import tempfile
import threading
import unittest

from bgpd_process import Bgpd, configuration, free_port

BGPD, BGPCAP, PCAPS = sys.argv[1:4]
OURS, NEIGHBOR = "127.0.0.1", "127.0.0.2"


class ReplayLiveTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.port = free_port(OURS)

    def start(self, remote_asn=65002):
        """The bgpd of the recordings once more: AS 65001, identifier 10.99.0.1."""
        neighbor = {"address": f'"{NEIGHBOR}"', "local_address": f'"{OURS}"', "remote_asn": remote_asn,
                    "passive": "true", "idle_hold_time": 1, "idle_hold_max": 1, "hold_time": 9,
                    "families": '["ipv4-unicast", "ipv6-unicast"]', "next_hop_ipv4": '"192.0.2.1"',
                    "next_hop_ipv6": '"2001:db8::1"'}
        path = os.path.join(self.folder, "bgpd.toml")
        with open(path, "w", encoding="utf-8") as f:
            f.write(configuration(65001, "10.99.0.1", OURS, self.port, [neighbor],
                                  [{"prefix": '"198.51.100.0/24"'}]))
        daemon = Bgpd(BGPD, path)
        self.addCleanup(daemon.__exit__)
        daemon.wait_for(r"listening on ")
        return daemon

    def replay(self, capture, *options, side="10.99.0.2"):
        return subprocess.run([BGPCAP, "replay", os.path.join(PCAPS, capture), "--as", side, *options],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120, check=False)

    def against(self, capture, *options, port=None):
        return self.replay(capture, "--against", f"{OURS}:{port or self.port}", "--bind", NEIGHBOR, *options)

    def test_session_that_comes_up_is_the_same(self):
        daemon = self.start()
        result = self.against("bird-plain.pcap", "--speed", "0", "--timeout", "30")
        self.assertEqual((result.returncode, result.stderr), (0, ""), result.stdout)
        self.assertIn(f"stream 0 as 10.99.0.2 against {OURS}:{self.port}\n", result.stdout)
        self.assertIn("no difference\n", result.stdout)
        self.assertNotIn("did not come up", result.stdout)
        daemon.wait_for(r"received .* as-path 65002")  # what the recorded neighbor announced

    def test_notification_with_its_data_is_the_same(self):
        self.start(remote_asn=65009)
        result = self.against("bird-wrong-as.pcap", "--speed", "100", "--timeout", "30")
        self.assertEqual(result.returncode, 0, result.stdout)
        self.assertIn(f"{OURS}:{self.port} sent 2/2 OPEN Message Error/Bad Peer AS", result.stdout)
        self.assertIn("no difference\n", result.stdout)

    def test_notification_that_does_not_come_is_a_difference(self):
        self.start()
        result = self.against("bird-wrong-as.pcap", "--speed", "0", "--timeout", "1")
        self.assertEqual(result.returncode, 1, result.stdout)
        self.assertIn(f"differs: NOTIFICATION: not sent by {OURS}:{self.port}; in the capture at ", result.stdout)
        self.assertIn("2/2 OPEN Message Error/Bad Peer AS", result.stdout)

    def test_unexpected_notification_is_a_difference(self):
        self.start(remote_asn=65009)
        result = self.against("bird-plain.pcap", "--speed", "0", "--timeout", "1")
        self.assertEqual(result.returncode, 1, result.stdout)
        self.assertIn(f"differs: NOTIFICATION: {OURS}:{self.port} sent 2/2 OPEN Message Error/Bad Peer AS; in the capture "
                      "6/2 ", result.stdout)
        self.assertIn("differs: first KEEPALIVE: not sent by", result.stdout)

    def test_nobody_there(self):
        result = self.against("bird-plain.pcap")
        self.assertEqual((result.returncode, result.stderr), (1, ""))
        self.assertIn(f"differs: {OURS}:{self.port} is not reachable: Connection refused\n", result.stdout)

    def test_speaker_that_says_nothing(self):
        with socket.create_server((OURS, self.port)) as deaf:
            result = self.against("bird-plain.pcap", "--speed", "0", "--timeout", "1")
            self.assertEqual(result.returncode, 1, result.stdout)
            self.assertIn(f"differs: OPEN: not sent by {OURS}:{self.port}; in the capture at ", result.stdout)
            self.assertIn("the session did not come up", result.stdout)
            with deaf.accept()[0] as connection:  # and was told what the recorded end said, to its end
                self.assertEqual(connection.recv(16, socket.MSG_WAITALL), b"\xff" * 16)

    def test_speaker_that_speaks_something_else(self):
        def answer(server):
            with server.accept()[0] as connection:
                connection.sendall(b"220 mail.example ESMTP\r\n")
        with socket.create_server((OURS, self.port)) as server:
            other = threading.Thread(target=answer, args=(server,))
            other.start()
            result = self.against("bird-plain.pcap", "--speed", "0", "--timeout", "5")
            other.join()
        self.assertEqual(result.returncode, 1, result.stdout)
        self.assertIn("differs: what it sent is no message: it would be answered by 1/1 ", result.stdout)

    def test_wrong_arguments(self):
        for arguments, words in (
            (("--against", ":179"), '":179" is no HOST[:PORT]'),
            (("--against", "127.0.0.1:0"), '"127.0.0.1:0" is no HOST[:PORT]'),
            (("--against", "[127.0.0.1"), "is no HOST[:PORT]"),
            (("--speed", "2"), "--against"),
            (("--against", "127.0.0.1", "--speed", "-1"), "--speed"),
            (("--against", "127.0.0.1", "--timeout", "0"), "--timeout"),
            (("--against", "127.0.0.1", "--bind", "nobody"), '"nobody" is no address'),
        ):
            result = self.replay("bird-plain.pcap", *arguments)
            self.assertEqual((result.returncode, result.stdout), (2, ""), arguments)
            self.assertIn(words, result.stderr)
        result = self.replay("bird-plain.pcap", "--against", f"{OURS}:{self.port}", side="192.0.2.1")
        self.assertEqual(result.returncode, 2)
        self.assertIn("has no session whose end 192.0.2.1 could be played", result.stderr)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[4:]], verbosity=2)
