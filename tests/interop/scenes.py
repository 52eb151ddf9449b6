"""What record.py records: sessions of our bgpd with another daemon, each with one thing that is worth to be seen."""
import dataclasses
import signal
import time
from collections.abc import Callable

from routes import Route, communities


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


def we_ask_again(us, them):
    meet(us, them)
    us.ask_for_routes()
    wait_for("they send all again",
             lambda: all(us.log().count(f" received {prefix} ") == 2 for prefix in them.announced()))
    if us.state() != "Established" or " down" in us.log():
        raise SceneError("the session did not live through it")


def they_restart(us, them):
    """Without a goodbye; we keep its routes until it has told all of them again."""
    meet(us, them)
    them.kill()
    wait_for("we keep its routes", lambda: us.stale() > 0)
    them.start()
    wait_for("Established again", lambda: us.state() == them.state() == "Established")
    wait_for("routes both ways again",
             lambda: us.received() == them.announced() and them.received() == us.announced())


def paths(us, them):
    """All prefixes, with path identifiers where these are agreed; two paths of one of them, where it can be told of them."""
    them.start()
    us.start()
    wait_for("all prefixes", lambda: us.received().keys() == them.announced().keys())
    if them.kind != "exabgp":  # all of its identifiers are 0, which our log leaves out
        wait_for("path identifiers", lambda: any(us.paths(prefix) for prefix in them.announced()))
    if hasattr(them, "add_path"):
        for number, next_hop in enumerate(("2001:db8:99::2", "2001:db8:99::22"), start=10):
            them.add_path("2001:db8:b1d2::/48", next_hop, number)
        wait_for("two paths", lambda: len(us.paths("2001:db8:b1d2::/48")) == 2)


def prefixes_only(us, them):
    """As meet(), where AS paths are not what each side would say of itself."""
    them.start()
    us.start()
    wait_for("routes both ways",
             lambda: us.received().keys() == them.announced().keys() and
             them.received().keys() == us.announced().keys())


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
    them.signal(signal.SIGSTOP)
    wait_for("we give up", lambda: us.state() != "Established")
    us.shutdown()
    them.signal(signal.SIGCONT)


def refusal(us, them):
    """The OPEN of one is none for the other."""
    them.start()
    us.start()
    wait_for("one says why", lambda: "NOTIFICATION" in us.log())


KINDS = ("bird", "frr", "gobgp", "openbgpd", "exabgp")
NAMES = {"bird": "BIRD", "frr": "FRR", "gobgp": "GoBGP", "openbgpd": "OpenBGPD", "exabgp": "ExaBGP"}
LARGE_ASN = 4200000002

# What each is told, in its own words, where it does not do so by itself.
RESTARTS = {
    "bird": {"options": ("graceful restart on", "graceful restart time 30")},
    "frr": {"options": ("graceful-restart",)},
    "gobgp": {"options": ("[neighbors.afi-safis.mp-graceful-restart.config]", "enabled = true",  # of the last: IPv6
                          "[neighbors.graceful-restart.config]", "enabled = true", "restart-time = 30")},
    "exabgp": {"features": ("graceful-restart 30",)},
}
PATHS = {
    "bird": {"features": ("add paths tx",)},
    "frr": {"features": ("addpath-tx-all-paths",)},
    "gobgp": {"options": ("[neighbors.afi-safis.add-paths.config]", "send-max = 4")},  # of the last family: IPv6
    "openbgpd": {"options": ("announce add-path send all",)},
    "exabgp": {"features": ("add-path send",)},
}
# It tells routes again only behind its End-of-RIB, and sends that to a peer with graceful restart only.
FRR_ANSWERS = {"options": ("graceful_restart = true",)}
LARGE_MESSAGES = {"bird": {"options": ("enable extended messages on",)}, "frr": {}, "exabgp": {}}
CUSTOMER = {
    "bird": {"options": ("local role customer",)},
    "frr": {"options": ("local-role customer",)},
    "openbgpd": {"options": ("announce policy customer",)},
}


def _long(prefix, asn):
    """A route whose UPDATE has more than 4,096 octets."""
    return (Route(prefix, communities=communities(*(f"{asn}:{i}" for i in range(1, 1101)))),)


def _each(name, what, play, kinds=KINDS, **options):
    """The scene with each of these daemons; {} in `what` is its name, and options may depend on it."""
    return tuple(
        Scene(f"{kind}-{name}", kind, what.format(NAMES[kind]), play,
              **{key: value(kind) if callable(value) else value for key, value in options.items()}) for kind in kinds)


SCENES = (
    *_each("plain", "routes both ways, one withdrawn, and our shutdown with its text", plain),
    *_each("ipv6", "a plain session over IPv6, dialed by {}", plain, over="ipv6", dialing="them"),
    *_each("collision", "both dial at once; one connection is left", both_dial,
           ("bird", "frr", "openbgpd", "exabgp"), dialing="both", wired=True),  # GoBGP takes too long to dial
    *_each("refresh", "{} asks for our routes again, between BoRR and EoRR (RFC 7313)", they_ask_again, ("bird",)),
    *_each("refresh", "{} asks for our routes again, with plain ROUTE-REFRESH (RFC 2918)", they_ask_again,
           ("frr", "openbgpd", "exabgp")),
    *_each("enhanced", "{} asks for our routes again, between BoRR and EoRR", they_ask_again, ("openbgpd",),
           theirs={"options": ("announce enhanced refresh yes",)}),
    *_each("asked", "we ask for the routes of {} again (RFC 2918, and 7313 where it does that)", we_ask_again,
           ("bird", "frr", "gobgp"), ours=lambda kind: FRR_ANSWERS if kind == "frr" else {}),
    *_each("shutdown", "{} shuts down, with a text (RFC 9003)", they_shut_down,
           dialing=lambda kind: "them" if kind == "openbgpd" else "us"),
    *_each("restart", "{} is killed and comes back; we keep its routes meanwhile (RFC 4724)", they_restart,
           tuple(RESTARTS), ours={"options": ("graceful_restart = true",)}, theirs=RESTARTS.get),
    *_each("wrong-as", "{} is of another AS than we expect: NOTIFICATION 2/2 from us", refusal, ("bird",),
           ours={"remote_asn": 65009}),
    *_each("wrong-as", "we are of another AS than {} expects: NOTIFICATION 2/2 from it", refusal, KINDS[1:],
           theirs={"remote_asn": 65009}),
    *_each("role-mismatch", "both say they are the customer: NOTIFICATION 2/11 (RFC 9234)", refusal, tuple(CUSTOMER),
           ours={"options": ('role = "customer"',)}, theirs=CUSTOMER.get),
    *_each("hold-expiry", "{} falls silent: NOTIFICATION 4/0 from us after 9 s", silence),
    *_each("4-octet-as", "{} has an AS number that takes four octets", plain, ours={"remote_asn": LARGE_ASN},
           theirs={"asn": LARGE_ASN}),
    *_each("2-octet-as", "we don't offer four-octet AS numbers: AS paths of two octets", plain,
           ours={"options": ("four_octet_as = false",)}),
    *_each("as-trans", "we don't offer four-octet AS numbers, and {} has one: AS_TRANS and AS4_PATH (RFC 6793)",
           prefixes_only, ours={"options": ("four_octet_as = false",), "remote_asn": LARGE_ASN}, theirs={"asn": LARGE_ASN}),
    *_each("add-path", "{} tells every prefix with a path identifier (RFC 7911)", paths, tuple(PATHS),
           ours={"options": ("add_path = true",)}, theirs=PATHS.get),
    *_each("extended", "an UPDATE beyond 4,096 octets from {}, and one to it (RFC 8654)", prefixes_only,
           tuple(LARGE_MESSAGES), ours={"routes": _long("198.18.1.0/24", 65001)},
           theirs=lambda kind: {**LARGE_MESSAGES[kind], "routes": _long("203.0.113.0/24", 65002)}),
)
