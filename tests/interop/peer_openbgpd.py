"""OpenBGPD as the other side. Needs real root: it changes to its own users and into a folder of theirs."""
import json
import os
import re

from daemon import Daemon, Notice
from routes import Route, same_address, same_prefix

BGPD = "/usr/sbin/bgpd"


# As it spells what it has received (usr.sbin/bgpd/log.c), by (code, subcode).
NOTIFICATIONS = {
    "HoldTimer expired, unspecified subcode": (4, 0),
    "Cease, administratively down": (6, 2),
    "Cease, peer de-configured": (6, 3),
    "Cease, administrative reset": (6, 4),
    "Cease, connection rejected": (6, 5),
    "Cease, collision resolution": (6, 7),
}


class Openbgpd(Daemon):
    kind = "openbgpd"
    words_of_another_configuration = "received notification: Cease, other config change"
    package = "openbgpd"
    programs = (BGPD, "bgpctl")
    config_name = "openbgpd.conf"
    rounds = 10

    def command(self):
        return [BGPD, "-d", "-v", "-f", self.config_path]

    def config(self):
        return self._filled_template(
            socket=self._socket, networks="\n".join(map(self._network, self.role.routes)),
            session_lines="\n".join(f"\t{line}" for line in self._session_lines()))

    def _session_lines(self):
        lines = ["passive"] if self.role.passive else []
        lines += ["ttl-security yes"] if self.role.gtsm else []
        lines += [f'tcp md5sig password "{self.role.password}"'] if self.role.password else []
        return [*lines, *self.role.options]

    @staticmethod
    def _network(route):
        sets = [f"med {route.med}"] if route.med is not None else []
        sets += [f"community {c}" for c in sorted(route.communities)]
        sets += [f"large-community {c}" for c in sorted(route.large_communities)]
        return f"network {route.prefix}" + (f" set {{ {' '.join(sets)} }}" if sets else "")

    def start(self):
        os.makedirs("/run/openbgpd", mode=0o755, exist_ok=True)  # the home of its users
        super().start()

    def answers(self):
        return "Neighbor" in self._ask("bgpctl", "-s", self._socket, "show", check=False)

    def state(self):
        return self._neighbor().get("state", "down")

    def received(self):
        answer = self._json("show", "rib", "neighbor", self.role.remote_address, "in", "detail")
        return {route.prefix: route for route in map(self._route, answer.get("rib", []))}

    @staticmethod
    def _route(shown):
        return Route(same_prefix(shown["prefix"]), next_hop=same_address(shown["exit_nexthop"]),
                     origin=shown["origin"].lower(), as_path=tuple(map(int, shown["aspath"].split())),
                     med=shown["metric"] or None,  # it shows 0 for none
                     communities=frozenset(shown.get("communities", [])),
                     large_communities=frozenset(shown.get("large_communities", [])))

    def last_notification_received(self):
        neighbor = self._neighbor()
        code, subcode = NOTIFICATIONS.get(neighbor.get("last_error_received"), (0, 0))
        return Notice(code, subcode, unescaped(neighbor.get("last_shutdown_reason", ""))) if code else None

    def announced(self):
        """Without those of the other family than the session's: their next hop is ::1 or none that is of use."""
        return {prefix: route for prefix, route in super().announced().items() if route.is_ipv6 == self._over_ipv6}

    @property
    def _over_ipv6(self):
        return ":" in self.role.address

    def view(self):
        neighbor = self.role.remote_address
        commands = [("show",), ("show", "neighbor", neighbor), ("show", "rib", "neighbor", neighbor, "in")]
        return "\n".join(f"$$ bgpctl {' '.join(c)}\n{self._bgpctl(*c)}" for c in commands)

    def originate(self, routes):
        self._set_routes(routes)
        self._write_config()
        self._bgpctl("reload")

    def shutdown(self):
        self._bgpctl("neighbor", self.role.remote_address, "down", self.role.shutdown_text)

    def resume(self):
        self._bgpctl("neighbor", self.role.remote_address, "up")

    def hurry(self):
        self._bgpctl("neighbor", self.role.remote_address, "up")

    def ask_for_routes(self):
        self._bgpctl("neighbor", self.role.remote_address, "refresh")

    def reset(self):
        """Its own "clear" idles for a while."""
        self.kill()
        self.start()

    @property
    def _socket(self):
        return os.path.join(self.folder, "ctl")

    def _write_config(self):
        super()._write_config()
        os.chmod(self.config_path, 0o600)  # it insists

    def _bgpctl(self, *words):
        if not self.running:
            return ""
        return self._ask("bgpctl", "-s", self._socket, *words)

    def _json(self, *words):
        text = self._bgpctl("-j", *words)
        return json.loads(re.sub(r"\\(?=[0-7]{3})", r"\\\\", text)) if text else {}  # JSON knows no \342

    def _neighbor(self):
        neighbors = self._json("show", "neighbor", self.role.remote_address).get("neighbors", [])
        return neighbors[0] if neighbors else {}


def unescaped(text):
    """It shows what isn't ASCII as \\342\\200\\223."""
    return re.sub(rb"\\([0-7]{3})", lambda m: bytes([int(m[1], 8)]), text.encode()).decode("utf-8", "replace")
