"""A route with the attributes that the tests compare, and the routes that each side announces."""
import dataclasses
import ipaddress


@dataclasses.dataclass(frozen=True)
class Route:
    """As announced (without next hop and AS path) or as seen by the other side (with both)."""
    prefix: str
    next_hop: str = ""
    as_path: tuple = ()  # AS numbers, the nearest first
    origin: str = "igp"
    med: int | None = None
    communities: frozenset = frozenset()  # "65001:100"
    large_communities: frozenset = frozenset()  # "65001:1:1"
    link_local: bool = False  # the next hop has a link-local address as well

    @property
    def is_ipv6(self):
        return ":" in self.prefix


def communities(*values):
    return frozenset(values)


OURS = (
    Route("198.18.1.0/24"),
    Route("198.18.2.0/24", med=20, communities=communities("65001:100", "65001:200"),
          large_communities=communities("65001:1:1")),
    Route("2001:db8:da70::/48"),
    Route("2001:db8:da71::/48", med=21, communities=communities("65001:600"),
          large_communities=communities("65001:6:1", "65001:6:2")),
)

THEIRS = (
    Route("198.51.100.0/25"),
    Route("198.51.100.128/25"),
    Route("203.0.113.0/24", med=50, communities=communities("65002:100", "65002:300"),
          large_communities=communities("65002:1:1")),
    Route("2001:db8:b1d0::/48"),
    Route("2001:db8:b1d1::/48", med=51, communities=communities("65002:600"),
          large_communities=communities("65002:6:1", "65002:6:2")),
)


def seen_from(role, routes, default_med=None, link_local=False):
    """{prefix: Route} as the other side must see the routes that `role` announces."""
    seen = [dataclasses.replace(route, as_path=(role.asn,), next_hop=role.ipv6 if route.is_ipv6 else role.ipv4,
                                med=default_med if route.med is None else route.med,
                                link_local=link_local and route.is_ipv6)
            for route in routes]
    return {route.prefix: route for route in seen}


def same_address(text):
    """One spelling for each address."""
    return str(ipaddress.ip_address(text))


def same_prefix(text):
    return str(ipaddress.ip_network(text))
