// A handler that announces as many routes as it is told to, answers ROUTE-REFRESH with BoRR, routes, EoRR, and ends its
// first table with End-of-RIB.
#pragma once

#include <cstdint>

#include "bgp/testing/properties.hpp"

namespace bgp::test {

class Talker final : public WatchedHandler {
 public:
  explicit Talker(Properties& properties) : WatchedHandler(properties) {}

  /// Has `routes` more to announce; the Session is to be told want_write().
  void say(std::uint64_t routes) { waiting_ += routes; }
  [[nodiscard]] std::uint64_t ups() const { return ups_; }

  void on_established(Session& session, const SessionUp& up) override;
  void on_route_refresh(Session& session, const RouteRefresh& refresh) override;
  void on_writable(Session& session, UpdateWriter& writer) override;

 private:
  bool write_routes(Session& session, UpdateWriter& writer);

  enum class Refresh : std::uint8_t { None, Begin, Routes };
  std::uint64_t ups_ = 0;
  std::uint64_t waiting_ = 0;
  std::uint64_t next_route_ = 0;
  bool end_of_rib_ = false;  // to be sent behind the routes
  Refresh refresh_ = Refresh::None;
};

}  // namespace bgp::test
