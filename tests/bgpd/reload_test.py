"""Another configuration for a running bgpd, which has two others beside it. usage: reload_test.py BGPD [unittest arguments]"""
import os
import signal
import sys
import tempfile
import unittest

from bgpd_process import Bgpd, configuration, free_port

BGPD = sys.argv[1]
HERE, THERE, ELSEWHERE = "127.0.0.1", "127.0.0.2", "127.0.0.3"
ASNS = {HERE: 65001, THERE: 65002, ELSEWHERE: 65003}
QUICK = {"connect_retry_time": 2, "idle_hold_time": 1, "idle_hold_max": 1}


class ReloadTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.ports = {address: free_port(address) for address in ASNS}

    def write(self, address, neighbors, networks=(), more_global=""):
        path = os.path.join(self.folder, f"{address}.toml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(configuration(ASNS[address], f"10.0.0.{ASNS[address] - 65000}", address, self.ports[address],
                                     neighbors, networks, more_global))
        return path

    def neighbor(self, here, there, **more):
        """Without what is None."""
        keys = {"address": f'"{there}"', "local_address": f'"{here}"', "port": self.ports[there],
                "remote_asn": ASNS[there], **QUICK, **more}
        return {key: value for key, value in keys.items() if value is not None}

    def start(self, path):
        daemon = Bgpd(BGPD, path)
        self.addCleanup(daemon.__exit__)
        daemon.wait_for("listening on")
        return daemon

    def other(self, address):
        return self.start(self.write(address, [self.neighbor(address, HERE)], [{"prefix": '"203.0.113.0/24"'}]))

    def ours(self, *neighbors, **more):
        """The daemon that will be reloaded, with THERE as its neighbor unless others are given."""
        return self.start(self.write(HERE, neighbors or [self.neighbor(HERE, THERE)], **more))

    def reload(self, daemon, *neighbors, result="info reload: ", **more):
        """What the reload wrote to the log, and the index of the first line behind it."""
        self.write(HERE, neighbors, **more)
        return self.hup(daemon, result)

    def hup(self, daemon, result="info reload: "):
        before = len(daemon.lines)
        daemon.send(signal.SIGHUP)
        _, behind = daemon.wait_for(result, before)
        lines = [line.split(" ", 1)[1] for line in daemon.lines[before:behind]]
        return [line for line in lines if ": state " not in line], behind

    def up(self, daemon, peer, since=0):
        return daemon.wait_for(rf"info peer {peer}: established", since)[1]

    def both_up(self, a, b):
        """One hears the last KEEPALIVE later than the other."""
        self.up(a, THERE)
        self.up(b, HERE)

    def assert_not_flapped(self, *daemons):
        for daemon in daemons:
            self.assertEqual([line for line in daemon.lines if "down:" in line], [])

    def test_nothing_different_does_nothing(self):
        a, b = self.ours(), self.other(THERE)
        self.both_up(a, b)

        lines, _ = self.hup(a)

        self.assertEqual(lines[-1], "info reload: 0 changes")
        self.assert_not_flapped(a, b)

    def test_neighbors_come_and_go(self):
        a, b, c = self.ours(), self.other(THERE), self.other(ELSEWHERE)
        self.both_up(a, b)

        lines, behind = self.reload(a, self.neighbor(HERE, ELSEWHERE))

        self.assertIn("info peer 127.0.0.2: removed", lines)
        self.assertIn("info peer 127.0.0.3: added", lines)
        self.assertEqual(lines[-1], "info reload: 2 changes")
        b.wait_for(r"down: received NOTIFICATION 6/3 Cease/Peer De-configured")
        self.up(a, ELSEWHERE, behind)
        self.up(c, HERE)

        lines, behind = self.reload(a, self.neighbor(HERE, ELSEWHERE, enabled="false"), self.neighbor(HERE, THERE))

        self.assertIn("info peer 127.0.0.3: disabled", lines)
        c.wait_for(r"down: received NOTIFICATION 6/2 Cease/Administrative Shutdown")
        self.up(a, THERE, behind)

        lines, behind = self.reload(a, self.neighbor(HERE, ELSEWHERE), self.neighbor(HERE, THERE))

        self.assertEqual(lines[-2:], ["info peer 127.0.0.3: enabled", "info reload: 1 change"])
        self.up(a, ELSEWHERE, behind)
        self.assertEqual(a.stop(), 0)

    def test_networks_come_change_and_go(self):
        networks = [{"prefix": '"198.51.100.0/24"'}, {"prefix": '"192.0.2.0/25"'}]
        a, b = self.ours(networks=networks), self.other(THERE)
        b.wait_for(": end-of-rib ")

        lines, _ = self.reload(a, self.neighbor(HERE, THERE),
                               networks=[{**networks[0], "med": 9}, {"prefix": '"192.0.2.128/25"'}])

        self.assertEqual(lines[-4:], ["info network 192.0.2.0/25: removed", "info network 198.51.100.0/24: changed",
                                      "info network 192.0.2.128/25: added", "info reload: 3 changes"])
        b.wait_for(r"info peer 127\.0\.0\.1: withdrawn 192\.0\.2\.0/25")
        b.wait_for(r"info peer 127\.0\.0\.1: received 192\.0\.2\.128/25 next-hop 127\.0\.0\.1 ")
        b.wait_for(r"info peer 127\.0\.0\.1: received 198\.51\.100\.0/24 .* med 9")
        self.assert_not_flapped(a, b)

    def test_what_the_session_does_not_care_for_changes_under_it(self):
        networks = [{"prefix": '"198.51.100.0/24"'}]
        a, b = self.ours(networks=networks), self.other(THERE)
        b.wait_for(": end-of-rib ")
        record = os.path.join(self.folder, "new.mrt")

        lines, _ = self.reload(
            a, self.neighbor(HERE, THERE, description='"a new one"', next_hop_ipv4='"192.0.2.9"', connect_retry_time=3,
                             record=f'"{record}"'),
            networks=networks, more_global='log_level = "debug"\nshutdown_text = "so long"\n')

        for line in ("[global] shutdown_text: changed", "[global] log_level: changed", "peer 127.0.0.2: changed"):
            self.assertIn("info " + line, lines)
        b.wait_for(r"info peer 127\.0\.0\.1: received 198\.51\.100\.0/24 next-hop 192\.0\.2\.9")
        self.assert_not_flapped(a, b)
        a.send(signal.SIGUSR1)
        a.wait_for("summary: peer 127.0.0.2: .* a new one$")
        self.assertGreater(os.path.getsize(record), 0)
        self.assertEqual(a.stop(), 0)
        b.wait_for('Cease/Administrative Shutdown "so long"')

    def test_what_the_opens_said_resets(self):
        a, b = self.ours(), self.other(THERE)
        self.both_up(a, b)

        lines, behind = self.reload(a, self.neighbor(HERE, THERE, hold_time=30))

        self.assertIn("info peer 127.0.0.2: changed, which resets its session", lines)
        b.wait_for(r"down: received NOTIFICATION 6/6 Cease/Other Configuration Change")
        a.wait_for(r"info peer 127\.0\.0\.2: established: .* hold time 30 s", behind)

    def test_an_as_number_that_is_not_right_any_more(self):
        two = {"remote_asn": 0, "remote_asns": "[65002, 65003]"}
        a, b = self.ours(self.neighbor(HERE, THERE, **two)), self.other(THERE)
        self.both_up(a, b)

        lines, _ = self.reload(a, self.neighbor(HERE, THERE, remote_asn=0, remote_asns="[65002]"))
        self.assertIn("info peer 127.0.0.2: changed", lines)
        self.assert_not_flapped(a, b)

        lines, _ = self.reload(a, self.neighbor(HERE, THERE, remote_asn=0, remote_asns="[65003]"))
        self.assertIn("info peer 127.0.0.2: changed, which resets its session", lines)
        b.wait_for(r"down: received NOTIFICATION 6/6")
        b.wait_for(r"Bad Peer AS")

    def test_a_configuration_with_problems_changes_nothing(self):
        a, b = self.ours(), self.other(THERE)
        self.both_up(a, b)

        lines, _ = self.reload(a, self.neighbor(HERE, ELSEWHERE, hold_tim=3), self.neighbor(HERE, THERE, hold_time=2),
                               result="error reload: ")

        errors = [line for line in lines if line.startswith("error ")]
        self.assertRegex(errors[0], r" \S+/127\.0\.0\.1\.toml:\d+:\d+: .*hold_tim: unknown key; did you mean \"hold_time\"\?")
        self.assertEqual((len(errors), errors[-1]), (3, "error reload: 2 problems, nothing was changed"))

        os.remove(os.path.join(self.folder, f"{HERE}.toml"))
        lines, _ = self.hup(a, result="error reload: ")

        self.assertRegex("\n".join(lines), r"error .*127\.0\.0\.1\.toml: cannot be read: No such file")
        self.assert_not_flapped(a, b)
        lines, _ = self.reload(a, self.neighbor(HERE, THERE))
        self.assertEqual(lines[-1], "info reload: 0 changes")

    def test_another_key_of_tcp_md5_on_both_sides(self):
        def keyed(here, there, key):
            return self.neighbor(here, there, password=f'"{key}"')

        a = self.ours(keyed(HERE, THERE, "old"))
        b = self.start(self.write(THERE, [keyed(THERE, HERE, "old")]))
        self.both_up(a, b)

        lines, _ = self.reload(a, keyed(HERE, THERE, "new"))
        self.assertIn("info peer 127.0.0.2: changed", lines)
        self.write(THERE, [keyed(THERE, HERE, "new")], [{"prefix": '"203.0.113.0/24"'}])
        self.hup(b)

        a.wait_for(r"received 203\.0\.113\.0/24")
        self.assert_not_flapped(a, b)

    def test_what_takes_a_restart_is_named(self):
        a = self.ours()
        self.ports[HERE] = free_port(HERE)

        lines, _ = self.reload(a, self.neighbor(HERE, THERE))

        self.assertEqual(lines, ["info [global] port: counts when bgpd is restarted", "info reload: 1 change"])

    def range(self, **more):
        return {"range": '"127.0.0.0/29"', "local_address": f'"{HERE}"', "remote_asn": 65002, **more}

    def test_ranges_and_who_connected_from_them(self):
        a, b = self.ours(self.range(idle_hold_time=1, idle_hold_max=1)), self.other(THERE)
        self.both_up(a, b)

        lines, behind = self.reload(a, self.range(idle_hold_time=1, idle_hold_max=1, description='"who comes"'))
        self.assertIn("info range 127.0.0.0/29: changed", lines)
        self.assert_not_flapped(a, b)
        a.send(signal.SIGUSR1)
        a.wait_for("summary: peer 127.0.0.2: Established.* who comes$", behind)

        lines, behind = self.reload(a, self.range(idle_hold_time=1, idle_hold_max=1, hold_time=30))
        self.assertIn("info range 127.0.0.0/29: changed, which resets its session", lines)
        a.wait_for(r"info peer 127\.0\.0\.2: established: .* hold time 30 s", behind)

        lines, behind = self.reload(a, self.range(idle_hold_time=1, idle_hold_max=1, hold_time=30),
                                    self.neighbor(HERE, THERE, hold_time=60))
        self.assertIn("info peer 127.0.0.2: added", lines)
        a.wait_for(r"info peer 127\.0\.0\.2: established: .* hold time 60 s", behind)

        lines, behind = self.reload(a, self.range(hold_time=30))
        self.assertIn("info peer 127.0.0.2: removed", lines)
        a.wait_for(r"info peer 127\.0\.0\.2: established: .* hold time 30 s", behind)

        seen = len(b.lines)
        lines, behind = self.reload(a)
        self.assertIn("info range 127.0.0.0/29: removed", lines)
        _, seen = b.wait_for(r"down: received NOTIFICATION 6/3", seen)
        a.wait_for(r"info peer 127\.0\.0\.2: forgotten", behind)
        b.wait_for(r"state OpenSent -> \S+ \(event 18 TcpConnectionFails", seen)  # it came again
        self.assertEqual([line for line in a.lines[behind:] if "connects from range" in line], [])
        self.assertEqual(a.stop(), 0)

    def test_many_reloads_in_a_row(self):
        a, b = self.ours(), self.other(THERE)
        self.both_up(a, b)
        for _ in range(10):
            self.reload(a)
            _, behind = self.reload(a, self.neighbor(HERE, THERE))
        self.up(a, THERE, behind)
        self.assertEqual(a.stop(), 0)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2)
