// wire/text.hpp
//
// The layer's own name for its escaping.
#pragma once

#include "bgp/wire/text.hpp"
