#include "talker.hpp"

#include <algorithm>

namespace bgp::test {

void Talker::on_established(Session& session, const SessionUp& up) {
  WatchedHandler::on_established(session, up);
  ++ups_;
  waiting_ = 3;
  end_of_rib_ = true;
  refresh_ = Refresh::None;
  session.want_write();
}

void Talker::on_route_refresh(Session& session, const RouteRefresh& refresh) {
  if (refresh.subtype != RefreshSubtype::Request) return;
  if (refresh_ == Refresh::None) refresh_ = Refresh::Begin;
  waiting_ += 3;
  session.want_write();
}

void Talker::on_writable(Session& session, UpdateWriter& writer) {
  const bool bordered = session.negotiated()->enhanced_route_refresh;
  // RFC 7313 4: no BoRR before our End-of-RIB
  if (refresh_ == Refresh::Begin && !end_of_rib_) {
    if (bordered && !writer.refresh_border(kIpv4Unicast, RefreshSubtype::BeginningOfRefresh)) return;
    refresh_ = Refresh::Routes;
  }
  if (!write_routes(session, writer)) return;
  if (refresh_ == Refresh::Routes) {
    if (bordered && !writer.refresh_border(kIpv4Unicast, RefreshSubtype::EndOfRefresh)) return;
    refresh_ = Refresh::None;
  }
  if (end_of_rib_ && writer.end_of_rib(kIpv4Unicast)) end_of_rib_ = false;
  if (refresh_ == Refresh::Begin) session.want_write();
}

bool Talker::write_routes(Session& session, UpdateWriter& writer) {
  constexpr std::uint64_t kAtOnce = 40;
  const Negotiated& terms = *session.negotiated();
  while (waiting_ > 0) {
    PathAttributes attributes;
    if (!terms.internal) attributes.as_path = AsPath::sequence({terms.local_asn});
    if (terms.internal) attributes.local_pref = 100;
    attributes.next_hop.address = *IpAddress::parse("192.0.2.1");
    attributes.med = static_cast<std::uint32_t>(next_route_);
    std::vector<Nlri> nlri;
    for (std::uint64_t i = 0; i < std::min(waiting_, kAtOnce); ++i) {
      const std::uint64_t route = (next_route_ + i) % 65536;
      const std::string text = "10." + std::to_string(route / 256) + "." + std::to_string(route % 256) + ".0/24";
      nlri.push_back(Nlri{*Prefix::parse(text)});
    }
    const std::size_t taken = writer.reach(kIpv4Unicast, attributes, nlri);
    next_route_ += taken;
    waiting_ -= taken;
    if (taken < nlri.size()) return false;
  }
  return true;
}

}  // namespace bgp::test
