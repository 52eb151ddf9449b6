#include "bgpd/peering.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "bgp/wire/framer.hpp"
#include "bgpd/control/event_views.hpp"
#include "bgpd/log_lines.hpp"
#include "bgpd/reload.hpp"

namespace bgp::daemon {

namespace {

std::string joined(const std::vector<Prefix>& prefixes) {
  std::string text;
  for (const Prefix& prefix : prefixes) text.append(text.empty() ? "" : " ").append(to_string(prefix));
  return text;
}

std::string prefixes(std::size_t count) { return counted(count, "prefix", "prefixes"); }

bool is_loopback(const IpAddress& address) {
  const BytesView octets = address.octets();
  if (address.is_v4()) return octets.front() == 127;
  return octets.back() == 1 && std::ranges::count(octets, 0) == 15;
}

// How long a neighbor that is up again may take to its End-of-RIB: RFC 4724 4.2 allows a bound of our own.
constexpr std::chrono::minutes kUntilEndOfRib{6};

}  // namespace

Peering::Peering(NeighborConfig neighbor, const std::vector<NetworkConfig>& networks, Log& log)
    : neighbor_(std::move(neighbor)),
      log_(log),
      prefix_("peer " + to_string(neighbor_.peer.remote_address) + ": "),
      outbound_(neighbor_, networks) {}

bool Peering::configure(NeighborConfig neighbor) {
  neighbor_ = std::move(neighbor);
  return peer_asn_ != 0 && !is_right(peer_asn_);
}

void Peering::renew() { log_left_out(outbound_.renew()); }

void Peering::record_to(Recording* recording) {
  recording_ = recording;
  if (recording_ != nullptr && peer_asn_ != 0) recording_->local_address(local_);
}

bool Peering::is_right(std::uint32_t asn) const {
  const auto& right = neighbor_.remote_asns;
  return right.empty() || std::ranges::find(right, asn) != right.end();
}

// RFC 4271 6.2, where several AS numbers are right
std::optional<Notification> Peering::on_open(Session&, const OpenReceived& received) {
  if (is_right(received.negotiated.peer_asn)) return std::nullopt;
  return Notification{ErrorCode::OpenMessage, open_error::kBadPeerAs, {}};
}

void Peering::on_established(Session& session, const SessionUp& up) {
  log(LogLevel::Info, established_text(up));
  // configure() came between the OPEN and now
  if (!is_right(up.negotiated.peer_asn)) return session.reset(kOtherConfiguration, up.time);
  local_ = up.endpoints.local;
  peer_asn_ = up.negotiated.peer_asn;
  if (recording_ != nullptr) recording_->local_address(local_);
  const std::vector<Family> preserved = preserved_families(up.negotiated);
  const std::size_t dropped = adj_rib_in_.resume(preserved);
  std::vector<Retention> stale;
  for (const Family family : preserved) {
    if (adj_rib_in_.stale(family) > 0) stale.push_back({family, up.time, up.time + kUntilEndOfRib});
  }
  keep_stale(std::move(stale));
  if (dropped > 0 || adj_rib_in_.size() > 0) {
    log(LogLevel::Info,
        "adj-rib-in: " + prefixes(adj_rib_in_.size()) + " kept as stale, " + std::to_string(dropped) + " dropped");
  }
  log_left_out(outbound_.start(up.negotiated, local_));
  session.want_write();
}

void Peering::log_left_out(const std::vector<Prefix>& left_out) {
  if (left_out.empty()) return;
  log(LogLevel::Warning,
      "not announced for want of a next hop (the session's own address is of the other family; "
      "set next_hop_ipv4 or next_hop_ipv6): " +
          joined(left_out));
}

void Peering::on_update(Session&, const UpdateView& update) {
  if (update.error_count() > 0) log_malformed(update);
  // RFC 4271 4.3: what one UPDATE withdraws and announces is announced
  for (const UnreachableGroup& group : update.unreachable()) {
    for (const Nlri& nlri : group.nlri) withdraw(group.family, nlri);
  }
  for (const ReachableGroup& group : update.reachable()) take(update, group);
  if (const auto family = update.end_of_rib()) {
    log(LogLevel::Info, "end-of-rib " + to_string(*family));
    log_and_tell_withdrawn(*family, adj_rib_in_.end_of_rib(*family));
    log_size(*family);
  }
}

void Peering::take(const UpdateView& update, const ReachableGroup& group) {
  const auto attributes = std::make_shared<const PathAttributes>(update.path_attributes(group));
  if (const auto unusable = why_unusable(update.context(), *attributes)) {
    for (const Nlri& nlri : group.nlri) {
      if (log_.writes(unusable->level)) log(unusable->level, "ignored " + to_string(nlri) + ": " + unusable->reason);
      withdraw(group.family, nlri);  // it took the place of what the neighbor said before (RFC 4271 9.1)
    }
    return;
  }
  const bool writes = log_.writes(LogLevel::Info);
  const std::string text = writes ? attributes_text(*attributes) : std::string();
  for (const Nlri& nlri : group.nlri) {
    if (writes) log(LogLevel::Info, "received " + route_text(nlri, text));
    adj_rib_in_.announce(group.family, nlri, attributes);
    if (is_watched()) events_->publish(route_event(neighbor_, group.family, nlri, attributes.get()));
  }
}

std::optional<Peering::Unusable> Peering::why_unusable(const DecodeContext& context,
                                                       const PathAttributes& attributes) const {
  // RFC 4271 6.3: a next hop that is ourselves is a semantic error: log, ignore the route, keep the session
  if (attributes.next_hop.address == local_) {
    return Unusable{LogLevel::Warning, "next hop " + to_string(local_) + " is our own address (RFC 4271 6.3)"};
  }
  // RFC 4271 6.3: likewise a loopback address, which is this machine's wherever it stands; between peers on one machine
  // it is as good as another
  if (is_loopback(attributes.next_hop.address) && !is_loopback(local_)) {
    return Unusable{LogLevel::Warning,
                    "next hop " + to_string(attributes.next_hop.address) + " is a loopback address (RFC 4271 6.3)"};
  }
  // RFC 4271 9.1.2: a route that passed through our AS is no route, and nothing is wrong with hearing of it
  if (context.local_asn != 0 && attributes.as_path.contains(context.local_asn)) {
    return Unusable{LogLevel::Debug, "our AS " + std::to_string(context.local_asn) + " stands in as-path " +
                                         to_string(attributes.as_path) + " (RFC 4271 9.1.2)"};
  }
  return std::nullopt;
}

void Peering::withdraw(Family family, const Nlri& nlri) {
  if (adj_rib_in_.withdraw(family, nlri)) log_and_tell_withdrawn(family, {nlri});
}

void Peering::log_and_tell_withdrawn(Family family, const std::vector<Nlri>& nlri) {
  const bool writes = log_.writes(LogLevel::Info);
  for (const Nlri& one : nlri) {
    if (writes) log(LogLevel::Info, "withdrawn " + to_string(one));
    if (is_watched()) events_->publish(route_event(neighbor_, family, one, nullptr));
  }
}

void Peering::log_size(Family family) {
  log(LogLevel::Info, "adj-rib-in " + to_string(family) + ": " + prefixes(adj_rib_in_.size(family)));
}

// RFC 7606 6: malformed attributes are logged with the NLRI and the whole message
void Peering::log_malformed(const UpdateView& update) {
  if (!log_.writes(LogLevel::Warning)) return;
  std::string text = "malformed UPDATE: ";
  std::string_view separator;
  for (const UpdateError& error : update.errors()) {
    text.append(std::exchange(separator, "; ")).append(to_string(error));
  }
  if (const std::size_t more = update.error_count() - update.errors().size(); more > 0) {
    text += " and " + std::to_string(more) + " more";
  }
  for (const UnreachableGroup& group : update.unreachable()) {
    for (const Nlri& nlri : group.nlri) text += " unreachable " + to_string(nlri);
  }
  for (const ReachableGroup& group : update.reachable()) {
    for (const Nlri& nlri : group.nlri) text += " reachable " + to_string(nlri);
  }
  log(LogLevel::Warning, text + " message " + hex_of_message(last_update_));
}

void Peering::on_route_refresh(Session& session, const RouteRefresh& refresh) {
  log(LogLevel::Info, "route-refresh " + to_string(refresh));
  switch (refresh.subtype) {
    case RefreshSubtype::Request:
      outbound_.refresh(refresh.family);
      session.want_write();
      break;
    case RefreshSubtype::BeginningOfRefresh: adj_rib_in_.begin_refresh(refresh.family); break;
    case RefreshSubtype::EndOfRefresh:
      log_and_tell_withdrawn(refresh.family, adj_rib_in_.end_refresh(refresh.family));
      log_size(refresh.family);
      break;
  }
}

void Peering::on_writable(Session&, UpdateWriter& writer) {
  const Outbound::Written written = outbound_.write(writer);
  if (!written.too_large.empty()) {
    log(LogLevel::Error,
        "not announced, for the attributes do not fit a message (RFC 4271 9.2): " + joined(written.too_large));
  }
  for (const Outbound::Told& told : written.told) {
    log(LogLevel::Info, "sent " + to_string(told.family) + ": " + prefixes(told.prefixes) +
                            (told.refresh ? ", as asked by route-refresh" : ", end-of-rib"));
  }
}

void Peering::on_down(Session&, const SessionDown& down) {
  log(LogLevel::Info, down_text(down, last_detail_));
  outbound_.stop();
  peer_asn_ = 0;
  const std::size_t dropped = adj_rib_in_.lose_session(down.retained);
  log(LogLevel::Info, "adj-rib-in: " + prefixes(dropped) + " dropped" +
                          (adj_rib_in_.size() > 0 ? ", " + std::to_string(adj_rib_in_.size()) + " kept as stale" : ""));
  keep_stale(down.retention);
}

void Peering::keep_stale(std::vector<Retention> stale) {
  stale_ = std::move(stale);
  if (stale_.empty() || !wake_at_) return;
  wake_at_(std::ranges::min(stale_, {}, &Retention::until).until);
}

// RFC 4724 4.2: the neighbor did not come back, or did not tell its routes again, in time
void Peering::expire_stale(TimePoint now) {
  std::vector<Retention> rest;
  for (const Retention& retention : std::exchange(stale_, {})) {
    if (retention.until > now) {
      rest.push_back(retention);
      continue;
    }
    const std::vector<Nlri> dropped = adj_rib_in_.end_of_rib(retention.family);
    if (dropped.empty()) continue;
    log(LogLevel::Info,
        "stale for too long " + to_string(retention.family) + ": " + prefixes(dropped.size()) + " dropped");
    log_and_tell_withdrawn(retention.family, dropped);
  }
  keep_stale(std::move(rest));
}

void Peering::on_state_change(Session&, const StateChange& change) {
  log(LogLevel::Info, state_change_text(change));
  if (is_watched()) events_->publish(state_event(neighbor_, change));
  last_detail_ = change.detail;
  if (recording_ != nullptr) recording_->state_change(change);
  if (change.event == EventId::UpdateMsgErr) {
    log(LogLevel::Warning, "malformed UPDATE: message " + hex_of_message(last_update_));
  }
}

void Peering::on_message(Session& session, Travel travel, ConnectionId connection, const RawMessage& message) {
  if (recording_ != nullptr) recording_->message(travel, connection, message, session.now());
  if (travel == Travel::Received && message.type == MessageType::Update) {
    last_update_.assign(message.octets.begin(), message.octets.end());
  }
}

}  // namespace bgp::daemon
