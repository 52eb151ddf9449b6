// bgpcap/verdict.hpp
//
// Why a connection of a capture ended: who, by which rule, where it shows, and what to change.
#pragma once

#include <string>
#include <vector>

#include "tools/bgpcap/story.hpp"

namespace bgp::cap {

struct Verdict {
  std::string ended_by;  ///< who, and what that end says or does
  std::string rule;      ///< "RFC 4271 6.5"
  std::size_t frame = 0;
  std::string remedy;
  std::string short_form;  ///< for a table: "6/2 by 192.0.2.1"
};

/// `all`: the stories of the same capture, among which may be the other one of two connections.
[[nodiscard]] Verdict verdict_on(const Story& story, const std::vector<Story>& all, const test::Capture& capture);

/// "90 s", "1.5 s", "250 ms".
[[nodiscard]] std::string seconds_text(Time time);

}  // namespace bgp::cap
