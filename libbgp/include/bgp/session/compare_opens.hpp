// bgp/session/compare_opens.hpp
//
// Offline: what would two speakers agree on that send these two OPENs to each other, and why not more? Values; no
// thread rules.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/session/negotiation.hpp"
#include "bgp/wire/open.hpp"

namespace bgp BGP_EXPORT {

/// One thing that two speakers can agree on.
struct NegotiationItem {
  std::string feature;  ///< "session", "hold time", "ipv4-unicast", "add-path ipv6-unicast to first", ...
  bool agreed = false;
  std::string reason;  ///< in words: what it is, or why it is not

  friend bool operator==(const NegotiationItem&, const NegotiationItem&) = default;
};

/// What compare_opens() found. `first` and `second` are the terms as each of the two sees them; what they are worth,
/// the item "session" says: it comes first.
struct NegotiationReport {
  std::vector<NegotiationItem> items;
  Negotiated first;
  Negotiated second;

  /// Whether a session would come up, as far as the OPENs alone decide it.
  [[nodiscard]] bool session() const { return !items.empty() && items.front().agreed; }
  /// The item of that feature; null when neither speaker brings it up.
  [[nodiscard]] const NegotiationItem* find(std::string_view feature) const;

  friend bool operator==(const NegotiationReport&, const NegotiationReport&) = default;
};

/// Compares the OPENs of two speakers, `first` and `second` in the words of the report. Configuration that no OPEN
/// shows (an expected AS, required capabilities, strict roles) is not known here.
[[nodiscard]] NegotiationReport compare_opens(const OpenMessage& first, const OpenMessage& second);

/// A line for each item: "yes  hold time: 90 s, the smaller of 90 and 180".
[[nodiscard]] std::string to_string(const NegotiationReport& report);

}  // namespace bgp BGP_EXPORT
