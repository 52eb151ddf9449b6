// Alone in knowing where this tree lies: what is compiled in one place can be taken from a compiler cache in another.

#include "support/data.hpp"

namespace bgp {

std::string tree_file(const std::string& path) { return std::string(BGP_TREE) + "/" + path; }

bool has_extra_data() { return !std::string(BGP_EXTRA_DATA).empty(); }

std::string extra_data(const std::string& path) { return std::string(BGP_EXTRA_DATA) + "/" + path; }

}  // namespace bgp
