// testing/capture_terms.hpp
//
// How the messages of a captured connection are to be read: by its OPENs, and where they are missing by what fits.
#pragma once

#include <span>

#include "bgp/testing/capture.hpp"

namespace bgp::test {

/// Puts terms to both sides of every connection.
void find_terms(std::span<CapturedConnection> connections, std::span<const CapturedItem> items);

}  // namespace bgp::test
