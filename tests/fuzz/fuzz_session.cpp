// A whole Session with any configuration, fed with any octets, starts, stops, connections, losses and time, in any
// order: the invariants of docs/architecture.md hold after each. The first octets choose the configuration.
#include <algorithm>

#include "bgp/session/session.hpp"
#include "bgp/wire/bytes.hpp"
#include "fuzz/choice.hpp"
#include "fuzz/target.hpp"
#include "session/probe.hpp"

namespace bgp::fuzz {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using test::Probe;

PeerConfig config_by(Reader& in) {
  PeerConfig config = test::session_config();
  const std::uint16_t bits = in.u16();
  const auto bit = [bits](int n) { return (bits >> n & 1) != 0; };
  config.attributes.passive = bit(0) && bit(1);
  config.attributes.delay_open = bit(2);
  config.attributes.damp_peer_oscillations = !bit(3);
  config.attributes.send_notification_without_open = !bit(4);
  config.attributes.collision_detect_established = bit(5);
  config.collision = bit(6) ? CollisionPolicy::Rfc4271 : CollisionPolicy::HoldLoser;
  config.same_direction = bit(7) ? SameDirection::Refuse : SameDirection::Newest;
  config.graceful_takeover = bit(8) ? GracefulTakeover::Rfc4724 : GracefulTakeover::ValidOpen;
  config.idle_refusal = bit(9) ? IdleRefusal::Rfc4486 : IdleRefusal::SilentWhileDamped;
  config.capabilities = !bit(10);
  config.extended_message = !bit(11);
  config.four_octet_as = !bit(12);
  config.remote_asn = bit(13) ? 65001 : bit(14) ? 0 : 65002;
  if (bit(15)) config.local_identifier = {0x0a000009};  // as the ready OPEN's
  config.families = families_by(in.u8());
  const std::uint8_t more = in.u8();
  if (config.families.empty() || !config.capabilities) config.families = {kIpv4Unicast};
  if ((more & 1) != 0) config.required_families = {config.families.front()};
  if ((more & 2) != 0) config.graceful_restart = capability::GracefulRestart{false, (more & 4) != 0, 120, {}};
  for (const Family family : config.families) {
    if (config.graceful_restart) config.graceful_restart->families.push_back({family, false});
    if ((more & 8) != 0) config.add_path.push_back({family, capability::AddPath::Mode::Both});
  }
  if ((more & 16) != 0) config.attributes.hold_time = 3;
  if ((more & 32) != 0) config.attributes.hold_time = 0;
  if ((more & 64) != 0) config.minimum_hold_time = 10;
  if ((more & 128) != 0) {
    config.most_automatic_starts = 2;
    config.role_strict = bit(0);
    if (bit(0) || bit(1)) config.role = BgpRole::Peer;
  }
  return config;
}

/// The peer's OPEN as an octet chooses it.
Bytes ready_open(std::uint8_t choice) {
  OpenMessage open = test::peer_open();
  if ((choice & 1) != 0) open.identifier = {0x0a000001};
  if ((choice & 2) != 0) open.hold_time = 0;
  if ((choice & 4) != 0) {
    open.capabilities.emplace_back(capability::GracefulRestart{false, (choice & 8) != 0, 60, {{kIpv4Unicast, true}}});
  }
  if ((choice & 16) != 0) open.capabilities.emplace_back(capability::ExtendedMessage{});
  if ((choice & 32) != 0) open.capabilities.emplace_back(capability::Multiprotocol{kIpv6Unicast});
  if ((choice & 64) != 0) open.capabilities.clear();
  if ((choice & 128) != 0) {
    open.capabilities.emplace_back(capability::Role{BgpRole::Peer});
    open.capabilities.emplace_back(capability::AddPath{{{kIpv4Unicast, capability::AddPath::Mode::Both}}});
  }
  return encode_open(open);
}

class Life {
 public:
  explicit Life(Reader& in) : in_(in), probe_(config_by(in), Jitter(in.u8())) {
    probe_.write = [](UpdateWriter& writer) { (void)writer.end_of_rib(kIpv4Unicast); };
  }

  void live() {
    while (!in_.empty()) {
      step();
      probe_.attend();
      check();
    }
  }

 private:
  void step() {
    switch (in_.u8() % 16) {
      case 0: probe_.start(); break;
      case 1: probe_.session.stop(Stop::shutdown("bye"), probe_.now); break;
      case 2: probe_.session.reset(Stop::reset(), probe_.now); break;
      case 3: probe_.session.stop_automatically({cease::kOutOfResources, {}, false}, probe_.now); break;
      case 4:
        if (attempt()) probe_.connect();
        break;
      case 5:
        if (attempt()) probe_.lose(probe_.dialed);
        break;
      case 6:
        if (probe_.wires.size() < 64) (void)probe_.accept();
        break;
      case 7:
        if (const auto id = wire()) probe_.lose(*id);
        break;
      case 8:
        if (const auto id = wire()) probe_.wires[*id].window = in_.u8();
        break;
      case 9: probe_.advance(milliseconds{in_.u16()}); break;
      case 10: probe_.advance(seconds{in_.u8()}); break;
      case 11: receive(in_.bytes(std::min<std::size_t>(in_.u8(), in_.remaining()))); break;
      case 12: receive_framed(); break;
      case 13: receive(ready_open(in_.u8())); break;
      case 14: receive(test::kKeepalive); break;
      default: ask(in_.u8());
    }
  }

  void ask(std::uint8_t choice) {
    probe_.want_write();
    (void)probe_.session.request_refresh(kIpv4Unicast);
    if ((choice & 1) != 0) probe_.session.set_reading(!probe_.session.reading(), probe_.now);
  }

  /// As a driver reads: what there is room for, and word of the rest, which is lost here.
  void receive(BytesView octets) {
    const auto id = wire();
    if (!id) return;
    const std::size_t room = probe_.session.read_room(*id, probe_.now);
    const BytesView read = octets.first(std::min(octets.size(), room));
    if (!read.empty()) probe_.receive(*id, Bytes(read.begin(), read.end()));
    if (read.size() < octets.size()) probe_.session.input_waits(*id, probe_.now);
  }

  void receive_framed() {
    const auto type = static_cast<MessageType>(in_.u8());
    const BytesView body = in_.bytes(std::min<std::size_t>(in_.u8(), in_.remaining()));
    receive(framed(type, Bytes(body.begin(), body.end())));
  }

  /// One of the open connections.
  std::optional<ConnectionId> wire() {
    std::vector<ConnectionId> open;
    for (const auto& [id, wire] : probe_.wires) {
      if (wire.open && !wire.closed && !wire.lost) open.push_back(id);
    }
    if (open.empty()) return std::nullopt;
    return open[open.size() == 1 ? 0 : in_.u8() % open.size()];
  }

  bool attempt() {
    const auto wire = probe_.wires.find(probe_.dialed);
    return wire != probe_.wires.end() && !wire->second.open && !wire->second.closed && !wire->second.lost;
  }

  void check() {
    const Session& session = probe_.session;
    require(probe_.ups - probe_.downs == (session.state() == State::Established ? 1 : 0), "up and down alternate");
    require((session.negotiated() != nullptr) == (session.state() == State::Established), "terms while it is up");
    int established = 0;
    int alive = 0;
    for (const auto& [id, wire] : probe_.wires) {
      const bool over = wire.closed || wire.lost;
      established += session.state(id) == State::Established ? 1 : 0;
      alive += over ? 0 : 1;
      require(over == (session.state(id) == State::Idle), "a connection is known as long as it lives");
      check_sent(id, wire);
    }
    require(established <= 1, "one session a peer");
    require(alive <= 3, "one outgoing, one incoming, one just accepted");
    require(session.started() || (alive == 0 && !session.poll_timeout()), "nothing goes on in a stopped one");
    require(!session.poll_timeout() || *session.poll_timeout() > probe_.now, "what is due was done");
    if (session.started() && !session.poll_timeout()) {
      require((session.state() == State::Active && session.config().attributes.passive) ||
                  session.state() >= State::OpenConfirm,
              "only a passive one, or one without hold time, waits for ever");
    }
  }

  void check_sent(ConnectionId id, const Probe::Wire& wire) {
    if (wire.sent.empty()) return;
    const auto types = probe_.sent_types(id);
    if (types.empty()) return;
    require(types[0] == MessageType::Open || types[0] == MessageType::Notification, "an OPEN comes first");
    const auto notifications = std::ranges::count(types, MessageType::Notification);
    require(notifications == 0 || (notifications == 1 && wire.closed && types.back() == MessageType::Notification),
            "one NOTIFICATION at most, and nothing behind it");
    require(std::ranges::count(types, MessageType::Open) == (types[0] == MessageType::Open ? 1 : 0), "one OPEN");
  }

  Reader& in_;
  Probe probe_;
};

}  // namespace

void run(BytesView input) {
  if (input.size() < 8 || input.size() > 2048) return;
  Reader in(input);
  {
    Reader copy(input);
    if (!problems(config_by(copy)).empty()) return;
  }
  Life(in).live();
}

}  // namespace bgp::fuzz
