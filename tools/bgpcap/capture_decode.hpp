// bgpcap/capture_decode.hpp
//
// bgpcap decode FILE: the messages of a capture as text or JSON.
#pragma once

#include <iosfwd>

#include "bgp/testing/capture.hpp"
#include "tools/bgpcap/decode.hpp"
#include "tools/bgpcap/filter.hpp"
#include "tools/bgpcap/given_terms.hpp"

namespace bgp::cap {

struct CaptureStyle {
  Form form = Form::Text;
  bool colors = false;
  GivenTerms given = {};  ///< of a capture
};

/// Writes every message that passes, in the order of the packets that completed it. As JSON a line about the capture
/// comes first. False when something in them would end a session.
bool decode_capture(const test::Capture& capture, const Filter& filter, const CaptureStyle& style, std::ostream& out);

}  // namespace bgp::cap
