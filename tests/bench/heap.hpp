// bench/heap.hpp
//
// How much of the heap is in use: every operator new of the process counts.
#pragma once

#include <cstddef>

/// Octets as the allocator rounds them.
[[nodiscard]] std::size_t heap_octets();
