"""Every daemon that has an adapter, by its name on the command line."""
from daemon_bgpd import Bgpd
from peer_bird import Bird
from peer_exabgp import Exabgp
from peer_frr import Frr
from peer_gobgp import Gobgp
from peer_openbgpd import Openbgpd

KINDS = {daemon.kind: daemon for daemon in (Bird, Frr, Gobgp, Openbgpd, Exabgp, Bgpd)}
