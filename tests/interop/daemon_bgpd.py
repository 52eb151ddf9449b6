"""Our own bgpd: its answers are read from its log; networks go by bgpc, where it is there, and come by a reload."""
import os
import re
import signal
import time

from daemon import Daemon, DaemonError, Notice
from routes import Route, same_address, same_prefix

WORDS = {"next-hop", "link-local", "origin", "as-path", "med", "local-pref", "atomic-aggregate", "aggregator",
         "communities", "large-communities"}  # each begins an attribute in a "received" line


class Bgpd(Daemon):
    kind = "bgpd"
    config_name = "bgpd.toml"
    binary = ""  # set by whoever knows where it was built
    client = ""  # bgpc's; empty: networks go by a reload, too
    log_level = "debug"
    stop_seconds = 15  # it waits up to 10 s for a peer that doesn't take its goodbye

    def command(self):
        return [self.binary, "--config", self.config_path, "--log-level", self.log_level]

    def config(self):
        return self._filled_template(socket=self._socket, passive_word=str(self.role.passive).lower(), security=self._security(),
                                     networks="\n".join(map(self._network, self.role.routes)))

    def _security(self):
        lines = ["ttl_security = 1"] if self.role.gtsm else []
        lines += [f'password = "{self.role.password}"'] if self.role.password else []
        return "\n".join([*lines, *self.role.options])

    @staticmethod
    def _network(route):
        lines = ["[[network]]", f'prefix = "{route.prefix}"']
        if route.med is not None:
            lines.append(f"med = {route.med}")
        for key in ("communities", "large_communities"):
            values = ", ".join(f'"{c}"' for c in sorted(getattr(route, key)))
            if values:
                lines.append(f"{key} = [{values}]")
        return "\n".join(lines) + "\n"

    def answers(self):
        return "listening on" in self.log()

    def stop(self):
        super().stop()
        if self.process is not None and self.process.returncode != 0:
            raise DaemonError(f"bgpd ended with {self.process.returncode} on SIGTERM, not with 0\n{self.tail()}")

    def state(self):
        if not self.running:
            return "down"
        state = "down"
        for line in self._peer_lines():
            changed = re.match(r"state \S+ -> (\w+)", line)
            if line.startswith("established"):
                state = "Established"
            elif line.startswith("down"):
                state = "down"
            elif changed and state != "Established":  # after that, of another connection
                state = changed.group(1)
        return state

    def received(self):
        found = {}
        for line in self._peer_lines():
            learned = re.match(r"received (\S+/\d+)(?:#\d+)? (.*)", line)
            gone = re.match(r"withdrawn (\S+/\d+)", line)
            if learned:
                route = self._route(*learned.groups())
                found[route.prefix] = route
            elif gone:
                found.pop(same_prefix(gone.group(1)), None)
            elif line.startswith(("established", "down")):
                found.clear()
        return found if self.running else {}

    @staticmethod
    def _route(prefix, words):
        values, key = {}, ""
        for word in words.split():
            if word in WORDS:
                key = word
                values[key] = []
            else:
                values.setdefault(key, []).append(word)
        return Route(same_prefix(prefix), next_hop=same_address(values["next-hop"][0]), origin=values["origin"][0],
                     as_path=tuple(map(int, values.get("as-path", []))),
                     med=int(values["med"][0]) if "med" in values else None,
                     communities=frozenset(values.get("communities", [])),
                     large_communities=frozenset(values.get("large-communities", [])),
                     link_local="link-local" in values)

    def paths(self, prefix):
        """The next hops of the paths that it was told of the prefix, by path identifier."""
        lines = (re.match(r"received (\S+/\d+)#(\d+) next-hop (\S+)", line) for line in self._peer_lines())
        return {int(line.group(2)): same_address(line.group(3)) for line in lines if line and line.group(1) == prefix}

    def stale(self):
        """How many routes it kept when it last lost the session."""
        lines = (re.match(r"adj-rib-in: \d+ prefix\w* dropped(?:, (\d+) kept as stale)?", line)
                 for line in self._peer_lines())
        kept = [int(line.group(1) or 0) for line in lines if line]
        return kept[-1] if kept else 0

    def ignored(self):
        """{prefix: why} of routes that it can't use."""
        lines = (re.match(r"ignored (\S+/\d+): (.*)", line) for line in self._peer_lines())
        return {same_prefix(line.group(1)): line.group(2) for line in lines if line}

    def last_notification_received(self):
        last = None
        for line in self._peer_lines():
            m = re.match(r"down: received NOTIFICATION (\d+)/(\d+)[^\"]*(?:\"(.*)\")?", line)
            if m:
                last = Notice(int(m.group(1)), int(m.group(2)), m.group(3) or "")
        return last

    def view(self):
        return self.log()

    def originate(self, wanted):
        gone = [r for r in self.role.routes if r not in wanted]
        new = [r for r in wanted if r not in self.role.routes]
        self._set_routes(wanted)
        if not self.client or new:
            self.reload()
            return
        for route in gone:
            self._bgpc("network", "del", route.prefix)

    def reload(self):
        """Takes its role over as it is now."""
        reloads = r"^\S+ \w+ reload: .*$"
        before = len(re.findall(reloads, self.log(), re.MULTILINE))
        self._write_config()
        self.process.send_signal(signal.SIGHUP)
        until = time.monotonic() + 10
        while len(said := re.findall(reloads, self.log(), re.MULTILINE)) == before:
            if time.monotonic() > until:
                raise DaemonError(f"no reload\n{self.tail()}")
            time.sleep(0.05)
        if "nothing was changed" in said[-1]:
            raise DaemonError(f"{said[-1]}\n{self.tail()}")

    def shutdown(self):
        self.stop()

    def resume(self):
        self.start()

    def reset(self):
        self.kill()
        self.start()

    def ask_for_routes(self):
        self._bgpc("neighbor", self.role.remote_address, "refresh")

    @property
    def _socket(self):
        return os.path.join(self.folder, "ctl")

    def _bgpc(self, *words):
        return self._ask(self.client, "--socket", self._socket, *words)

    def _peer_lines(self):
        """What the log says about the neighbor, without time, level and its name."""
        return re.findall(rf"^\S+ \w+ peer {re.escape(self.role.remote_address)}: (.*)$", self.log(), re.MULTILINE)
