"""FRR's bgpd as the other side, without zebra."""
import codecs
import json
import re

from daemon import Daemon, DaemonError, Notice
from routes import Route, same_address, same_prefix

BGPD = "/usr/lib/frr/bgpd"
FAMILIES = ("ipv4", "ipv6")


class Frr(Daemon):
    kind = "frr"
    package = "frr"
    programs = (BGPD, "vtysh")
    config_name = "frr.conf"
    sends_med = 0
    rounds = 8  # it takes its time before it dials
    noise = "zclient_send_message"  # it misses zebra in every other line

    def command(self):
        # -Z no zebra, -S stay the user that starts it, -P 0 no telnet
        return [BGPD, "-Z", "-S", "-P", "0", "-f", self.config_path, "-i", f"{self.folder}/bgpd.pid", "--vty_socket",
                self.folder, "--log", "stdout"]

    def config(self):
        neighbor = f"neighbor {self.role.remote_address}"
        security = [f" {neighbor} ttl-security hops 1"] if self.role.gtsm else []
        security += [f" {neighbor} password {self.role.password}"] if self.role.password else []
        security += [f" {neighbor} {option}" for option in self.role.options]
        return self._filled_template(
            security="\n".join(security) or " !",
            feature_lines="\n".join(f"  {neighbor} {line}" for line in self.role.features) or "  !",
            hostname=self.side, passive_line=f" {neighbor} passive" if self.role.passive else " !",
            networks4=self._networks(False), networks6=self._networks(True),
            attributes="\n".join(map(self._route_map, self.role.routes)))

    def answers(self):
        return "BGP" in self._ask("vtysh", "--vty_socket", self.folder, "-c", "show bgp summary", check=False)

    def state(self):
        return self._neighbor().get("bgpState", "down")

    def received(self):
        listed = self._json(*(f"show bgp {f} unicast neighbors {self.role.remote_address} routes json"
                              for f in FAMILIES))
        prefixes = [(family, prefix) for family, answer in zip(FAMILIES, listed) for prefix in answer.get("routes", {})]
        details = self._json(*(f"show bgp {family} unicast {prefix} json" for family, prefix in prefixes))
        found = [self._route(prefix, detail) for (_, prefix), detail in zip(prefixes, details)]
        return {route.prefix: route for route in found if route}

    def _route(self, prefix, detail):
        """None if it went away between the two questions."""
        for path in detail.get("paths", []):
            if path["peer"].get("peerId") == self.role.remote_address:
                return Route(same_prefix(prefix), next_hop=same_address(path["nexthops"][0]["ip"]),
                             as_path=tuple(map(int, path["aspath"]["string"].split())), origin=path["origin"].lower(),
                             med=path.get("metric", path.get("med")),
                             communities=frozenset(path.get("community", {}).get("list", [])),
                             large_communities=frozenset(path.get("largeCommunity", {}).get("list", [])),
                             link_local=any(hop.get("scope") == "link-local" for hop in path["nexthops"]))
        return None

    def last_notification_received(self):
        neighbor = self._neighbor()
        if neighbor.get("lastResetDueTo") != "BGP Notification received":
            return None
        error = bytes.fromhex(neighbor["lastErrorCodeSubcode"])
        return Notice(error[0], error[1], unescaped(neighbor.get("lastShutdownDescription", "")))

    def view(self):
        neighbor = self.role.remote_address
        commands = ["show bgp summary"]
        commands += [f"show bgp {family} unicast neighbors {neighbor} received-routes" for family in FAMILIES]
        return "\n".join(f"vtysh> {c}\n{self._vtysh(c)}" for c in commands)

    def originate(self, routes):
        gone = [r for r in self.role.routes if r not in routes]
        new = [r for r in routes if r not in self.role.routes]
        self._set_routes(routes)
        maps = [line.strip() for r in new for line in self._route_map(r).splitlines()]
        self._configure(*maps)
        for ipv6 in (False, True):
            lines = [f"no network {r.prefix}" for r in gone if r.is_ipv6 == ipv6]
            lines += [self._network(r) for r in new if r.is_ipv6 == ipv6]
            if lines:
                self._configure(f"router bgp {self.role.asn}", f"address-family {FAMILIES[ipv6]} unicast", *lines)

    def shutdown(self):
        self._configure(f"router bgp {self.role.asn}",
                        f"neighbor {self.role.remote_address} shutdown message {self.role.shutdown_text}")

    def resume(self):
        self._configure(f"router bgp {self.role.asn}", f"no neighbor {self.role.remote_address} shutdown")

    def reset(self):
        self._vtysh(f"clear bgp {self.role.remote_address}")

    def ask_for_routes(self):
        """With soft-reconfiguration it would look into its own copy."""
        for family in FAMILIES:
            self._configure(f"router bgp {self.role.asn}", f"address-family {family} unicast",
                            f"no neighbor {self.role.remote_address} soft-reconfiguration inbound")
            self._vtysh(f"clear bgp {family} unicast {self.role.remote_address} in")

    def _configure(self, *lines):
        if lines:
            said = self._vtysh("configure terminal", *lines)
            if "%" in said:
                raise DaemonError(f"FRR refuses {lines}: {said}")

    def _vtysh(self, *commands):
        if not self.running:
            return ""
        arguments = [word for command in commands for word in ("-c", command)]
        return self._ask("vtysh", "--vty_socket", self.folder, *arguments)

    def _json(self, *commands):
        """One object a command: vtysh prints them one after the other."""
        text = self._vtysh(*commands) if commands else ""
        decoder, found, at = json.JSONDecoder(), [], 0
        while at < len(text.rstrip()):
            at += len(text[at:]) - len(text[at:].lstrip())
            value, at = decoder.raw_decode(text, at)
            found.append(value)
        return found

    def _neighbor(self):
        answers = self._json(f"show bgp neighbors {self.role.remote_address} json")
        return answers[0].get(self.role.remote_address, {}) if answers else {}

    def _networks(self, ipv6):
        return "\n".join(f"  {self._network(r)}" for r in self.role.routes if r.is_ipv6 == ipv6) or "  !"

    def _network(self, route):
        return f"network {route.prefix}" + (f" route-map {map_name(route)}" if self._route_map(route) else "")

    @staticmethod
    def _route_map(route):
        sets = []
        if route.communities:
            sets.append(f" set community {' '.join(sorted(route.communities))}")
        if route.large_communities:
            sets.append(f" set large-community {' '.join(sorted(route.large_communities))}")
        if route.med is not None:
            sets.append(f" set metric {route.med}")
        return "\n".join([f"route-map {map_name(route)} permit 10", *sets, "exit"]) if sets else ""


def map_name(route):
    return "ATTRIBUTES-" + re.sub(r"\W", "-", route.prefix)


def unescaped(text):
    """FRR shows what isn't ASCII as \\xe2\\x80\\x93."""
    return codecs.escape_decode(text.encode())[0].decode("utf-8", "replace")
