# shellcheck shell=bash
# tools/demo --peer: our bgpd (A, AS 65001, 10.99.0.1) and a real daemon (B, AS 65002, 10.99.0.2), each in a network
# namespace of its own with a veth pair between. Sourced by tools/demo, after demo_steps.sh.

namespace_us=libbgp-demo-$$-us
namespace_peer=libbgp-demo-$$-peer

# Not "ip -n" and "ip netns exec": those remount /, which a chroot forbids.
inside() {
  local namespace=$1
  shift
  nsenter --net="/run/netns/$namespace" -- "$@"
}

make_namespaces() {
  local namespace
  for namespace in "$namespace_us" "$namespace_peer"; do
    ip netns add "$namespace"
    inside "$namespace" ip link set lo up
  done
  inside "$namespace_us" ip link add veth0 type veth peer name veth0 netns "$namespace_peer"
  inside "$namespace_us" ip addr add 10.99.0.1/24 dev veth0
  inside "$namespace_us" ip addr add 2001:db8:99::1/64 dev veth0 nodad
  inside "$namespace_peer" ip addr add 10.99.0.2/24 dev veth0
  inside "$namespace_peer" ip addr add 2001:db8:99::2/64 dev veth0 nodad
  inside "$namespace_us" ip link set veth0 up
  inside "$namespace_peer" ip link set veth0 up
}

remove_namespaces() {
  ip netns del "$namespace_us" 2>/dev/null || true
  ip netns del "$namespace_peer" 2>/dev/null || true
}

write_bird_config() {
  cat >"$work/bird.conf" <<'END'
log stderr all;
router id 10.99.0.2;
protocol device { }
protocol static networks4 { ipv4; route 203.0.113.0/24 blackhole { bgp_community.add((65002, 100)); }; }
protocol static networks6 { ipv6; route 2001:db8:b::/48 blackhole; }
protocol bgp libbgp {
  local 10.99.0.2 as 65002;
  neighbor 10.99.0.1 as 65001;
  hold time 9;
  connect delay time 1;
  connect retry time 2;
  ipv4 { import all; export all; };
  ipv6 { import all; export all; next hop address 2001:db8:99::2; };
}
END
}

start_bird() {
  write_bird_config
  start B nsenter --net="/run/netns/$namespace_peer" -- bird -f -c "$work/bird.conf" -s "$work/bird.ctl" -P "$work/bird.pid"
}

ask_bird() { inside "$namespace_peer" birdc -s "$work/bird.ctl" "$@" | tail -n +2; }

bird_session() { ask_bird show protocols libbgp; }
bird_routes() { ask_bird show route protocol libbgp all; }

write_frr_config() {
  cat >"$work/frr.conf" <<'END'
frr defaults traditional
log stdout informational
router bgp 65002
 bgp router-id 10.99.0.2
 bgp log-neighbor-changes
 no bgp ebgp-requires-policy
 no bgp network import-check
 neighbor 10.99.0.1 remote-as 65001
 neighbor 10.99.0.1 timers 3 9
 neighbor 10.99.0.1 timers connect 2
 neighbor 10.99.0.1 advertisement-interval 0
 address-family ipv4 unicast
  network 203.0.113.0/24
 exit-address-family
 address-family ipv6 unicast
  network 2001:db8:b::/48
  neighbor 10.99.0.1 activate
  neighbor 10.99.0.1 route-map next_hop out
 exit-address-family
exit
route-map next_hop permit 10
 set ipv6 next-hop global 2001:db8:99::2
exit
END
}

start_frr() {
  write_frr_config
  # Without zebra (-Z): it installs no route anywhere. -S: stays the user that started it.
  start B nsenter --net="/run/netns/$namespace_peer" -- /usr/lib/frr/bgpd -Z -S -n -P 0 -f "$work/frr.conf" \
    -i "$work/frr.pid" --vty_socket "$work" --log stdout
}

ask_frr() { inside "$namespace_peer" vtysh --vty_socket "$work" -c "$1"; }

frr_session() { ask_frr "show bgp neighbors 10.99.0.1" | grep -E 'BGP neighbor is|BGP state'; }
frr_routes() {
  ask_frr "show bgp ipv4 unicast 192.0.2.0/24"
  ask_frr "show bgp ipv6 unicast 2001:db8:a::/48"
}

# expect_peer SECONDS COMMAND [WHAT REGEX]...: the peer's own command line says all of it in time, and is shown
expect_peer() {
  local command=$2 said until=$((SECONDS + $1)) i
  shift 2
  local expected=("$@")
  for ((i = 0; i < $#; i += 2)); do
    until said=$("$command" 2>&1) && grep -qE -- "${expected[i + 1]}" <<<"$said"; do
      if ((SECONDS > until)); then
        printf '%s\n' "$said"
        fail "${expected[i]}: the peer's command line doesn't say so in time"
      fi
      sleep 0.2
    done
    happened+=("${expected[i]}")
  done
  printf '%s\n' "$said"
}

ours_and_a_real_one() {
  local kind=$1 name shutdown
  case $kind in
    bird) name=BIRD shutdown='Received: Administrative shutdown' ;;
    frr) name=FRR shutdown='6/2 \(Cease/Administrative Shutdown\)' ;;
  esac
  make_namespaces
  write_config A 1 10.99.0 179 <<'END'
[[network]]
prefix = "192.0.2.0/24"
communities = ["65001:100"]

[[network]]
prefix = "2001:db8:a::/48"
END

  headline "bgpd (A, AS 65001, 10.99.0.1) and $name (B, AS 65002, 10.99.0.2), each in a network namespace"
  "start_$kind"
  start A nsenter --net="/run/netns/$namespace_us" -- "$bgpd" --config "$work/A.toml"
  expect A 30 "A: Established" 'peer 10\.99\.0\.2: established'
  expect A 20 "A has $name's IPv4 route" 'peer 10\.99\.0\.2: received 203\.0\.113\.0/24'
  expect A 20 "A has $name's IPv6 route" 'peer 10\.99\.0\.2: received 2001:db8:b::/48'

  headline "What $name's own command line says of the session"
  expect_peer 10 "${kind}_session" "$name: Established" Established
  headline "What it says of our routes"
  expect_peer 10 "${kind}_routes" "$name has our IPv4 route" '192\.0\.2\.0/24' \
    "$name has our IPv6 route" '2001:db8:a::/48'

  headline "A is told to stop (SIGTERM)"
  stop A
  expect B 10 "$name was told why" "$shutdown"
}
