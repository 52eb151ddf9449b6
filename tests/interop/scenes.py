"""What record.py records: sessions of our bgpd with another daemon, each with one thing that is worth to be seen."""
import dataclasses
import signal
import time
from collections.abc import Callable


class SceneError(RuntimeError):
    """The scene did not go as it must: nothing is worth to be kept."""


def wait_for(what, question, seconds=30, fail=True):
    until = time.monotonic() + seconds
    while not question():
        if time.monotonic() > until:
            if fail:
                raise SceneError(f"not within {seconds} s: {what}")
            return
        time.sleep(0.1)


@dataclasses.dataclass(frozen=True)
class Scene:
    """Two daemons, how they are set up, and what they play; at its end bgpd is stopped."""
    name: str
    kind: str  # of the other daemon
    what: str  # one line for people
    play: Callable  # of us, them
    over: str = "ipv4"
    dialing: str = "us"
    wired: bool = False  # the lab's wire can hold frames back
    ours: dict = dataclasses.field(default_factory=dict)  # what is different in our role
    theirs: dict = dataclasses.field(default_factory=dict)

    def our_role(self, role):
        return dataclasses.replace(role, **self.ours)

    def their_role(self, role):
        return dataclasses.replace(role, **self.theirs)


# What they play

def meet(us, them):
    """Established, and all routes both ways."""
    them.start()
    us.start()
    wait_for("Established", lambda: us.state() == them.state() == "Established")
    wait_for("routes both ways",
             lambda: us.received() == them.announced() and them.received() == us.announced())


def plain(us, them):
    meet(us, them)
    gone = next(iter(them.announced()))
    them.withdraw(gone)
    wait_for("we lose a route", lambda: gone not in us.received())
    us.shutdown()
    wait_for("they know why", lambda: them.last_notification_received() is not None)


def they_shut_down(us, them):
    meet(us, them)
    them.shutdown()
    wait_for("we know why", lambda: us.last_notification_received() is not None)


def they_ask_again(us, them):
    meet(us, them)
    them.ask_for_routes()
    wait_for("they ask", lambda: "route-refresh" in us.log())
    wait_for("we answer", lambda: us.log().count("sent ipv6-unicast") == 2)


def both_dial(us, them):
    us.lab.wire.hold()
    them.start()
    us.start()
    wait_for("both dial", lambda: all(us.lab.connections(side, "syn-sent") for side in ("dut", "peer")))
    us.lab.wire.release()
    wait_for("Established", lambda: us.state() == them.state() == "Established")
    wait_for("routes both ways",
             lambda: us.received() == them.announced() and them.received() == us.announced())
    if not us.lab.wire.crossed():
        raise SceneError("the connections didn't cross")
    if us.log().count(" -> Connect ") != 1:
        raise SceneError("we have dialed twice: it took them too long to dial")


def silence(us, them):
    """It stops, and its kernel goes on: so our NOTIFICATION gets through."""
    meet(us, them)
    them.process.send_signal(signal.SIGSTOP)
    wait_for("we give up", lambda: us.state() != "Established")
    us.shutdown()
    them.process.send_signal(signal.SIGCONT)


def refusal(us, them):
    """The OPEN of one is none for the other."""
    them.start()
    us.start()
    wait_for("one says why", lambda: "NOTIFICATION" in us.log())


def _plain(kind, **options):
    return Scene(f"{kind}-plain", kind, "routes both ways, one withdrawn, and our shutdown with its text", plain, **options)


SCENES = (
    *(_plain(kind) for kind in ("bird", "frr", "gobgp", "openbgpd", "exabgp")),
    Scene("bird-collision", "bird", "both dial at once; one connection is left, the other ends with Cease/7", both_dial,
          dialing="both", wired=True),
    Scene("frr-collision", "frr", "the same with FRR", both_dial, dialing="both", wired=True),
    Scene("bird-refresh", "bird", "BIRD asks for our routes again, between BoRR and EoRR (RFC 7313)", they_ask_again),
    Scene("openbgpd-refresh", "openbgpd", "OpenBGPD asks for our routes again, with plain ROUTE-REFRESH (RFC 2918)",
          they_ask_again),
    Scene("frr-shutdown", "frr", "FRR shuts down, with a text (RFC 9003)", they_shut_down),
    Scene("openbgpd-shutdown", "openbgpd", "OpenBGPD shuts down, with a text (RFC 9003)", they_shut_down, dialing="them"),
    Scene("bird-wrong-as", "bird", "BIRD is of another AS than we expect: NOTIFICATION 2/2 from us", refusal,
          ours={"remote_asn": 65009}),
    Scene("frr-wrong-as", "frr", "we are of another AS than FRR expects: NOTIFICATION 2/2 from it", refusal,
          theirs={"remote_asn": 65009}),
    Scene("bird-role-mismatch", "bird", "both say they are the customer: NOTIFICATION 2/11 (RFC 9234)", refusal,
          ours={"options": ('role = "customer"',)}, theirs={"options": ("local role customer",)}),
    Scene("bird-hold-expiry", "bird", "BIRD falls silent: NOTIFICATION 4/0 from us after 9 s", silence),
    Scene("gobgp-ipv6", "gobgp", "a plain session over IPv6, dialed by GoBGP", plain, over="ipv6", dialing="them"),
    Scene("frr-2-octet-as", "frr", "we don't know four-octet AS numbers: AS paths of two octets", plain,
          ours={"options": ("four_octet_as = false",)}),
)
