"""What the tests ask of a BGP daemon, whichever it is. One adapter each: daemon_bgpd.py and peer_*.py."""
import dataclasses
import os
import shutil
import signal
import string
import subprocess
import time

import routes

PEERS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers")


class DaemonError(AssertionError):
    """A daemon did something that it must not, whatever the test is about."""


@dataclasses.dataclass(frozen=True)
class Notice:
    """A NOTIFICATION that a daemon says it has received."""
    code: int
    subcode: int
    text: str = ""


class Daemon:
    """One daemon with one neighbor, in one namespace of a lab.

    An adapter gives kind, package, program, command(), config() and the questions below that raise
    NotImplementedError. A daemon that is started again has its config as it is now, and forgets the rest.
    """
    kind = ""
    package = ""  # Debian's
    programs = ()  # all must be there
    config_name = ""
    sends_med = None  # the MED of a route that was given none
    sends_link_local = False  # beside the global address in an IPv6 next hop: 32 octets
    rounds = 12  # of both sides dialing at once; fewer where one takes long
    forgets = False  # a connection that it has accepted, at times: then our OPEN waits in its socket unread
    words_of_another_configuration = None  # its log's of Cease/6, where it says so only while it is down
    stop_seconds = 5  # that it may take to end on SIGTERM
    noise = None  # lines of its log with this are not shown

    def __init__(self, lab, side, role):
        self.lab = lab
        self.side = side
        self.role = role
        self.process = None
        self.folder = os.path.join(lab.folder, f"{side}-{self.kind}")
        self.log_path = os.path.join(self.folder, "log")
        self._log_start = 0  # of the process that runs now
        self._wanted = False  # started, and neither stopped nor killed by us
        os.makedirs(self.folder, exist_ok=True)

    @classmethod
    def why_not(cls):
        """Why this daemon can't run here, or None."""
        for program in cls.programs:
            if shutil.which(program) is None:
                return f"no {program} (Debian package {cls.package})"
        return None

    # The process

    def command(self):
        raise NotImplementedError

    def config(self):
        raise NotImplementedError

    def start(self):
        if self.running:
            raise DaemonError(f"{self.kind} is running already")
        self._write_config()
        self._log_start = os.path.getsize(self.log_path) if os.path.exists(self.log_path) else 0
        self.process = self.lab.spawn(self.side, self.command(), self.log_path, cwd=self.folder)
        self._wanted = True
        self.wait_until_it_answers()

    def stop(self):
        """SIGTERM, as an init system does."""
        self._wanted = False
        if self.process is not None:
            self.lab.stop(self.process, self.stop_seconds)

    def kill(self):
        """SIGKILL: no goodbye."""
        self._wanted = False
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def signal(self, number):
        """To each of its processes."""
        own = str(self.process.pid)
        children = subprocess.run(["pgrep", "-P", own], capture_output=True, text=True, check=False).stdout.split()
        for pid in (own, *children):
            os.kill(int(pid), number)

    @property
    def running(self):
        return self.process is not None and self.process.poll() is None

    @property
    def ended_by_itself(self):
        """It crashed, or gave up."""
        return self._wanted and not self.running

    def wait_until_it_answers(self, seconds=30):
        until = time.monotonic() + seconds
        while not self.answers():
            if not self.running:
                raise DaemonError(f"{self.kind} ended with {self.process.returncode} at its start\n{self.tail()}")
            if time.monotonic() > until:
                raise DaemonError(f"{self.kind} doesn't answer after {seconds} s\n{self.tail()}")
            time.sleep(0.05)

    def answers(self):
        raise NotImplementedError

    # Questions

    def state(self):
        """The state of the session in RFC 4271's words; "down" where the daemon has no word or doesn't run."""
        raise NotImplementedError

    def received(self):
        """{prefix: Route} that it has from the neighbor now."""
        raise NotImplementedError

    def last_notification_received(self):
        """Notice or None."""
        raise NotImplementedError

    def heard_of_another_configuration(self):
        """Whether it was told Cease/6."""
        if self.words_of_another_configuration is not None:
            return self.words_of_another_configuration in self.log()
        return self.last_notification_received() == Notice(6, 6)

    def view(self):
        """What its own CLI shows of the session and of the routes, for people."""
        raise NotImplementedError

    def announced(self):
        """{prefix: Route} that the other side must have from it."""
        return routes.seen_from(self.role, self.role.routes, self.sends_med, self.sends_link_local)

    # Orders

    def originate(self, wanted):
        """Announces exactly these routes from now on."""
        raise NotImplementedError

    def announce(self, route):
        self.originate(self.role.routes + (route,))

    def withdraw(self, prefix):
        self.originate(tuple(route for route in self.role.routes if route.prefix != prefix))

    def shutdown(self):
        """Ends the session with Cease/2 and its shutdown_text, and keeps it down until resume()."""
        raise NotImplementedError

    def resume(self):
        raise NotImplementedError

    def reset(self):
        """Drops the session, whatever its state, and begins anew at once."""
        raise NotImplementedError

    def ask_for_routes(self):
        """Has the neighbor send its routes again (RFC 2918)."""
        raise NotImplementedError

    def hurry(self):
        """Does what shortens its wait before the next try, if it waits long."""

    @property
    def shutdown_text(self):
        return self.role.shutdown_text

    # For adapters and for those who read a failure

    def log(self):
        """What the process that runs now has logged."""
        if not os.path.exists(self.log_path):
            return ""
        with open(self.log_path, encoding="utf-8", errors="replace") as f:
            f.seek(self._log_start)
            return f.read()

    def tail(self, lines=40):
        if not os.path.exists(self.log_path):
            return f"--- {self.side} ({self.kind}): no log"
        with open(self.log_path, encoding="utf-8", errors="replace") as f:
            last = [line for line in f if self.noise is None or self.noise not in line][-lines:]
        return f"--- {self.side} ({self.kind}), the end of its log:\n{''.join(last)}"

    def _set_routes(self, wanted):
        self.role = dataclasses.replace(self.role, routes=tuple(wanted))

    def _write_config(self):
        path = self.config_path
        with open(path, "w", encoding="utf-8") as f:
            f.write(self.config())
        os.chmod(path, 0o644)

    @property
    def config_path(self):
        return os.path.join(self.folder, self.config_name)

    def _filled_template(self, **values):
        """The template of this daemon in peers/ with the role's values and these."""
        with open(os.path.join(PEERS, self.config_name), encoding="utf-8") as f:
            template = string.Template(f.read())
        plain = {f.name: getattr(self.role, f.name) for f in dataclasses.fields(self.role)}
        return template.substitute({**plain, **values})

    def _ask(self, *command, check=True):
        """Standard output of the daemon's own CLI."""
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=self.folder, timeout=20)
        if check and done.returncode != 0:
            raise DaemonError(f"{' '.join(command)}: exit {done.returncode}: {done.stdout}{done.stderr}\n{self.tail()}")
        return done.stdout
