#include "bgpd/two_sessions.hpp"

#include <stdexcept>
#include <utility>

#include "bgpd/log_lines.hpp"

namespace bgp::daemon {

void ScriptedNeighbor::hear(std::string line) {
  heard.push_back(std::move(line));
  if (on_line) on_line(heard.back());
}

void ScriptedNeighbor::on_update(Session&, const UpdateView& update) {
  for (const UnreachableGroup& group : update.unreachable()) {
    for (const Nlri& nlri : group.nlri) hear("withdraw " + to_string(nlri));
  }
  for (const ReachableGroup& group : update.reachable()) {
    const std::string attributes = attributes_text(update.path_attributes(group));
    for (const Nlri& nlri : group.nlri) hear("announce " + route_text(nlri, attributes));
  }
  if (const auto family = update.end_of_rib()) hear("end-of-rib " + to_string(*family));
}

void ScriptedNeighbor::on_route_refresh(Session&, const RouteRefresh& refresh) {
  hear("refresh " + to_string(refresh));
}

void ScriptedNeighbor::on_writable(Session&, UpdateWriter& writer) {
  while (!to_tell.empty()) {
    to_tell.front()(writer);
    to_tell.pop_front();
  }
}

void ScriptedNeighbor::on_down(Session&, const SessionDown& down) {
  if (down.received != nullptr) notifications.push_back(*down.received);
}

namespace {

std::string configuration(const TwoSessionsOptions& options) {
  return "[global]\nasn = 65001\nrouter_id = \"10.0.0.1\"\n" + options.networks + "[[neighbor]]\naddress = \"" +
         (options.ipv6_session ? "2001:db8:ffff::2" : "192.0.2.2") +
         "\"\nfamilies = [\"ipv4-unicast\", \"ipv6-unicast\"]\nremote_asn = " + (options.internal ? "65001" : "65002") +
         "\n" + options.neighbor_keys;
}

PeerConfig neighbor_config(const TwoSessionsOptions& options) {
  PeerConfig config;
  config.local_asn = options.internal ? 65001 : 65002;
  config.local_identifier = *BgpIdentifier::parse("10.0.0.2");
  config.remote_asn = 65001;
  config.attributes.passive = true;
  config.families = options.neighbor_families;
  config.extended_message = options.neighbor_extended_message;
  if (options.neighbor_extended_next_hop) {
    config.extended_next_hop = capability::ExtendedNextHop{{{kIpv4Unicast, Afi::Ipv6}}};
  }
  config.graceful_restart = options.neighbor_restart;
  if (options.neighbor_sends_paths) config.add_path = {{kIpv4Unicast, capability::AddPath::Mode::Send}};
  return config;
}

}  // namespace

TwoSessions::TwoSessions(TwoSessionsOptions options)
    : options_(std::move(options)), config_(load_config(configuration(options_), "test")), log_(options_.level, text_) {
  if (!config_.problems.empty()) throw std::invalid_argument(config_.problems.front());
  const NeighborConfig& neighbor = config_.config.neighbors.front();
  PeerConfig session = neighbor.peer.session;
  session.send_queue_octets = options_.send_queue_octets;
  networks_ = std::make_unique<Networks>(config_.config.networks);
  peering_ = std::make_unique<Peering>(neighbor, networks_->list(), log_);
  networks_->on_change([this](const Prefix& prefix) {
    peering_->change(prefix);
    ours_->want_write();
  });
  ours_ = std::make_unique<Session>(session, *peering_);
  theirs_ = std::make_unique<Session>(neighbor_config(options_), neighbor_);
}

void TwoSessions::establish() {
  theirs_->start(now_);
  ours_->start(now_);
  settle();
  while (ours_->state() != State::Established) {  // a back-off that runs is waited for
    now_ = ours_->poll_timeout().value();
    theirs_->handle_timeout(now_);
    ours_->handle_timeout(now_);
    settle();
  }
}

void TwoSessions::tell(std::function<void(UpdateWriter&)> write) {
  neighbor_.to_tell.push_back(std::move(write));
  theirs_->want_write();
  settle();
}

void TwoSessions::inject(const Bytes& octets) {
  ours_->received(our_connection_, octets, now_);
  settle();
}

void TwoSessions::settle() {
  while (carry_out(*ours_) || carry_out(*theirs_) || move(*ours_, our_connection_, *theirs_, their_connection_) ||
         move(*theirs_, their_connection_, *ours_, our_connection_)) {
  }
}

void TwoSessions::cut(std::string_view detail) {
  ours_->disconnected(std::exchange(our_connection_, {}), detail, now_);
  theirs_->disconnected(std::exchange(their_connection_, {}), detail, now_);
  settle();
}

bool TwoSessions::carry_out(Session& session) {
  const auto command = session.poll_command();
  if (!command) return false;
  const IpAddress ours = *IpAddress::parse(options_.ipv6_session ? "2001:db8:ffff::1" : "192.0.2.1");
  const IpAddress theirs = *IpAddress::parse(options_.ipv6_session ? "2001:db8:ffff::2" : "192.0.2.2");
  if (const auto* dial = std::get_if<command::Dial>(&*command)) {
    our_connection_ = dial->connection;
    their_connection_ =
        theirs_->accepted({.local = theirs, .local_port = 179, .remote = ours, .remote_port = 50000}, now_);
    ours_->connected(our_connection_, {.local = ours, .local_port = 50000, .remote = theirs, .remote_port = 179}, now_);
    return true;
  }
  const auto& close = std::get<command::Close>(*command);
  const bool by_us = &session == ours_.get();
  if (close.connection != (by_us ? our_connection_ : their_connection_)) return true;
  Session& other = by_us ? *theirs_ : *ours_;
  const ConnectionId other_id = std::exchange(by_us ? their_connection_ : our_connection_, {});
  (by_us ? our_connection_ : their_connection_) = {};
  other.received(other_id, close.farewell, now_);
  other.disconnected(other_id, "connection closed by the peer", now_);
  return true;
}

bool TwoSessions::move(Session& from, ConnectionId from_id, Session& to, ConnectionId to_id) {
  std::array<BytesView, 16> buffers;
  const std::size_t count = from.transmit_buffers(from_id, buffers);
  Bytes octets;
  for (std::size_t i = 0; i < count; ++i) octets.insert(octets.end(), buffers[i].begin(), buffers[i].end());
  if (octets.empty()) return false;
  from.transmitted(from_id, octets.size(), now_);
  to.received(to_id, octets, now_);
  return true;
}

std::vector<std::string> TwoSessions::log_lines() const {
  std::vector<std::string> lines;
  std::istringstream in(text_.str());
  for (std::string line; std::getline(in, line);) lines.push_back(line.substr(line.find(' ') + 1));
  return lines;
}

std::vector<std::string> TwoSessions::said(std::string_view start) const {
  std::vector<std::string> lines;
  for (const std::string& line : log_lines()) {
    const std::size_t behind = line.find("peer ");
    const std::string text = behind == std::string::npos ? line : line.substr(line.find(": ", behind) + 2);
    if (text.starts_with(start)) lines.push_back(text);
  }
  return lines;
}

}  // namespace bgp::daemon
