"""Every daemon that has an adapter, by its name on the command line."""
from daemon_bgpd import Bgpd
from peer_bird import Bird
from peer_frr import Frr

KINDS = {daemon.kind: daemon for daemon in (Bird, Frr, Bgpd)}
