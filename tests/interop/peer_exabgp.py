"""ExaBGP as the other side. It has no table and no memory: what it knows is what it tells its process as JSON."""
import json
import os
import sys
import time

from daemon import Daemon, DaemonError, Notice
from routes import Route, same_address, same_prefix

HELPER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "exabgp_process.py")
SECONDS = 20  # for it to answer


class Exabgp(Daemon):
    kind = "exabgp"
    package = "exabgp"
    programs = ("exabgp",)
    config_name = "exabgp.conf"
    rounds = 8  # a Python program starts slowly
    forgets = True  # see BothDial
    shutdown_text = "Administrative Shutdown"  # it takes no other

    def command(self):
        settings = {"daemon.user": "root", "api.cli": "false", "api.ack": "true", "tcp.bind": self.role.address,
                    "log.destination": "stderr", "log.level": "INFO", "bgp.openwait": "3"}
        return ["env", *(f"exabgp.{key}={value}" for key, value in settings.items()), "exabgp", self.config_path]

    def config(self):
        return self._filled_template(
            python=sys.executable, helper=HELPER, folder=self.folder,
            feature_lines="\n".join(f"    {line};" for line in self.role.features),
            session_lines="\n".join(f"  {line};" for line in self._session_lines()),
            routes4=self._routes(False), routes6=self._routes(True))

    def _session_lines(self):
        lines = ["passive true"] if self.role.passive else []
        lines += ["incoming-ttl 255", "outgoing-ttl 255"] if self.role.gtsm else []
        lines += [f"md5-password '{self.role.password}'"] if self.role.password else []
        return [*lines, *self.role.options]

    def _routes(self, ipv6):
        return "\n".join(f"      unicast {self._route(r)};" for r in self.role.routes if r.is_ipv6 == ipv6)

    def _route(self, route):
        words = [route.prefix, "next-hop", self.role.ipv6 if route.is_ipv6 else self.role.ipv4]
        if route.med is not None:
            words += ["med", str(route.med)]
        for name in ("communities", "large_communities"):
            values = sorted(getattr(route, name))
            if values:
                words += ["community" if name == "communities" else "large-community", "[", *values, "]"]
        return " ".join(words)

    def start(self):
        if not os.path.exists(self._file("orders")):
            os.mkfifo(self._file("orders"))
        open(self._file("said"), "wb").close()
        super().start()

    def answers(self):
        try:
            return bool(self._order("version", seconds=0.5))
        except DaemonError:
            return False

    def state(self):
        state = "down"
        for said in self._said("state"):
            state = "Established" if said["neighbor"]["state"] == "up" else "down"
        return state if self.running else "down"

    def received(self):
        found = {}
        for said in self._said("state", "update"):
            if said["type"] == "state":
                found.clear()
            else:
                self._take(found, said["neighbor"]["message"].get("update", {}))
        return found if self.running else {}

    @staticmethod
    def _take(found, update):
        for gone in update.get("withdraw", {}).values():
            for nlri in gone:
                found.pop(same_prefix(nlri["nlri"]), None)
        attributes = update.get("attribute", {})
        for by_next_hop in update.get("announce", {}).values():
            for next_hop, new in by_next_hop.items():
                for nlri in new:
                    prefix = same_prefix(nlri["nlri"])
                    found[prefix] = Route(
                        prefix, next_hop=same_address(next_hop), as_path=tuple(attributes.get("as-path", [])),
                        origin=attributes["origin"], med=attributes.get("med"),
                        communities=colons(attributes.get("community", [])),
                        large_communities=colons(attributes.get("large-community", [])))

    def last_notification_received(self):
        """Without data in its words. Else from the octets it hands on: it can't read a Cease that has a text, takes it for
        an error, and answers 1/0."""
        last = None
        for said in self._said("notification"):
            known = said.get("neighbor", {}).get("notification")
            if known:
                last = Notice(known["code"], known["subcode"])
                continue
            octets = bytes.fromhex(said["neighbor"]["message"]["body"].removeprefix("0x"))
            last = Notice(octets[0], octets[1], octets[3:].decode() if octets[0] == 6 else "")
        return last

    def view(self):
        return self._order("show neighbor extensive") + self._order("show adj-rib in extensive")

    def originate(self, routes):
        gone = [r for r in self.role.routes if r not in routes]
        new = [r for r in routes if r not in self.role.routes]
        self._set_routes(routes)
        for route in gone:
            self._order(f"withdraw route {self._route(route)}")
        for route in new:
            self._order(f"announce route {self._route(route)}")

    def shutdown(self):
        """Its "teardown" says why and dials again, its "shutdown" says something else: so both, one after the other."""
        self._order(f"neighbor {self.role.remote_address} teardown 2")
        until = time.monotonic() + SECONDS
        while self.state() == "Established" and time.monotonic() < until:
            time.sleep(0.02)
        self.kill()

    def resume(self):
        self.start()

    def reset(self):
        self.kill()
        self.start()

    def ask_for_routes(self):
        for family in ("ipv4", "ipv6"):
            self._order(f"announce route-refresh {family} unicast")

    def _file(self, name):
        return os.path.join(self.folder, name)

    def _order(self, words, seconds=SECONDS):
        """What it answers before its "done"."""
        begin = os.path.getsize(self._file("said"))
        with open(self._file("orders"), "r+b", buffering=0) as f:  # for reading too: else it waits for its reader
            f.write(words.encode() + b"\n")
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with open(self._file("said"), encoding="utf-8") as f:
                f.seek(begin)
                lines = [line for line in f.read().splitlines() if not line.startswith("{")]
            if "error" in lines:
                break
            if "done" in lines:
                return "\n".join(line for line in lines if line != "done")
            time.sleep(0.02)
        raise DaemonError(f"ExaBGP doesn't obey \"{words}\": {lines}\n{self.tail()}")

    def _said(self, *types):
        """The messages of those types since its start, the oldest first."""
        if not os.path.exists(self._file("said")):
            return []
        with open(self._file("said"), encoding="utf-8") as f:
            whole = f.read().rsplit("\n", 1)[0]
        messages = [json.loads(line, strict=False) for line in whole.splitlines() if line.startswith("{")]
        return [message for message in messages if message["type"] in types]


def colons(values):
    return frozenset(":".join(map(str, value)) for value in values)
