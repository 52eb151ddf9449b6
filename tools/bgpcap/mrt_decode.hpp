// bgpcap/mrt_decode.hpp
//
// bgpcap decode FILE where the file is MRT: as text, JSON, or lines like bgpdump's.
#pragma once

#include <iosfwd>

#include "bgp/result.hpp"
#include "tools/bgpcap/capture_decode.hpp"
#include "tools/bgpcap/filter.hpp"

namespace bgp::cap {

/// Messages, changes of state and routes, one after the other. `err` is told of octets at the end that are no record.
/// False when there are some.
bool decode_mrt(BytesView file, const Filter& filter, const CaptureStyle& style, std::ostream& out, std::ostream& err);

}  // namespace bgp::cap
