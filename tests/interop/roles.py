"""How each of the two sides is to peer, and all daemons that can take a side."""
import dataclasses

import lab
import routes

OUR_TEXT = "maintenance – ticket 42, back at 04:00"  # RFC 9003: UTF-8
THEIR_TEXT = "new fibre, ticket 23, back at 05:00"
ASN = {"dut": 65001, "peer": 65002}


@dataclasses.dataclass(frozen=True)
class Role:
    """What a daemon's config is made of."""
    asn: int
    router_id: str
    address: str  # of this session: IPv4 or IPv6
    remote_asn: int
    remote_address: str
    ipv4: str  # its next hops, whatever the session runs over
    ipv6: str
    passive: bool
    routes: tuple  # what it announces
    shutdown_text: str  # what it says when it is shut down
    password: str = ""  # TCP MD5
    gtsm: bool = False  # for a neighbor on the same link
    hold_time: int = 9  # that our bgpd proposes
    options: tuple = ()  # further lines about the session, in the daemon's own words
    features: tuple = ()  # the same where its families are set up (BIRD, FRR), or its capabilities (ExaBGP)


def role(side, over, dialing):
    """For "dut" or "peer", over "ipv4" or "ipv6"; dialing is "us" (the dut), "them" or "both"."""
    other = "peer" if side == "dut" else "dut"
    addresses = lab.IPV4 if over == "ipv4" else lab.IPV6
    return Role(asn=ASN[side], router_id=lab.IPV4[side], address=addresses[side], remote_asn=ASN[other],
                remote_address=addresses[other], ipv4=lab.IPV4[side], ipv6=lab.IPV6[side],
                passive=dialing == ("them" if side == "dut" else "us"),
                routes=routes.OURS if side == "dut" else routes.THEIRS,
                shutdown_text=OUR_TEXT if side == "dut" else THEIR_TEXT)
