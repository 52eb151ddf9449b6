// bgpcap/explain.hpp
//
// bgpcap sessions: a table; bgpcap explain: the story of each session in words.
#pragma once

#include <iosfwd>

#include "tools/bgpcap/filter.hpp"

namespace bgp::cap {

/// A row for each connection.
void print_sessions(const test::Capture& capture, const Filter& filter, std::ostream& out);

/// A paragraph for each connection: what was seen, in order; at its end who ended it, the RFC, the frame, what to
/// change.
void print_explanations(const test::Capture& capture, const Filter& filter, std::ostream& out);

}  // namespace bgp::cap
