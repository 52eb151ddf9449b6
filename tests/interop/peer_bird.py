"""BIRD 2 as the other side."""
import os
import re

from daemon import Daemon, Notice
from routes import Route, same_address, same_prefix

# As BIRD spells what it has received (proto/bgp/bgp.c), by (code, subcode).
NOTIFICATIONS = {
    "Hold timer expired": (4, 0),
    "Peer de-configured": (6, 3),
    "Administrative shutdown": (6, 2),
    "Administrative reset": (6, 4),
    "Connection rejected": (6, 5),
    "Connection collision resolution": (6, 7),
}


class Bird(Daemon):
    kind = "bird"
    words_of_another_configuration = "Received: Other configuration change"
    package = "bird2"
    programs = ("bird", "birdc")
    config_name = "bird.conf"

    @property
    def sends_link_local(self):
        return self.side == "peer"  # see config()

    def command(self):
        return ["bird", "-f", "-c", self.config_path, "-s", self._socket, "-P", os.path.join(self.folder, "bird.pid")]

    def config(self):
        # "multihop" only where BIRD plays our part against FRR: FRR without zebra can't take the link-local address
        # that BIRD adds to the next hop on a direct session.
        return self._filled_template(
            security=self._security(), feature_words="".join(f" {line};" for line in self.role.features),
            reach="direct" if self.side == "peer" else "multihop", passive_word="on" if self.role.passive else "off",
            routes4=self._static(False), routes6=self._static(True),
            attributes="\n".join(map(self._attributes, self.role.routes)))

    def _security(self):
        lines = ["  ttl security on;"] if self.role.gtsm else []
        lines += [f'  password "{self.role.password}";'] if self.role.password else []
        lines += [f"  {option};" for option in self.role.options]
        return "\n".join(lines)

    def answers(self):
        return "ready" in self._ask("birdc", "-s", self._socket, "show", "status", check=False)

    def state(self):
        m = re.search(r"BGP state:\s+(\w+)", self._birdc("show protocols all session", check=False))
        return m.group(1) if m else "down"

    def received(self):
        found, route = {}, None
        for line in self._birdc("show route protocol session all").splitlines():
            start = re.match(r"([0-9a-f.:]+/\d+)\s", line)
            if start:
                route = {"prefix": same_prefix(start.group(1))}
                found[route["prefix"]] = route
            attribute = re.match(r"\tBGP\.(\w+): (.*)", line)
            if attribute and route is not None:
                self._take_attribute(route, *attribute.groups())
        return {prefix: Route(**values) for prefix, values in found.items()}

    @staticmethod
    def _take_attribute(route, name, value):
        if name == "origin":
            route["origin"] = value.lower()
        elif name == "as_path":
            route["as_path"] = tuple(map(int, value.split()))
        elif name == "next_hop":
            route["next_hop"] = same_address(value.split()[0])
            route["link_local"] = len(value.split()) > 1
        elif name == "med":
            route["med"] = int(value)
        elif name in ("community", "large_community"):
            values = re.findall(r"\(([^)]*)\)", value)
            key = "communities" if name == "community" else "large_communities"
            route[key] = frozenset(v.replace(" ", "").replace(",", ":") for v in values)

    def last_notification_received(self):
        shown = self._birdc("show protocols all session")
        error = re.search(r"Last error:\s+Received: (.*)", shown)
        if not error:
            return None
        text = re.search(r"^\s+Message:\s+(.*)", shown, re.MULTILINE)
        code, subcode = NOTIFICATIONS.get(error.group(1).strip(), (0, 0))
        return Notice(code, subcode, text.group(1).strip() if text else "")

    def view(self):
        return "\n".join(f"birdc> {c}\n{self._birdc(c)}" for c in ("show protocols all session", "show route all"))

    def originate(self, routes):
        self._set_routes(routes)
        self._write_config()
        self._birdc("configure")

    def shutdown(self):
        self._birdc(f'disable session "{self.role.shutdown_text}"')

    def resume(self):
        self._birdc("enable session")

    def reset(self):
        self._birdc("restart session")

    def ask_for_routes(self):
        self._birdc("reload in session")

    @property
    def _socket(self):
        return os.path.join(self.folder, "ctl")

    def _birdc(self, words, check=True):
        if not self.running:
            return ""
        return self._ask("birdc", "-s", self._socket, words, check=check)

    def _static(self, ipv6):
        return "\n".join(f"  route {r.prefix} blackhole;" for r in self.role.routes if r.is_ipv6 == ipv6)

    @staticmethod
    def _attributes(route):
        """The lines of the export filter for one route."""
        sets = [f"bgp_community.add(({c.replace(':', ',')}));" for c in sorted(route.communities)]
        sets += [f"bgp_large_community.add(({c.replace(':', ',')}));" for c in sorted(route.large_communities)]
        if route.med is not None:
            sets.append(f"bgp_med = {route.med};")
        return f"  if net = {route.prefix} then {{ {' '.join(sets)} }}" if sets else ""
