// json/truth.hpp
//
// A message as another decoder shows it (tshark, in the truth files of BGP_EXTRA_DATA), compared with the form of
// bgp::json.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "bgp/wire/framer.hpp"
#include "bgp/wire/update.hpp"

namespace bgp::corpus {

/// What differs, and how much was compared: a comparison that looks at nothing proves nothing.
struct Comparison {
  std::vector<std::string> differences;
  std::size_t values = 0;
};

/// Compares every field of `truth` (open, update, notification or refresh) with the message's JSON. Left out: how
/// capabilities are spread over parameters, and values that the truth gives no field.
[[nodiscard]] Comparison compare(const boost::json::object& truth, const RawMessage& message,
                                 const DecodeContext& context);

}  // namespace bgp::corpus
