// bgpcap/given_terms.hpp
//
// What the command line says of the sessions in a capture, whatever their OPENs do.
#pragma once

#include <string>
#include <vector>

#include "bgp/testing/capture.hpp"
#include "tools/bgpcap/context.hpp"

namespace bgp::cap {

struct GivenTerms {
  /// The values of what was given.
  Context context;
  bool as_width = false;
  bool kind_of_peer = false;  ///< internal, external, or of a confederation
  bool families = false;
  bool add_path = false;
  bool extended_next_hop = false;
  bool multiple_labels = false;
  bool enhanced_refresh = false;

  /// In words: "AS numbers of 2 octets". Empty when nothing was given.
  [[nodiscard]] std::vector<std::string> words() const;
  /// Puts them in place of what the OPENs say, and of what was taken from the messages.
  void apply(test::CapturedTerms& terms) const;
};

}  // namespace bgp::cap
