"""The interop tests, once for every daemon, transport and dialing side. run.py runs them.

Each test begins with an Established session (setUp sees to it), so any of them can run alone.
"""
import dataclasses
import ipaddress
import time
import unittest

import lab
import roles
import routes
from daemon import Notice

ROUNDS = None  # of both sides dialing at once; None: as many as the daemon's adapter says
CEASE, ADMINISTRATIVE_SHUTDOWN = 6, 2
FORGOTTEN_SECONDS = 5  # our OPEN unread for so long


class Pair(unittest.TestCase):
    """Our bgpd and another daemon in a lab of their own, for all tests of a class."""
    us_class = None  # set by run.py
    them_class = None
    over = "ipv4"
    dialing = "both"  # "us", "them"
    wired = False
    kinds = ()  # of the other daemon; empty: any
    our_router_id = lab.IPV4["dut"]
    our_options = ()  # of the session
    their_options = ()
    password = ""  # of TCP MD5
    gtsm = False

    @classmethod
    def setUpClass(cls):
        if cls.over == "ipv6" and not lab.has_ipv6():
            raise unittest.SkipTest("this kernel has no IPv6")
        cls.lab = lab.Lab(f"{cls.them_class.kind}-{cls.over}-{cls.dialing}", wire=cls.wired)
        cls.enterClassContext(cls.lab)
        ours = dataclasses.replace(roles.role("dut", cls.over, cls.dialing), router_id=cls.our_router_id,
                                   password=cls.password, gtsm=cls.gtsm, options=cls.our_options)
        theirs = dataclasses.replace(roles.role("peer", cls.over, cls.dialing), password=cls.password, gtsm=cls.gtsm,
                                     options=cls.their_options)
        cls.us = cls.us_class(cls.lab, "dut", ours)
        cls.them = cls.them_class(cls.lab, "peer", theirs)
        cls.shut = set()  # those that were shut down and not yet resumed

    def setUp(self):
        for daemon, announced in ((self.us, routes.OURS), (self.them, routes.THEIRS)):
            if daemon in self.shut:
                daemon.resume()
                self.shut.discard(daemon)
            elif not daemon.running:
                daemon.start()
            if daemon.role.routes != announced:
                daemon.originate(announced)
        self.wait_for_session()

    def tearDown(self):
        for daemon in (self.us, self.them):
            if daemon.ended_by_itself:
                self.fail(f"{daemon.kind} ended by itself with {daemon.process.returncode}\n{self.logs()}")

    @classmethod
    def tearDownClass(cls):
        cls.us.stop()  # fails if it doesn't end as it must

    # Waiting

    def eventually(self, what, question, wanted=True, seconds=20):
        """Asks until the answer is the wanted one; fails with the last answer and both logs."""
        until = time.monotonic() + seconds
        pause = 0.05
        while (answer := question()) != wanted:
            if time.monotonic() > until:
                self.fail(f"{what}: not within {seconds} s\nwanted: {wanted}\nlast:   {answer}\n{self.logs()}")
            time.sleep(pause)
            pause = min(pause * 1.5, 0.4)

    def wait_for_session(self, seconds=20):
        self.them.hurry()
        self.eventually("both sides say Established", self.states, ("Established", "Established"), seconds)

    def states(self):
        """Theirs costs a process: it is asked for when it matters."""
        ours = self.us.state()
        return ours, self.them.state() if ours == "Established" else "not asked"

    def wait_for_our_routes(self, seconds=20):
        self.eventually("they have our routes", self.them.received, self.us.announced(), seconds)

    def wait_for_their_routes(self, seconds=20):
        self.eventually("we have their routes", self.us.received, self.them.announced(), seconds)

    def logs(self):
        return f"{self.us.tail()}\n{self.them.tail()}"


class Story(Pair):
    """One side dials, the other waits."""

    def test_the_session_is_one_connection_dialed_by_the_active_side(self):
        connections = self.lab.connections("dut")

        self.assertEqual(len(connections), 1, f"{connections}\n{self.logs()}")
        local, remote = connections[0]
        dialed_by = "them" if local.endswith(f":{lab.PORT}") else "us"
        self.assertEqual(dialed_by, self.dialing, f"{local} {remote}\n{self.logs()}")

    def test_their_routes_are_in_our_adj_rib_in(self):
        self.wait_for_their_routes()

    def test_our_routes_are_seen_by_their_cli(self):
        self.wait_for_our_routes()

    def test_their_withdraw_is_seen_by_us(self):
        self.wait_for_their_routes()
        connection = self.lab.connections("dut")

        for prefix in sorted({"198.51.100.0/25", "2001:db8:b1d0::/48"} & self.them.announced().keys()):
            self.them.withdraw(prefix)

            self.eventually(f"we lose {prefix}", lambda p=prefix: p in self.us.received(), False)
        self.wait_for_their_routes()  # the rest stays
        self.assertEqual(self.lab.connections("dut"), connection, f"the session was lost\n{self.logs()}")

    def test_our_withdraw_is_seen_by_them(self):
        self.wait_for_our_routes()
        gone = ("198.18.1.0/24", "2001:db8:da70::/48")
        kept = [route for route in routes.OURS if route.prefix not in gone]
        connection = self.lab.connections("dut")

        self.us.originate(kept)

        self.eventually("they have only the rest", self.them.received, self.us.announced())
        self.assertEqual(self.lab.connections("dut"), connection, f"the session was lost\n{self.logs()}")

    def test_our_stop_is_seen_by_them_with_its_text(self):
        self.us.shutdown()
        self.shut.add(self.us)

        self.eventually("they say why", self.them.last_notification_received,
                        Notice(CEASE, ADMINISTRATIVE_SHUTDOWN, self.us.shutdown_text))
        self.eventually("they have nothing from us", self.them.received, {})

    def test_their_stop_is_seen_by_us_with_its_text(self):
        self.them.shutdown()
        self.shut.add(self.them)

        self.eventually("we say why", self.us.last_notification_received,
                        Notice(CEASE, ADMINISTRATIVE_SHUTDOWN, self.them.shutdown_text))
        self.assertNotEqual(self.us.state(), "Established", self.logs())
        self.assertEqual(self.us.received(), {}, self.logs())

    def test_the_peer_killed_and_started_again_is_met_again(self):
        pid = self.us.process.pid

        self.them.kill()
        self.eventually("we notice", lambda: self.us.state() == "Established", False)
        self.them.start()

        self.wait_for_session()
        self.wait_for_their_routes()
        self.wait_for_our_routes()
        self.assertTrue(self.us.running and self.us.process.pid == pid, f"we didn't live through it\n{self.logs()}")


class Reload(Pair):
    """We are given another configuration while the session is up."""
    dialing = "us"

    def test_other_networks_are_told_by_the_session_that_is_there(self):
        self.wait_for_our_routes()
        connection = self.lab.connections("dut")
        other = [dataclasses.replace(routes.OURS[0], med=77), *routes.OURS[2:], routes.Route("198.18.9.0/24")]

        self.us.originate(other)

        self.eventually("they have these", self.them.received, self.us.announced())
        self.assertEqual(self.lab.connections("dut"), connection, f"the session was lost\n{self.logs()}")

    def test_another_hold_time_ends_the_session_which_comes_back(self):
        self.wait_for_our_routes()
        pid = self.us.process.pid

        self.us.role = dataclasses.replace(self.us.role, hold_time=12)
        self.us.reload()

        self.eventually("they say why", self.them.heard_of_another_configuration, True)
        self.wait_for_session()
        self.wait_for_their_routes()
        self.wait_for_our_routes()
        self.assertEqual(self.us.process.pid, pid)

    def tearDown(self):
        super().tearDown()
        if self.us.role.hold_time != 9:
            self.us.role = dataclasses.replace(self.us.role, hold_time=9)
            self.us.reload()


class Secured(Pair):
    """GTSM (RFC 5082) and TCP MD5 (RFC 2385) on both sides, who both dial."""
    dialing = "both"
    password = "a-key-of-ours"
    gtsm = True

    def test_the_session_carries_routes_both_ways(self):
        self.wait_for_their_routes()
        self.wait_for_our_routes()

    def test_another_password_is_silence(self):
        self.play(self.us, password="another-key")

        self.assert_silence("TCPMD5Failure")

    def test_no_password_is_silence(self):
        self.play(self.them, password="")  # not us: OpenBGPD's listening socket would take us

        self.assert_silence("TCPMD5NotFound")

    def test_from_far_away_we_hear_nothing(self):
        self.play(self.them, gtsm=False)  # what they send has TTL 1, as if it came from 255 hops away

        # Or we end what the kernel has accepted: we look at the TTL of its SYN.
        self.assert_silence("TCPMinTTLDrop", "PassiveOpens")

    def tearDown(self):
        super().tearDown()
        for daemon in (self.us, self.them):
            self.play(daemon, password=self.password, gtsm=self.gtsm)

    @staticmethod
    def play(daemon, **changes):
        """It starts anew with these."""
        role = dataclasses.replace(daemon.role, **changes)
        if role == daemon.role:
            return
        daemon.stop()
        daemon.role = role
        daemon.start()

    def assert_silence(self, *counters):
        """What arrives at one of us is dropped, as one of these says; so there is no session."""
        before = self.counted(counters)
        self.them.hurry()
        self.eventually("it is dropped", lambda: self.counted(counters) > before, True)
        time.sleep(0.3)
        self.assertNotEqual(self.us.state(), "Established", self.logs())
        self.assertNotEqual(self.them.state(), "Established", self.logs())

    def counted(self, counters):
        """By the kernel, on both sides together."""
        files = ("/proc/net/netstat", "/proc/net/snmp")
        found = [value for side in lab.SIDES for name, value in counters_in(self.lab.run(side, "cat", *files))
                 if name in counters]
        if not found:
            self.skipTest(f"this kernel doesn't count {counters[0]}")
        return sum(found)


def counters_in(text):
    """(name, value) of each, from lines of names and lines of values."""
    lines = [line.split() for line in text.splitlines()]
    for names, values in zip(lines[::2], lines[1::2]):
        yield from zip(names[1:], map(int, values[1:]))


class BothDial(Pair):
    """The wire holds the SYNs of both sides back and then lets them cross, so there are two connections each time."""
    dialing = "both"
    wired = True

    def test_each_time_one_session_is_left(self):
        crossed = dominant = forgotten = 0
        rounds = ROUNDS or self.them.rounds
        for number in range(1, rounds + 1):
            self.lab.wire.hold()
            self.drop_session(number)
            self.eventually(f"round {number}: both dial", self.both_dial)
            self.lab.wire.release()

            if not self.is_met(number):
                forgotten += 1
                self.us.reset()
                self.them.reset()
                self.wait_for_session()
                continue
            self.assert_stable(number)
            crossed += self.lab.wire.crossed()
            dominant += self.is_of_the_larger_identifier(self.lab.connections("dut")[0])
        print(f"in {crossed} of {rounds} rounds both connections were up at once; "
              f"{dominant} times the one dialed by the larger BGP Identifier was left; {forgotten} times {self.them.kind} "
              "forgot the one that it had accepted")
        self.assertGreater(crossed, (rounds - forgotten) // 2, "the connections didn't cross: this test has tested little")
        self.wait_for_our_routes()
        self.wait_for_their_routes()

    def is_met(self, number):
        """False if the other daemon has forgotten a connection that it accepted: our OPEN waits in its socket, unread."""
        unread_since = None
        until = time.monotonic() + 20
        while self.states() != ("Established", "Established"):
            unread = self.them.forgets and self.lab.unread("peer") > 0
            unread_since = (unread_since or time.monotonic()) if unread else None
            if unread and time.monotonic() - unread_since > FORGOTTEN_SECONDS:
                return False
            if time.monotonic() > until:
                self.fail(f"round {number}: no session\n{self.lab.connections('peer')}\n{self.logs()}")
            time.sleep(0.1)
        return True

    def drop_session(self, number):
        """On both sides; every other time our process lives on and only its connection is cut."""
        if number % 2 == 0 or not self.lab.cut_connections("dut"):
            self.us.reset()
        self.them.reset()

    def both_dial(self):
        return all(self.lab.connections(side, "syn-sent") for side in lab.SIDES)

    def is_of_the_larger_identifier(self, connection):
        """RFC 4271 6.8: the connection that should be left. Not a must: one may have been Established before."""
        we_accepted = connection[0].endswith(f":{lab.PORT}")
        identifiers = [ipaddress.ip_address(daemon.role.router_id) for daemon in (self.us, self.them)]
        return we_accepted == (identifiers[0] < identifiers[1])

    def assert_stable(self, number):
        """One connection, the same on both sides, and it stays."""
        self.eventually(f"round {number}: one connection", self.count_connections, (1, 1), seconds=5)
        first = self.lab.connections("dut")
        until = time.monotonic() + 0.5
        while time.monotonic() < until:
            self.assertEqual(self.lab.connections("dut"), first, f"round {number}: it flaps\n{self.logs()}")
            time.sleep(0.1)
        self.assertEqual((self.us.state(), self.them.state()), ("Established", "Established"),
                         f"round {number}\n{self.logs()}")

    def count_connections(self):
        return tuple(len(self.lab.connections(side)) for side in lab.SIDES)


class SilentWire(Pair):
    """Nothing arrives any more, in either direction, and no error says so."""
    wired = True

    def test_the_hold_timer_ends_the_session_and_it_comes_back(self):
        self.wait_for_their_routes()

        self.lab.wire.hold()
        began = time.monotonic()
        self.eventually("we give up", lambda: self.us.state() == "Established", False)
        silence = time.monotonic() - began
        self.lab.wire.release()

        # The hold time is 9 s, and they had sent something in the 3 s before.
        self.assertTrue(5.5 < silence < 11, f"given up after {silence:.1f} s\n{self.logs()}")
        self.assertEqual(self.us.received(), {}, self.logs())
        self.wait_for_session()
        self.wait_for_their_routes()
        self.wait_for_our_routes()


class LoopbackNextHop(Pair):
    """OpenBGPD gives the prefixes of the family that isn't the session's the next hop ::1 or 127.0.0.1."""
    kinds = ("openbgpd",)
    dialing = "us"

    def test_its_route_is_of_no_use_and_the_session_lives(self):
        self.wait_for_their_routes()
        connection = self.lab.connections("dut")
        next_hop = "::1" if self.over == "ipv4" else "127.0.0.1"
        why = f"next hop {next_hop} is a loopback address (RFC 4271 6.3)"

        sent = {route.prefix: why for route in routes.THEIRS if route.is_ipv6 != (self.over == "ipv6")}
        self.eventually("we say why we don't take them", self.us.ignored, sent)

        self.them.withdraw("203.0.113.0/24" if self.over == "ipv4" else "2001:db8:b1d1::/48")
        self.wait_for_their_routes()  # it goes on
        self.assertEqual(self.lab.connections("dut"), connection, f"the session was lost\n{self.logs()}")


class GracefulRestart(Pair):
    """RFC 4724: we keep its routes while it is away."""
    kinds = ("bird",)
    dialing = "us"
    our_options = ("graceful_restart = true",)
    their_options = ("graceful restart on", "graceful restart time 30")

    def test_its_routes_are_kept_until_it_is_back_and_has_told_all(self):
        self.wait_for_their_routes()
        before = len(self.them.announced())

        self.them.kill()
        self.eventually("we keep them", self.us.stale, before)
        self.assertNotIn("withdrawn", self.us.log())
        self.them.start()

        self.wait_for_session()
        self.wait_for_their_routes()

    def test_its_shutdown_ends_them(self):
        self.wait_for_their_routes()

        self.them.shutdown()
        self.shut.add(self.them)

        self.eventually("we say why", self.us.last_notification_received,
                        Notice(CEASE, ADMINISTRATIVE_SHUTDOWN, self.them.shutdown_text))
        self.assertEqual(self.us.stale(), 0, self.logs())


class AddPath(Pair):
    """RFC 7911: several paths for a prefix."""
    kinds = ("gobgp",)
    dialing = "us"
    our_options = ("add_path = true",)
    their_options = ("[neighbors.afi-safis.add-paths.config]", "send-max = 4")  # of the last family: IPv6

    def test_we_have_all_paths_of_a_prefix(self):
        prefix = "2001:db8:b1d2::/48"
        next_hops = {"2001:db8:99::2", "2001:db8:99::22"}
        for number, next_hop in enumerate(sorted(next_hops), start=10):
            self.them.add_path(prefix, next_hop, number)

        self.eventually("both paths are here", lambda: set(self.us.paths(prefix).values()), next_hops)
        self.assertIn("198.51.100.0/25", self.us.received(), self.logs())  # IPv4 goes on without


class WeDialOverIPv4(Story):
    dialing = "us"


class WeDialOverIPv6(Story):
    dialing = "us"
    over = "ipv6"


class TheyDialOverIPv4(Story):
    dialing = "them"


class TheyDialOverIPv6(Story):
    dialing = "them"
    over = "ipv6"


class BothDialOverIPv4(BothDial):
    pass


class BothDialOverIPv6(BothDial):
    over = "ipv6"
    our_router_id = "10.99.0.3"  # the larger one; over IPv4 theirs is


class LoopbackNextHopOverIPv4(LoopbackNextHop):
    pass


class LoopbackNextHopOverIPv6(LoopbackNextHop):
    over = "ipv6"


class SecuredOverIPv4(Secured):
    over = "ipv4"


class SecuredOverIPv6(Secured):
    over = "ipv6"


CASES = (BothDialOverIPv4, BothDialOverIPv6, WeDialOverIPv4, WeDialOverIPv6, TheyDialOverIPv4, TheyDialOverIPv6,
         SecuredOverIPv4, SecuredOverIPv6, SilentWire, Reload, LoopbackNextHopOverIPv4, LoopbackNextHopOverIPv6,
         GracefulRestart, AddPath)


def cases_with(kind):
    """What is of interest with that daemon."""
    return [case for case in CASES if not case.kinds or kind in case.kinds]

