// support/data.hpp
//
// Where the files are that tests read.
#pragma once

#include <string>

namespace bgp {

/// A file of this tree, by its path from the top: "docs/fsm-table.md".
std::string tree_file(const std::string& path);

/// Is there a folder of captures and vectors from outside the tree (the CMake variable BGP_EXTRA_DATA)?
bool has_extra_data();

/// A file of that folder.
std::string extra_data(const std::string& path);

}  // namespace bgp
