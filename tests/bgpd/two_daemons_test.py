"""Two real bgpd on loopback addresses. usage: two_daemons_test.py BGPD [unittest arguments]"""
import os
import re
import signal
import socket
import sys
import tempfile
import unittest

from bgpd_process import Bgpd, configuration, free_port

BGPD = sys.argv[1]
STAMP = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (debug|info|warning|error) \S"


def have(address):
    try:
        free_port(address)
        return True
    except OSError:
        return False


class TwoDaemonsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def config(self, name, *arguments, **options):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as f:
            f.write(configuration(*arguments, **options))
        return path

    def pair(self, left="127.0.0.1", right="127.0.0.2", **right_neighbor):
        """Configurations of AS 65001 and AS 65002, each with an IPv4 and an IPv6 network."""
        ports = {left: free_port(left), right: free_port(right)}

        def neighbor(local, remote, asn):
            own = 3 - asn % 10  # 1 of AS 65001, 2 of AS 65002
            return {"address": f'"{remote}"', "local_address": f'"{local}"', "port": ports[remote], "remote_asn": asn,
                    "families": '["ipv4-unicast", "ipv6-unicast"]', "idle_hold_time": 1, "idle_hold_max": 1,
                    "connect_retry_time": 2, "next_hop_ipv4": f'"192.0.2.{own}"',
                    "next_hop_ipv6": f'"2001:db8::{own}"'}
        a = self.config("a.toml", 65001, "10.0.0.1", left, ports[left], [neighbor(left, right, 65002)],
                        [{"prefix": '"198.51.100.0/24"', "med": 5}, {"prefix": '"2001:db8:1::/48"'}],
                        more_global='hold_time = 9\nshutdown_text = "moving to the new rack"')
        b = self.config("b.toml", 65002, "10.0.0.2", right, ports[right],
                        [neighbor(right, left, 65001) | right_neighbor],
                        [{"prefix": '"203.0.113.0/24"', "communities": '["65002:100"]',
                          "large_communities": '["65002:1:1"]'}])
        return a, b

    def start(self, path):
        daemon = Bgpd(BGPD, path)
        self.addCleanup(daemon.__exit__)
        return daemon

    def test_session_routes_and_shutdown_with_a_reason(self):
        a_config, b_config = self.pair()
        a, b = self.start(a_config), self.start(b_config)

        a.wait_for(r"info peer 127\.0\.0\.2: state OpenConfirm -> Established \(event 26 KeepAliveMsg\)")
        a.wait_for(r"info peer 127\.0\.0\.2: established: AS 65002, identifier 10\.0\.0\.2, hold time 9 s, families "
                   r"ipv4-unicast ipv6-unicast, local 127\.0\.0\.1$")
        a.wait_for(r"info peer 127\.0\.0\.2: received 203\.0\.113\.0/24 next-hop 192\.0\.2\.2 origin igp as-path 65002 "
                   r"communities 65002:100 large-communities 65002:1:1$")
        a.wait_for(r"info peer 127\.0\.0\.2: end-of-rib ipv4-unicast$")
        a.wait_for(r"info peer 127\.0\.0\.2: end-of-rib ipv6-unicast$")
        b.wait_for(r"info peer 127\.0\.0\.1: received 198\.51\.100\.0/24 next-hop 192\.0\.2\.1 origin igp as-path 65001 "
                   r"med 5$")
        b.wait_for(r"info peer 127\.0\.0\.1: received 2001:db8:1::/48 next-hop 2001:db8::1 origin igp as-path 65001$")

        self.assertEqual(a.stop(), 0)

        b.wait_for(r"info peer 127\.0\.0\.1: state Established -> Idle \(event 25 NotifMsg")
        b.wait_for(r'info peer 127\.0\.0\.1: down: received NOTIFICATION 6/2 Cease/Administrative Shutdown '
                   r'"moving to the new rack"$')
        b.wait_for(r"info peer 127\.0\.0\.1: adj-rib-in: 2 prefixes dropped$")
        a.wait_for(r"info stopped$")
        self.assertEqual(b.stop(), 0)
        for line in a.lines + b.lines:
            self.assertRegex(line, STAMP)

    def test_neighbor_killed_and_started_again(self):
        a_config, b_config = self.pair()
        a, b = self.start(a_config), self.start(b_config)
        _, seen = a.wait_for(r"end-of-rib ipv4-unicast$")

        b.process.kill()
        b.wait()
        _, seen = a.wait_for(r"info peer 127\.0\.0\.2: down: event 18 TcpConnectionFails", seen)
        _, seen = a.wait_for(r"adj-rib-in: 1 prefix dropped$", seen)
        again = self.start(b_config)

        _, seen = a.wait_for(r"established: AS 65002", seen)
        a.wait_for(r"received 203\.0\.113\.0/24 ", seen)
        again.wait_for(r"received 198\.51\.100\.0/24 ")
        self.assertEqual(a.stop(), 0)

    def test_passive_neighbor_over_ipv6(self):
        if not have("::1"):
            self.skipTest("no IPv6 on this machine's loopback")
        a_config, b_config = self.pair("::1", "::1", passive="true")
        with open(a_config, encoding="utf-8") as f:  # both have one address, so each has its own port
            port = free_port("::1")
            text = re.sub(r"listen = .*\nport = \d+", f'listen = ["::1"]\nport = {port}', f.read(), count=1)
        with open(a_config, "w", encoding="utf-8") as f:
            f.write(text)
        b = self.start(b_config)
        a = self.start(a_config)

        a.wait_for(r"info peer ::1: established: AS 65002, .*, local ::1$")
        b.wait_for(r"on the incoming connection$")
        b.wait_for(r"info peer ::1: received 198\.51\.100\.0/24 next-hop 192\.0\.2\.1 ")
        a.wait_for(r"info peer ::1: received 203\.0\.113\.0/24 next-hop 192\.0\.2\.2 ")
        self.assertEqual((a.stop(), b.stop()), (0, 0))

    def test_refused_connection_says_so(self):
        a_config, _ = self.pair()
        a = self.start(a_config)
        a.wait_for(r"info peer 127\.0\.0\.2: state Connect -> \w+ \(event 18 TcpConnectionFails: Connection refused\)")
        self.assertEqual(a.stop(), 0)

    def test_wrong_as_is_refused_with_a_reason(self):
        a_config, b_config = self.pair(remote_asn="65009")
        a, b = self.start(a_config), self.start(b_config)
        b.wait_for(r"-> Idle \(event 22 BGPOpenMsgErr: sent NOTIFICATION 2/2 .*Bad Peer AS")
        a.wait_for(r"-> Idle \(event 25 NotifMsg: received NOTIFICATION 2/2 .*Bad Peer AS")
        self.assertEqual((a.stop(), b.stop()), (0, 0))

    def test_a_signal_for_a_summary(self):
        a_config, b_config = self.pair()
        a, _ = self.start(a_config), self.start(b_config)
        a.wait_for(r"end-of-rib ipv4-unicast$")

        a.send(signal.SIGUSR1)
        a.wait_for(r"info summary: 1 peer, 2 networks$")
        a.wait_for(r"info summary: peer 127\.0\.0\.2: Established since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ, AS 65002, "
                   r"1 prefix in, messages \d+ in \d+ out$")
        self.assertEqual(a.stop(), 0)

    def test_second_signal_ends_at_once(self):
        a_config, _ = self.pair()
        with open(a_config, encoding="utf-8") as f:
            port = int(re.search(r"\[\[neighbor\]\](?:.|\n)*?\nport = (\d+)", f.read()).group(1))
        with socket.create_server(("127.0.0.2", port)) as deaf:
            deaf.settimeout(30)
            a = self.start(a_config)
            connection, _ = deaf.accept()
            with connection:
                _, seen = a.wait_for(r"Connect -> OpenSent")
                a.send(signal.SIGTERM)  # and it waits for the neighbor to close, which the neighbor does not
                _, seen = a.wait_for(r"info SIGTERM: ending all sessions", seen)
                a.send(signal.SIGINT)
                self.assertEqual(a.wait(), 1)
                a.wait_for(r"warning SIGINT again: ending at once", seen)

    def test_address_in_use(self):
        a_config, _ = self.pair()
        first = self.start(a_config)
        first.wait_for(r"listening on 127\.0\.0\.1 port \d+$")

        second = self.start(a_config)

        self.assertEqual(second.wait(), 1)
        second.wait_for(r"error cannot listen on 127\.0\.0\.1 port \d+: Address already in use; another program listens")
        self.assertEqual(first.stop(), 0)

    def test_disabled_neighbor_is_left_alone(self):
        a_config, b_config = self.pair(enabled="false")
        b = self.start(b_config)
        b.wait_for(r"info peer 127\.0\.0\.1: disabled$")
        b.wait_for(r"warning no neighbor is configured: nothing to do$")
        a = self.start(a_config)
        a.wait_for(r"-> (Idle|Active) \(event 18 TcpConnectionFails")
        self.assertEqual((a.stop(), b.stop()), (0, 0))
        self.assertFalse([line for line in b.lines if "state" in line])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2)
