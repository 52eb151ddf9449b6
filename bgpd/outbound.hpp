// bgpd/outbound.hpp
//
// What one neighbor is told: our networks with the attributes that it is to see (RFC 4271 5.1, 9.2), once when the
// session comes up, again whenever it asks (RFC 2918, RFC 7313), and each one that changes meanwhile. Writing stops
// where the send queue has no room and goes on there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "bgp/session/negotiation.hpp"
#include "bgp/session/update_writer.hpp"
#include "bgpd/config.hpp"
#include "bgpd/rib/route_list.hpp"

namespace bgp::daemon {

class Outbound {
 public:
  /// Both must outlive this.
  Outbound(const NeighborConfig& neighbor, const std::vector<NetworkConfig>& networks)
      : neighbor_(neighbor), networks_(networks) {}

  /// A session came up; `local` is our address of it. Forgets an earlier session. Gives the networks that cannot be
  /// told for want of a next hop of their family.
  [[nodiscard]] std::vector<Prefix> start(const Negotiated& negotiated, const IpAddress& local);
  /// The session is over: nobody is told anything.
  void stop();
  /// What the neighbor is told while the session is up.
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] RouteList routes() const;

  /// A network was added, changed or removed. Nothing while no session is up.
  void change(const Prefix& prefix);
  /// Any of them may have, or the neighbor's configuration: what is not as it was is told. Gives what start() does.
  [[nodiscard]] std::vector<Prefix> renew();
  /// The neighbor asks for a family again: it is told behind what waits. Nothing when it waits already.
  void refresh(Family family);

  /// A family that was told to its end.
  struct Told {
    Family family;
    std::size_t prefixes = 0;
    bool refresh = false;
  };
  /// What a write() achieved.
  struct Written {
    std::vector<Told> told;
    std::vector<Prefix> too_large;  ///< not told: their attributes do not fit a message
  };
  /// Writes as much as there is room for.
  [[nodiscard]] Written write(UpdateWriter& writer);

 private:
  /// Routes that differ in nothing but the prefix.
  struct Group {
    PathAttributes attributes;
    std::vector<Nlri> nlri;
  };
  using Groups = std::map<Family, std::vector<Group>>;
  /// One telling of a family, and how far it is.
  struct Pass {
    Family family;
    bool refresh = false;
    bool begun = false;
    std::size_t group = 0;
    std::size_t nlri = 0;
    std::size_t prefixes = 0;
  };

  [[nodiscard]] std::optional<PathAttributes> attributes_of(const NetworkConfig& network, const Negotiated& negotiated,
                                                            const IpAddress& local) const;
  [[nodiscard]] std::optional<IpAddress> next_hop_of(const NetworkConfig& network, const Negotiated& negotiated,
                                                     const IpAddress& local) const;
  [[nodiscard]] Groups groups_of_networks(std::vector<Prefix>& without_next_hop) const;
  void begin_again(Family family);
  void forget(const Prefix& prefix);
  void add(const NetworkConfig& network, const PathAttributes& attributes);
  [[nodiscard]] const PathAttributes* find(const Prefix& prefix) const;
  [[nodiscard]] bool tell_change(const Prefix& prefix, UpdateWriter& writer, Written& written);
  [[nodiscard]] bool advance(Pass& pass, UpdateWriter& writer, Written& written);

  const NeighborConfig& neighbor_;
  const std::vector<NetworkConfig>& networks_;
  std::optional<Negotiated> terms_;  // while a session is up
  IpAddress local_;
  Groups groups_;
  std::deque<Pass> passes_;
  std::deque<Prefix> changes_;  // told behind the passes
  bool borders_ = false;        // RFC 7313 was negotiated
};

}  // namespace bgp::daemon
