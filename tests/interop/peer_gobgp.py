"""GoBGP as the other side."""
import json

from daemon import Daemon, Notice
from routes import Route, same_address, same_prefix

STATES = ("down", "Idle", "Connect", "Active", "OpenSent", "OpenConfirm", "Established")  # apipb PeerState.SessionState
ORIGINS = ("igp", "egp", "incomplete")
FAMILIES = ("ipv4", "ipv6")


class Gobgp(Daemon):
    kind = "gobgp"
    package = "gobgpd"
    programs = ("gobgpd", "gobgp")
    config_name = "gobgpd.toml"
    rounds = 6  # it waits up to 5 s before it dials

    def command(self):
        return ["gobgpd", "-t", "toml", "-f", self.config_path, "--api-hosts", "127.0.0.1:50051", "--pprof-disable"]

    def config(self):
        return self._filled_template(
            passive_word=str(self.role.passive).lower(), gtsm_word=str(self.role.gtsm).lower(),
            password_line=f'auth-password = "{self.role.password}"' if self.role.password else "",
            options="\n".join(self.role.options))

    def start(self):
        super().start()
        self._add(self.role.routes)

    def answers(self):
        return "Router-ID" in self._gobgp("global", check=False)

    def state(self):
        if not self.running:
            return "down"
        answer = json.loads(self._gobgp("-j", "neighbor", self.role.remote_address))
        return STATES[answer["state"].get("session_state", 0)]

    def received(self):
        found = {}
        for family in FAMILIES:  # while it isn't Established it refuses to answer
            text = self._gobgp("-j", "neighbor", self.role.remote_address, "adj-in", "-a", family, check=False)
            answer = json.loads(text) if text.startswith("{") else {}
            for prefix, paths in answer.items() if "error" not in answer else ():
                found[same_prefix(prefix)] = self._route(prefix, paths[0]["attrs"])
        return found

    @staticmethod
    def _route(prefix, attributes):
        by_type = {attribute["type"]: attribute for attribute in attributes}
        next_hop = by_type[14 if 14 in by_type else 3]["nexthop"]
        segments = by_type.get(2, {}).get("as_paths", [])
        return Route(same_prefix(prefix), next_hop=same_address(next_hop), origin=ORIGINS[by_type[1]["value"]],
                     as_path=tuple(asn for segment in segments for asn in segment["asns"]),
                     med=by_type[4].get("metric") if 4 in by_type else None,
                     communities=frozenset(f"{c >> 16}:{c & 0xffff}" for c in by_type.get(8, {}).get("communities", [])),
                     large_communities=frozenset(f"{c['ASN']}:{c['LocalData1']}:{c['LocalData2']}"
                                                 for c in by_type.get(32, {}).get("value", [])))

    def last_notification_received(self):
        """It tells of it in its log only."""
        last = None
        for line in self.log().splitlines():
            if '"msg":"received notification"' in line:
                said = json.loads(line)
                last = Notice(said["Code"], said["Subcode"], said.get("Communicated-Reason", ""))
        return last

    def view(self):
        neighbor = self.role.remote_address
        commands = [("neighbor",), ("neighbor", neighbor)]
        commands += [("neighbor", neighbor, "adj-in", "-a", family) for family in FAMILIES]
        return "\n".join(f"$$ gobgp {' '.join(c)}\n{self._gobgp(*c)}" for c in commands)

    def originate(self, routes):
        gone = [r for r in self.role.routes if r not in routes]
        new = [r for r in routes if r not in self.role.routes]
        self._set_routes(routes)
        for route in gone:
            self._gobgp("global", "rib", "del", route.prefix, "-a", FAMILIES[route.is_ipv6])
        self._add(new)

    def shutdown(self):
        """Its "disable" takes a reason but doesn't send it; its "shutdown" does, and would dial again."""
        self._gobgp("neighbor", self.role.remote_address, "shutdown", "--reason", self.role.shutdown_text)
        self._gobgp("neighbor", self.role.remote_address, "disable")

    def resume(self):
        self._gobgp("neighbor", self.role.remote_address, "enable")

    def reset(self):
        """Its own "reset" leaves alone what isn't Established."""
        self.kill()
        self.start()

    def _add(self, routes):
        for route in routes:
            words = ["origin", "igp", "nexthop", self.role.ipv6 if route.is_ipv6 else self.role.ipv4]
            if route.med is not None:
                words += ["med", str(route.med)]
            if route.communities:
                words += ["community", ",".join(sorted(route.communities))]
            if route.large_communities:
                words += ["large-community", ",".join(sorted(route.large_communities))]
            self._gobgp("global", "rib", "add", route.prefix, *words, "-a", FAMILIES[route.is_ipv6])

    def add_path(self, prefix, next_hop, identifier):
        """One more way to get there."""
        self._gobgp("global", "rib", "add", prefix, "identifier", str(identifier), "nexthop", next_hop, "-a",
                    FAMILIES[":" in prefix])

    def _gobgp(self, *words, check=True):
        return self._ask(*self.lab.inside(self.side, ["gobgp", *words]), check=check)
