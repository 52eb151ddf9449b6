// Plans: made by chance, made smaller, and shown.
#include <algorithm>
#include <array>

#include "bgp/testing/simulation.hpp"

namespace bgp::test {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Kind = Disturbance::Kind;

std::string text(Duration time) {
  std::string digits = std::to_string(std::chrono::duration<double>(time).count());
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
  return digits + " s";
}

template <class Value, std::size_t size>
Value pick(Random& random, const std::array<Value, size>& values) {
  return values[random.below(size)];
}

/// What both ends of a peering may differ in.
void vary(Random& random, PeerConfig& config, bool opening) {
  SessionAttributes& attributes = config.attributes;
  attributes.hold_time = pick(random, std::array<std::uint16_t, 8>{3, 3, 9, 9, 20, 30, 90, 4});
  if (random.one_in(3)) attributes.send_hold_time = seconds{attributes.hold_time + 1 + random.below(30)};
  if (random.one_in(opening ? 2 : 4)) {
    attributes.delay_open = true;
    attributes.delay_open_time = random.between(milliseconds{1}, seconds{3});
  }
  attributes.damp_peer_oscillations = !random.one_in(5);
  attributes.send_notification_without_open = !random.one_in(5);
  attributes.collision_detect_established = random.one_in(5);
  config.idle_hold.first = seconds{1 + random.below(5)};
  config.collision = random.one_in(4) ? CollisionPolicy::Rfc4271 : CollisionPolicy::HoldLoser;
  config.same_direction = random.one_in(4) ? SameDirection::Refuse : SameDirection::Newest;
  config.graceful_takeover = random.one_in(4) ? GracefulTakeover::Rfc4724 : GracefulTakeover::ValidOpen;
  if (random.one_in(3)) {
    config.graceful_restart = capability::GracefulRestart{false, random.one_in(2), 120, {{kIpv4Unicast, true}}};
  }
  config.enhanced_route_refresh = !random.one_in(4);
  config.extended_message = !random.one_in(3);
  config.max_input_pause = pick(random, std::array<Duration, 3>{seconds{10}, seconds{60}, seconds{600}});
  config.send_queue_octets = pick(random, std::array<std::size_t, 3>{100, 4096, 65536});
}

std::pair<PeerConfig, PeerConfig> random_peering(Random& random, bool opening) {
  const bool internal = random.one_in(6);
  const std::uint32_t other = internal ? 65001 : random.one_in(3) ? 4200000001 : 65002;
  std::pair<PeerConfig, PeerConfig> peering{brisk_speaker(65001, other), brisk_speaker(other, 65001)};
  auto& [a, b] = peering;
  a.local_identifier = {0x0a000000 + static_cast<std::uint32_t>(random.below(200)) + 1};
  b.local_identifier = {0x0a000000 + static_cast<std::uint32_t>(random.below(200)) + 1};
  const bool equal = a.local_identifier.value == b.local_identifier.value || random.one_in(8);
  if (equal && internal) b.local_identifier = {a.local_identifier.value + 1};  // RFC 6286 2.2
  if (equal && !internal) b.local_identifier = a.local_identifier;             // RFC 6286 2.3
  vary(random, a, opening);
  vary(random, b, opening);
  // a dead peer is found by the HoldTimer only: without one nobody may die
  if (random.one_in(10)) a.attributes.hold_time = 0;
  if (random.one_in(6)) (random.one_in(2) ? a : b).attributes.passive = true;
  if (random.one_in(10)) a.idle_refusal = b.idle_refusal = IdleRefusal::Rfc4486;
  return peering;
}

/// What sessions are made of: connections that open, collide and end.
Kind opening_kind(Random& random) {
  return pick(random,
              std::array<Kind, 12>{Kind::Start, Kind::Start, Kind::Stop, Kind::Reset, Kind::Crash, Kind::Recover,
                                   Kind::Break, Kind::Break, Kind::Break, Kind::Cut, Kind::Mend, Kind::Mend});
}

Disturbance random_disturbance(Random& random, std::size_t ends, bool may_die, bool opening) {
  constexpr std::array<Kind, 35> kKinds{
      Kind::Deafen,      Kind::Start,         Kind::Stop,          Kind::StopAutomatically,
      Kind::Reset,       Kind::Crash,         Kind::Recover,       Kind::Recover,
      Kind::Break,       Kind::Break,         Kind::Cut,           Kind::Cut,
      Kind::Mend,        Kind::Mend,          Kind::Mend,          Kind::StopReading,
      Kind::StopReading, Kind::ResumeReading, Kind::ResumeReading, Kind::ResumeReading,
      Kind::Write,       Kind::Write,         Kind::Write,         Kind::Refresh,
      Kind::Garbage,     Kind::Garbage,       Kind::Intrude,       Kind::Start,
      Kind::Start,       Kind::Recover,       Kind::Break,         Kind::Pause,
      Kind::Pause,       Kind::Resume,        Kind::Resume};
  Disturbance d;
  d.kind = opening ? opening_kind(random) : pick(random, kKinds);
  if (d.kind == Kind::Crash && !may_die) d.kind = Kind::Break;
  d.end = random.below(ends);
  if (d.kind == Kind::Write) d.amount = 1 + random.below(random.one_in(3) ? 3000 : 30);
  if (d.kind == Kind::Garbage) d.amount = random.below(36);
  if (d.kind == Kind::Intrude) d.amount = random.below(20000);
  return d;
}

/// From nothing to half a minute; short ones as often as long ones.
Duration random_pause(Random& random) {
  switch (random.below(4)) {
    case 0: return random.between(Duration::zero(), milliseconds{2});
    case 1: return random.between(Duration::zero(), milliseconds{200});
    case 2: return random.between(Duration::zero(), seconds{3});
    default: return random.between(Duration::zero(), seconds{30});
  }
}

}  // namespace

bool operator==(const Plan& x, const Plan& y) {
  const auto same = [](const LinkConditions& a, const LinkConditions& b) {
    return a.least == b.least && a.most == b.most && a.window == b.window && a.chunked == b.chunked &&
           a.edges == b.edges && a.lateness == b.lateness;
  };
  return x.seed == y.seed && x.peerings == y.peerings && same(x.conditions, y.conditions) && x.jitter == y.jitter &&
         x.disturbances == y.disturbances && x.busy == y.busy && x.converges == y.converges;
}

PeerConfig brisk_speaker(std::uint32_t local_asn, std::uint32_t remote_asn) {
  PeerConfig config;
  config.local_asn = local_asn;
  config.local_identifier = {local_asn};
  config.remote_asn = remote_asn;
  config.attributes.hold_time = 9;
  config.attributes.connect_retry_time = seconds{10};
  config.attributes.large_hold_time = seconds{30};
  config.idle_hold = {seconds{2}, seconds{20}, seconds{60}};
  return config;
}

Plan random_plan(std::uint64_t seed, std::size_t disturbances) {
  Random random(seed);
  Plan plan;
  plan.seed = seed;
  const bool opening = random.one_in(3);
  plan.peerings.push_back(random_peering(random, opening));
  if (random.one_in(8)) plan.peerings.push_back(random_peering(random, opening));
  plan.conditions.most =
      pick(random, std::array<Duration, 4>{milliseconds{1}, milliseconds{50}, milliseconds{50}, milliseconds{900}});
  plan.conditions.window = pick(random, std::array<std::size_t, 4>{20, 300, 4096, 65536});
  plan.conditions.chunked = random.one_in(2);
  plan.conditions.edges = pick(random, std::array<std::uint64_t, 3>{0, 6, 20});
  if (random.one_in(4)) plan.conditions.lateness = milliseconds{1};
  plan.jitter = !random.one_in(4);
  bool may_die = true;
  for (const auto& [a, b] : plan.peerings) {
    if (a.attributes.hold_time == 0 || b.attributes.hold_time == 0) may_die = false;
    if (a.idle_refusal == IdleRefusal::Rfc4486) plan.converges = false;
  }
  Duration at{};
  for (std::size_t i = 0; i < disturbances; ++i) {
    Disturbance d = random_disturbance(random, plan.peerings.size() * 2, may_die, opening);
    at += random_pause(random);
    d.at = at;
    plan.disturbances.push_back(d);
    // more than a Session and its socket take, and time for its HoldTimer to be extended
    if (d.kind == Kind::Pause && random.one_in(4)) {
      plan.disturbances.push_back({Kind::Write, d.end ^ 1U, at, 40000});
      at += random.between(seconds{5}, seconds{90});
    }
  }
  plan.busy = at + random_pause(random);
  return plan;
}

Duration convergence_bound(const Plan& plan) {
  Duration bound{};
  for (const auto& [a, b] : plan.peerings) {
    for (const PeerConfig* config : {&a, &b}) {
      const SessionAttributes& attributes = config->attributes;
      const Duration longest = std::max<Duration>({attributes.large_hold_time, attributes.connect_retry_time,
                                                   config->idle_hold.longest, seconds{attributes.hold_time}});
      bound = std::max(bound, longest);
    }
  }
  // a connection whose other end is gone is noticed, and two rounds of back-off may miss each other
  return 4 * bound + seconds{10};
}

// --- Making it smaller

Plan shrink(const Plan& plan, Invariant invariant, int tries) {
  Plan best = plan;
  const auto fails = [&](const Plan& smaller) {
    if (--tries < 0) return false;
    const Outcome outcome = simulate(smaller);
    return outcome.violation && outcome.violation->invariant == invariant;
  };
  const auto attempt = [&](auto&& change) {
    Plan smaller = best;
    change(smaller);
    if (!(smaller == best) && fails(smaller)) best = std::move(smaller);
  };
  attempt([](Plan& p) { p.peerings.resize(1); });
  attempt([](Plan& p) { p.jitter = false; });
  attempt([](Plan& p) { p.conditions = {}; });
  attempt([](Plan& p) { p.conditions.chunked = false; });
  attempt([](Plan& p) { p.conditions.edges = 0; });
  attempt([](Plan& p) { p.conditions.lateness = {}; });
  // pieces of half the length, a quarter, ...
  for (std::size_t piece = (best.disturbances.size() + 1) / 2; piece > 0; piece /= 2) {
    for (std::size_t from = 0; from < best.disturbances.size();) {
      const std::size_t before = best.disturbances.size();
      attempt([&](Plan& p) {
        const auto first = p.disturbances.begin() + static_cast<std::ptrdiff_t>(from);
        const auto count = static_cast<std::ptrdiff_t>(std::min(piece, before - from));
        p.disturbances.erase(first, first + count);
      });
      if (best.disturbances.size() == before) from += piece;
    }
  }
  attempt([](Plan& p) { p.busy = p.disturbances.empty() ? Duration::zero() : p.disturbances.back().at; });
  return best;
}

// --- Showing it

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::Start: return "Start";
    case Kind::Stop: return "Stop";
    case Kind::StopAutomatically: return "StopAutomatically";
    case Kind::Reset: return "Reset";
    case Kind::Crash: return "Crash";
    case Kind::Recover: return "Recover";
    case Kind::Break: return "Break";
    case Kind::Cut: return "Cut";
    case Kind::Deafen: return "Deafen";
    case Kind::Mend: return "Mend";
    case Kind::StopReading: return "StopReading";
    case Kind::ResumeReading: return "ResumeReading";
    case Kind::Pause: return "Pause";
    case Kind::Resume: return "Resume";
    case Kind::Write: return "Write";
    case Kind::Refresh: return "Refresh";
    case Kind::Garbage: return "Garbage";
    case Kind::Intrude: return "Intrude";
  }
  return "unknown disturbance";
}

std::string to_string(const Disturbance& d) {
  std::string shown = "t = " + text(d.at) + ": " + std::string(to_string(d.kind)) + " at " + std::to_string(d.end);
  if (d.amount != 0) shown += ", " + std::to_string(d.amount);
  return shown;
}

std::string to_string(const Plan& plan) {
  std::string shown = "seed " + std::to_string(plan.seed) + (plan.jitter ? ", jitter" : "") +
                      (plan.conditions.chunked ? ", chunks" : "") + (plan.conditions.edges != 0 ? ", edges" : "") +
                      ", window " + std::to_string(plan.conditions.window) + "\n";
  for (std::size_t i = 0; i < plan.peerings.size() * 2; ++i) {
    const PeerConfig& c = i % 2 == 0 ? plan.peerings[i / 2].first : plan.peerings[i / 2].second;
    const SessionAttributes& a = c.attributes;
    shown += "  " + std::to_string(i) + ": AS " + std::to_string(c.local_asn) + " " + to_string(c.local_identifier) +
             ", hold time " + std::to_string(a.hold_time) + (a.passive ? ", passive" : "") +
             (a.delay_open ? ", delays its OPEN by " + text(a.delay_open_time) : "") +
             (a.damp_peer_oscillations ? "" : ", undamped") + (c.graceful_restart ? ", graceful restart" : "") +
             (a.collision_detect_established ? ", collisions in Established" : "") +
             (c.collision == CollisionPolicy::Rfc4271 ? ", the letter of 6.8" : "") + "\n";
  }
  for (const Disturbance& d : plan.disturbances) shown += "  " + to_string(d) + "\n";
  return shown + "  t = " + text(plan.busy) + ": everything is mended\n";
}

}  // namespace bgp::test
