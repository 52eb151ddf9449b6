"""bgpc and the control socket, with two real bgpd on loopback. usage: control_test.py BGPD BGPC TREE [unittest arguments]"""
import json
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import time
import unittest

from bgpd_process import Bgpd, configuration, free_port

BGPD, BGPC, TREE = sys.argv[1:4]
LEFT, RIGHT = "127.0.0.1", "127.0.0.2"
PATIENCE = 20


class Pair(unittest.TestCase):
    """Two bgpd that are Established with each other; the left one has a control socket."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.socket = os.path.join(cls.folder, "left.sock")
        ports = {LEFT: free_port(LEFT), RIGHT: free_port(RIGHT)}
        networks = {LEFT: "203.0.113.0/24", RIGHT: "198.51.100.0/24"}
        cls.logs = {}
        for asn, here, there, control in ((65001, LEFT, RIGHT, cls.socket), (65002, RIGHT, LEFT, "")):
            neighbor = {"address": f'"{there}"', "local_address": f'"{here}"', "port": ports[there],
                        "remote_asn": 130003 - asn, "connect_retry_time": 2, "idle_hold_time": 1,
                        "idle_hold_max": 1, "description": '"the other one"'}
            network = {"prefix": f'"{networks[here]}"', "communities": '["65000:1"]'}
            path = os.path.join(cls.folder, f"{asn}.toml")
            with open(path, "w", encoding="utf-8") as file:
                file.write(configuration(asn, f"10.0.0.{asn - 65000}", here, ports[here], [neighbor], [network],
                                         control=control))
            cls.logs[here] = cls.enterClassContext(Bgpd(BGPD, path))
        for log in cls.logs.values():
            log.wait_for(": end-of-rib ")

    def run_bgpc(self, *words, status=0):
        done = subprocess.run([BGPC, "--socket", self.socket, *words], text=True, capture_output=True, timeout=PATIENCE)
        self.assertEqual(done.returncode, status, f"bgpc {words}: {done.stdout}{done.stderr}")
        return done.stdout if status == 0 else done.stderr

    def bgpc(self, *words):
        return self.run_bgpc(*words)

    def json(self, *words):
        return json.loads(self.run_bgpc("-j", *words))

    def wait_until(self, what, holds):
        deadline = time.monotonic() + PATIENCE
        while not holds():
            self.assertLess(time.monotonic(), deadline, f"not {what} in time")
            time.sleep(0.05)

    def wait_until_up(self):
        self.wait_until("up", lambda: self.row()["state"] == "Established" and self.row()["prefixes_received"] == 1)

    def row(self):
        return self.json("neighbor")["neighbors"][0]


class LookingTest(Pair):
    def test_the_summary(self):
        self.assertRegex(self.bgpc("summary"), r"^bgpd \S+, AS 65001, router-id 10\.0\.0\.1, up \d\d:\d\d:\d\d\n"
                                               r"neighbors 1, networks 1\n$")

    def test_the_table_of_neighbors(self):
        head, row = self.bgpc("neighbor").splitlines()

        self.assertEqual(head.split(), "Neighbor AS State Since PfxRcvd PfxSent MsgRcvd MsgSent Description".split())
        self.assertRegex(row, r"^127\.0\.0\.2  65002  Established  \d\d:\d\d:\d\d +1 +1 +\d+ +\d+  the other one$")

    def test_other_word_orders(self):
        for words in (["show", "neighbor"], ["show", "bgp", "neighbors"], ["neighbors"]):
            self.assertRegex(self.bgpc(*words), r"(?m)^127\.0\.0\.2 ")

    def test_one_neighbor(self):
        text = self.bgpc("neighbor", RIGHT)

        for line in (r"^127\.0\.0\.2, AS 65002: the other one$", r"^  state +Established for \S+, since \S+Z$",
                     r"^  timers +.*hold \d+ s", r"^  families +ipv4-unicast$",
                     r"^  its OPEN +AS 65002, hold time 90, identifier 10\.0\.0\.2, multiprotocol .*4-octet-as"):
            self.assertRegex(text, re.compile(line, re.MULTILINE))

    def test_routes_in_and_out(self):
        self.assertRegex(self.bgpc("neighbor", RIGHT, "adj-in"),
                         r"\n198\.51\.100\.0/24  next_hop 127\.0\.0\.2, as_path 65002, origin igp, "
                         r"communities 65000:1\n$")
        self.assertRegex(self.bgpc("neighbor", RIGHT, "adj-out"),
                         r"\n203\.0\.113\.0/24  next_hop 127\.0\.0\.1, as_path 65001, origin igp, "
                         r"communities 65000:1\n$")

    def test_a_dump_is_what_bgpsim_plays(self):
        self.assertIn("snapshot", json.loads(self.bgpc("neighbor", RIGHT, "dump")))

    def test_the_guide_names_every_member(self):
        with open(os.path.join(TREE, "docs/guide/api.md"), encoding="utf-8") as file:
            guide = file.read()
        shown = {"GET /v1/summary": self.json("summary"), "GET /v1/neighbors": self.row(),
                 "GET /v1/neighbors/ADDR": self.json("neighbor", RIGHT),
                 "GET /v1/neighbors/ADDR/adj-in": json.loads(self.bgpc("-j", "neighbor", RIGHT, "adj-in"))}
        for resource, value in shown.items():
            section = re.search(rf"^### {re.escape(resource)}$(.*?)(?=^##|\Z)", guide, re.MULTILINE | re.DOTALL)
            self.assertIsNotNone(section, resource)
            for name in value:
                self.assertIn(f"`{name}`", section.group(1) + guide.split("### GET /v1/neighbors/ADDR\n")[0], resource)


class ActingTest(Pair):
    def test_down_and_up(self):
        self.assertEqual(self.bgpc("neighbor", RIGHT, "down", "moving house"), "127.0.0.2: Idle (stopped)\n")
        self.logs[RIGHT].wait_for("moving house")
        self.assertIn("stopped here", self.bgpc("neighbor", RIGHT, "explain"))
        self.assertEqual(self.json("neighbor", RIGHT, "explain")["ended_by"], "operator")
        self.assertEqual(self.bgpc("neighbor", RIGHT, "adj-out"), "Prefix  Path\n")

        self.bgpc("neighbor", RIGHT, "up")

        self.wait_until_up()

    def test_reset(self):
        before = self.row()["since"]
        mark = len(self.logs[RIGHT].lines)

        self.bgpc("neighbor", RIGHT, "reset", "a new broom")

        self.logs[RIGHT].wait_for("a new broom", mark)
        self.wait_until_up()
        self.assertGreaterEqual(self.row()["since"], before)

    def test_refresh(self):
        mark = len(self.logs[RIGHT].lines)

        self.bgpc("neighbor", RIGHT, "refresh")

        self.logs[RIGHT].wait_for("route-refresh", mark)

    def test_networks_come_and_go(self):
        self.assertEqual(self.bgpc("network"), "203.0.113.0/24\n")
        mark = len(self.logs[RIGHT].lines)

        self.assertEqual(self.bgpc("network", "add", "192.0.2.0/25"), "192.0.2.0/25\n")

        self.logs[RIGHT].wait_for(r"received 192\.0\.2\.0/25 next-hop 127\.0\.0\.1 .*as-path 65001$", mark)
        self.assertIn("192.0.2.0/25", self.bgpc("neighbor", RIGHT, "adj-out"))

        self.assertEqual(self.bgpc("network", "del", "192.0.2.0/25"), "192.0.2.0/25\n")

        self.logs[RIGHT].wait_for(r"withdrawn 192\.0\.2\.0/25", mark)
        self.assertEqual(self.bgpc("network"), "203.0.113.0/24\n")
        self.assertIn("there is no network 192.0.2.0/25", self.run_bgpc("network", "del", "192.0.2.0/25", status=1))
        for wrong in ("192.0.2.1/25", "all"):
            self.assertIn(f'"prefix": {wrong} is none', self.run_bgpc("network", "add", wrong, status=1))

    def test_reload(self):
        path = os.path.join(self.folder, "65001.toml")
        with open(path, encoding="utf-8") as file:
            before = file.read()

        def write(text):
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)

        self.addCleanup(write, before)
        self.assertEqual(self.bgpc("reload"), "nothing is different\n")
        write(before.replace("the other one", "a new one"))
        self.assertEqual(self.bgpc("reload"), "peer 127.0.0.2: changed\n")
        self.assertEqual(self.row()["description"], "a new one")
        write(before + '[[network]]\nprefix = "192.0.2.0/24"\n')
        self.assertEqual(self.json("reload"),
                         {"schema": 1, "changes": ["network 192.0.2.0/24: added", "peer 127.0.0.2: changed"]})
        self.assertEqual(self.bgpc("network"), "203.0.113.0/24\n192.0.2.0/24\n")
        write(before + "[[network]]\nprefx = 1\n")
        self.assertRegex(self.run_bgpc("reload", status=1),
                         r"nothing was changed; \S+65001\.toml:\d+:\d+: .*missing.*; \S+65001\.toml:\d+:.*prefx: unknown")
        self.assertEqual(self.bgpc("network"), "203.0.113.0/24\n192.0.2.0/24\n")
        self.bgpc("network", "add", "192.0.2.0/25")
        self.bgpc("network", "del", "203.0.113.0/24")
        write(before)
        self.assertEqual(self.bgpc("reload"), "network 192.0.2.0/24: removed\nnetwork 203.0.113.0/24: added\n")
        self.assertEqual(self.bgpc("network"), "192.0.2.0/25\n203.0.113.0/24\n")
        self.bgpc("network", "del", "192.0.2.0/25")

    def test_monitor(self):
        monitor = subprocess.Popen([BGPC, "-s", self.socket, "-j", "monitor"], stdout=subprocess.PIPE, text=True)
        self.addCleanup(monitor.stdout.close)
        self.addCleanup(monitor.wait)
        self.addCleanup(monitor.kill)
        time.sleep(0.3)  # bgpd has no way to say that somebody watches
        self.bgpc("neighbor", RIGHT, "reset")

        seen = []
        while not seen or seen[-1]["event"] != "announced":
            seen.append(json.loads(monitor.stdout.readline()))

        self.assertEqual(seen[-1]["prefix"], "198.51.100.0/24")
        self.assertIn(("state", "Established"), [(event["event"], event.get("to")) for event in seen])
        self.wait_until_up()

    def test_who_watches_and_takes_nothing_stops_nobody(self):
        with socket.socket(socket.AF_UNIX) as lazy:
            lazy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
            lazy.connect(self.socket)
            lazy.sendall(b"GET /v1/monitor HTTP/1.1\r\nHost: x\r\n\r\n")
            for _ in range(5):
                self.bgpc("neighbor", RIGHT, "reset")
                self.wait_until_up()


class ErrorsTest(Pair):
    def test_wrong_words(self):
        for words, said in ((["neigbor"], "did you mean neighbor?"), ([], "what to do?"),
                            (["neighbor", RIGHT, "dwn"], "did you mean neighbor 127.0.0.2 down?"),
                            (["neighbor", RIGHT, "up", "now"], "one word too many"),
                            (["completion", "csh"], "there are bash, zsh and fish"), (["--foo"], "--foo")):
            self.assertIn(said, self.run_bgpc(*words, status=2))

    def test_an_unknown_neighbor(self):
        for address in ("127.0.0.9", "nobody"):
            self.assertIn(f"there is no neighbor {address}; there is 127.0.0.2",
                          self.run_bgpc("neighbor", address, status=1))

    def test_nobody_listens(self):
        done = subprocess.run([BGPC, "-s", "/nonexistent/bgpd.sock", "summary"], text=True, capture_output=True,
                              timeout=PATIENCE)

        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot reach bgpd at /nonexistent/bgpd.sock: No such file or directory; is bgpd running",
                      done.stderr)

    def say(self, octets):
        """The status and the body of the answer to these octets."""
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(PATIENCE)
            client.connect(self.socket)
            client.sendall(octets)
            answer = b""
            while portion := client.recv(65536):
                answer += portion
        head, _, body = answer.partition(b"\r\n\r\n")
        return int(head.split()[1]), json.loads(body)

    def test_requests_that_are_none(self):
        close = b"Host: x\r\nConnection: close\r\n"
        for octets, status in ((b"hello\r\n\r\n", 400), (b"GET /v1/nothing HTTP/1.1\r\n" + close + b"\r\n", 404),
                               (b"POST /v1/summary HTTP/1.1\r\n" + close + b"Content-Length: 0\r\n\r\n", 405),
                               (b"GET /v1/neighbors/127.0.0.2/up HTTP/1.1\r\n" + close + b"\r\n", 405),
                               (b"GET /%2e%2e HTTP/1.1\r\n" + close + b"\r\n", 400),
                               (b"POST /v1/neighbors/127.0.0.2/down HTTP/1.1\r\n" + close
                                + b"Content-Length: 3\r\n\r\n{x}", 400),
                               (b"POST /v1/neighbors/127.0.0.2/down HTTP/1.1\r\n" + close
                                + b'Content-Length: 10\r\n\r\n{"text":1}', 400),
                               (b"POST /v1/neighbors/127.0.0.2/down HTTP/1.1\r\n" + close
                                + b"Content-Length: 70000\r\n\r\n", 413)):
            seen, body = self.say(octets)
            self.assertEqual(seen, status, f"{octets}: {body}")
            self.assertIn("error", body)
        self.assertEqual(self.row()["state"], "Established")

    def test_many_clients(self):
        clients = [socket.socket(socket.AF_UNIX) for _ in range(64)]
        for client in clients:
            self.addCleanup(client.close)
            client.connect(self.socket)
            client.sendall(b"GET /v1/summ")
        with socket.socket(socket.AF_UNIX) as one_more:
            one_more.settimeout(PATIENCE)
            one_more.connect(self.socket)
            self.assertEqual(one_more.recv(1), b"")
        for client in clients:
            client.close()
        self.wait_until("served again", lambda: subprocess.run([BGPC, "-s", self.socket, "summary"],
                                                               capture_output=True, check=False).returncode == 0)

    def test_the_socket_is_its_owners_alone(self):
        self.assertEqual(stat.S_IMODE(os.stat(self.socket).st_mode), 0o600)

    def test_a_second_bgpd_is_told(self):
        with Bgpd(BGPD, self.second()) as second:
            self.assertEqual(second.wait(), 1)
        self.assertRegex("\n".join(second.lines), r"error no control socket at .*: another bgpd listens there")

    def second(self):
        path = os.path.join(self.folder, "second.toml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(configuration(65009, "10.0.0.9", LEFT, free_port(LEFT), [], control=self.socket))
        return path


class SocketFileTest(unittest.TestCase):
    def test_one_that_nobody_listens_at_is_replaced_and_then_removed(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "made", "bgpd.sock")
            os.mkdir(os.path.dirname(path))
            with socket.socket(socket.AF_UNIX) as left_behind:
                left_behind.bind(path)
            config = os.path.join(folder, "bgpd.toml")
            with open(config, "w", encoding="utf-8") as file:
                file.write(configuration(65001, "10.0.0.1", LEFT, free_port(LEFT), [], control=path))
            with Bgpd(BGPD, config) as bgpd:
                bgpd.wait_for("control socket")
                done = subprocess.run([BGPC, "-s", path, "neighbor"], text=True, capture_output=True, timeout=PATIENCE)
                self.assertEqual(done.stdout.split()[:2], ["Neighbor", "AS"])
                self.assertEqual(bgpd.stop(), 0)
            self.assertFalse(os.path.exists(path))


class RangeTest(unittest.TestCase):
    """RFC 4271 8.1.1, AcceptConnectionsUnconfiguredPeers."""

    def setUp(self):
        self.folder = self.enterContext(tempfile.TemporaryDirectory())
        self.socket = os.path.join(self.folder, "left.sock")
        self.port = free_port(LEFT)
        self.left = self.bgpd(65001, LEFT, self.port,
                              {"range": '"127.0.0.0/24"', "remote_asn": 0, "remote_asns": "[65002, 65003]",
                               "range_limit": 1, "range_linger": 1},
                              control=self.socket)
        self.left.wait_for("control socket")

    def bgpd(self, asn, address, port, neighbor, control=""):
        path = os.path.join(self.folder, f"{address}.toml")
        networks = [{"prefix": f'"198.51.{asn - 65000}.0/24"'}]
        with open(path, "w", encoding="utf-8") as file:
            file.write(configuration(asn, address, address, port, [neighbor], networks, control=control))
        return self.enterContext(Bgpd(BGPD, path))

    def dialer(self, asn, address):
        return self.bgpd(asn, address, free_port(address),
                         {"address": f'"{LEFT}"', "local_address": f'"{address}"', "port": self.port, "remote_asn": 65001,
                          "connect_retry_time": 1, "idle_hold_time": 1, "idle_hold_max": 1})

    def rows(self):
        done = subprocess.run([BGPC, "-j", "-s", self.socket, "neighbor"], text=True, capture_output=True,
                              timeout=PATIENCE, check=True)
        return [(row["address"], row["remote_asn"], row["range"]) for row in json.loads(done.stdout)["neighbors"]]

    def test_whoever_connects_is_a_neighbor_as_long_as_it_is_there(self):
        self.assertEqual(self.rows(), [])
        first = self.dialer(65002, "127.0.0.2")
        first.wait_for("received 198.51.1.0/24")
        self.left.wait_for("peer 127.0.0.2: received 198.51.2.0/24")
        self.assertEqual(self.rows(), [("127.0.0.2", 65002, "127.0.0.0/24")])

        second = self.dialer(65003, "127.0.0.3")
        second.wait_for("Connect")
        self.assertEqual(self.rows(), [("127.0.0.2", 65002, "127.0.0.0/24")])  # range_limit

        first.stop()
        self.left.wait_for("peer 127.0.0.2: forgotten")
        self.left.wait_for("peer 127.0.0.3: received 198.51.3.0/24")
        self.assertEqual(self.rows(), [("127.0.0.3", 65003, "127.0.0.0/24")])
        self.assertEqual(self.left.stop(), 0)
        second.wait_for("Cease/Administrative Shutdown")

    def test_whose_as_is_not_in_the_list_is_told_so(self):
        wrong = self.dialer(65009, "127.0.0.2")
        wrong.wait_for("received NOTIFICATION 2/2 .*Bad Peer AS")

    def test_who_is_of_no_range_is_none(self):
        third = self.dialer(65004, "127.0.1.2")
        third.wait_for("-> Active")  # closed, without a word
        self.assertEqual(self.rows(), [])


class CompletionTest(unittest.TestCase):
    def script(self, shell):
        return subprocess.run([BGPC, "completion", shell], text=True, capture_output=True, check=True).stdout

    def test_bash(self):
        asked = self.script("bash") + ('\nCOMP_WORDS=(bgpc neighbor 192.0.2.1 d) COMP_CWORD=3; _bgpc'
                                       '; echo "${COMPREPLY[@]}"')
        done = subprocess.run(["bash", "-c", asked], text=True, capture_output=True, check=True)
        self.assertEqual(done.stdout.split(), ["down", "dump"])

    def test_zsh_and_fish_read_theirs(self):
        for shell in ("zsh", "fish"):
            with self.subTest(shell):
                if shutil.which(shell) is None:
                    self.skipTest(f"{shell} is not installed")
                subprocess.run([shell, "-n", "/dev/stdin"], input=self.script(shell), text=True, check=True)

    def test_every_command_is_in_all_of_them(self):
        for shell in ("bash", "zsh", "fish"):
            for word in ("summary", "neighbor", "monitor", "explain", "adj-in", "down"):
                self.assertIn(word, self.script(shell))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[4:])
