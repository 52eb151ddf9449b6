// bgpcap/filter.hpp
//
// Which messages are asked for: by peer, type and prefix.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "bgp/testing/capture.hpp"
#include "bgp/wire/prefix.hpp"

namespace bgp::cap {

/// A message passes when for each kind of term that there is one of its terms fits.
class Filter {
 public:
  /// Adds "peer=192.0.2.1", "type=update" or "prefix=10.0.0.0/8", several with commas between. Gives what is wrong with
  /// it.
  [[nodiscard]] std::expected<void, std::string> add(std::string_view terms);

  [[nodiscard]] bool empty() const { return peers_.empty() && types_.empty() && prefixes_.empty(); }
  [[nodiscard]] bool asks_for_peers() const { return !peers_.empty(); }
  /// One end of the connection is a peer that is asked for.
  [[nodiscard]] bool passes(const test::CapturedConnection& connection) const;
  /// The message has the type, and an NLRI within the prefix (or that prefix itself), announced or withdrawn.
  [[nodiscard]] bool passes(const RawMessage& message, const DecodeContext& context) const;
  /// For what is no message: nothing but peers is asked for.
  [[nodiscard]] bool passes_others() const { return types_.empty() && prefixes_.empty(); }

 private:
  [[nodiscard]] bool within(const Prefix& prefix) const;

  std::vector<IpAddress> peers_;
  std::vector<MessageType> types_;
  std::vector<Prefix> prefixes_;
};

}  // namespace bgp::cap
