"""The lab of docs/guide/lab/compose.yml by podman or docker: up, looked at, and down again. tools/demo --containers is this.

usage: containers.py           exit status 77: it can't be done here, and why

What it uses of compose.yml it reads there: images and how they are built, addresses, files, commands. (Debian's
podman-compose 1.0.3 knows no fixed addresses.) LIBBGP_BASE and LIBBGP_CONTEXT in the environment: see there.
"""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time

try:
    import yaml
except ImportError:
    sys.exit("tools/lib/containers.py needs PyYAML (python3-yaml)")

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LAB = os.path.join(TOP, "docs/guide/lab")
SECONDS = 60  # for sessions and routes
SKIPPED = 77

OURS = "192.0.2.0/24"
PEERS = {"frr": ("10.89.77.12", "198.51.100.0/24"), "bird": ("10.89.77.13", "203.0.113.0/24")}


class LabError(Exception):
    """The demo has failed; what it says is for people."""


def say(text):
    print(f"\n== {text}", flush=True)


def compose():
    """compose.yml with its variables filled in."""
    with open(f"{LAB}/compose.yml", encoding="utf-8") as file:
        text = file.read()
    return yaml.safe_load(re.sub(r"\$\{(\w+):-([^}]*)\}", lambda m: os.environ.get(m[1]) or m[2], text))


class Engine:
    """podman or docker; their command lines are the same here."""

    def __init__(self, program):
        self.program = program

    def run(self, *words, check=True, shown=False):
        done = subprocess.run([self.program, *words], cwd=LAB, text=True, check=False, stdin=subprocess.DEVNULL,
                              stdout=None if shown else subprocess.PIPE, stderr=None if shown else subprocess.STDOUT)
        if check and done.returncode != 0:
            raise LabError(f"{self.program} {' '.join(words)}: status {done.returncode}\n{done.stdout or ''}")
        return done.stdout or ""

    def answers(self):
        return shutil.which(self.program) is not None and subprocess.run(
            [self.program, "ps"], capture_output=True, check=False).returncode == 0

    def why_not(self, image):
        """Why no container of the image can be run: empty if one can."""
        done = subprocess.run([self.program, "run", "--rm", "--network", "none", image, "true"], text=True, check=False,
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        said = done.stderr.strip().splitlines() or [f"status {done.returncode}"]
        return "" if done.returncode == 0 else said[-1]


def find_engine():
    for program in ("podman", "docker"):
        if Engine(program).answers():
            return Engine(program)
    return None


class Lab:
    """What compose.yml says, with names of its own; nothing of it stays."""

    def __init__(self, engine, description):
        self.engine = engine
        self.services = description["services"]
        self.subnet = description["networks"]["lab"]["ipam"]["config"][0]["subnet"]
        self.name = description["name"]

    def build(self):
        for service in self.services.values():
            how = service.get("build")
            if how:
                context = os.path.join(LAB, how["context"])
                arguments = [word for key, value in how["args"].items() for word in ("--build-arg", f"{key}={value}")]
                self.engine.run("build", "--network", how["network"], *arguments, "-t", service["image"],
                                "-f", os.path.join(context, how["dockerfile"]), context, shown=True)

    def why_not(self):
        """Why it can't be here: empty if it can. Some machines can't do what podman does by default."""
        base = self.services["bgpd"]["build"]["args"]["BASE"]
        reason = self.engine.why_not(base)
        if reason and self.engine.program == "podman" and "CONTAINERS_CONF" not in os.environ:
            os.environ["CONTAINERS_CONF"] = f"{LAB}/containers.conf"
            reason = self.engine.why_not(base)
        return reason and f"{self.engine.program} can't run a container of {base} (LIBBGP_BASE names another): {reason}"

    def up(self):
        self.down()
        self.engine.run("network", "create", "--subnet", self.subnet, self.name)
        for name, service in self.services.items():
            options = [f"--sysctl={key}={value}" for key, value in service.get("sysctls", {}).items()]
            options += [f"--volume={LAB}/{volume.removeprefix('./')}" for volume in service["volumes"]]
            self.engine.run("run", "--detach", "--name", f"{self.name}-{name}", "--network", self.name,
                            "--ip", service["networks"]["lab"]["ipv4_address"], *options, service["image"],
                            *service.get("command", "").split())

    def down(self):
        for name in self.services:
            self.engine.run("rm", "--force", "--time=5" if self.engine.program == "podman" else "--force",
                            f"{self.name}-{name}", check=False)
        self.engine.run("network", "rm", self.name, check=False)

    def ask(self, service, *words):
        return self.engine.run("exec", f"{self.name}-{service}", *words, check=False)

    def logs(self):
        return "\n".join(f"-- {name}\n" + self.engine.run("logs", f"{self.name}-{name}", check=False)[-3000:]
                         for name in self.services)


def our_state(lab, address):
    try:
        return json.loads(lab.ask("bgpd", "bgpc", "--json", "neighbor", address))["state"]
    except (ValueError, KeyError):
        return "unknown"


def is_done(lab):
    """Established, and each has the other's route, as each of them says itself."""
    for address, prefix in PEERS.values():
        if our_state(lab, address) != "Established" or prefix not in lab.ask("bgpd", "bgpc", "neighbor", address, "adj-in"):
            return False
    return OURS in frr_routes(lab) and OURS in bird_routes(lab)


def frr_routes(lab):
    return lab.ask("frr", "vtysh", "-c", "show bgp ipv4 unicast neighbors 10.89.77.11 received-routes")


def bird_routes(lab):
    return lab.ask("bird", "birdc", "-s", "/run/bird.ctl", "show", "route", "protocol", "bgpd")


def show(lab):
    until = time.monotonic() + SECONDS
    while not is_done(lab):
        if time.monotonic() > until:
            raise LabError(f"not within {SECONDS} s: Established with both, and routes both ways\n{lab.logs()}")
        time.sleep(0.5)  # each question starts a process in a container
    say("what our bgpd says (bgpc neighbor)")
    print(lab.ask("bgpd", "bgpc", "neighbor"), end="")
    for name, (address, _) in PEERS.items():
        print(f"\nfrom {name}:\n{lab.ask('bgpd', 'bgpc', 'neighbor', address, 'adj-in')}", end="")
    say("what FRR has from us (vtysh)")
    print(frr_routes(lab), end="")
    say("what BIRD has from us (birdc)")
    print(bird_routes(lab), end="")
    say("both sessions are Established, with routes both ways")


def main():
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the lab is taken down
    engine = find_engine()
    if engine is None:
        print("SKIPPED: neither podman nor docker answers here", file=sys.stderr)
        return SKIPPED
    lab = Lab(engine, compose())
    reason = lab.why_not()
    if reason:
        print(f"SKIPPED: {reason}", file=sys.stderr)
        return SKIPPED
    say(f"images, by {engine.program}")
    lab.build()
    try:
        say("the lab: our bgpd (AS 65001) with FRR (AS 65002) and BIRD (AS 65003)")
        lab.up()
        show(lab)
    finally:
        lab.down()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except LabError as error:
        sys.exit(f"FAILED: {error}")
    except KeyboardInterrupt:
        sys.exit("interrupted")
