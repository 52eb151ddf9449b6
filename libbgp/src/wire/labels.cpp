// wire/labels.cpp
//
// Label stacks for people.
#include "bgp/wire/labels.hpp"

namespace bgp {

std::string to_string(const LabelStack& labels) {
  std::string text;
  for (const std::uint32_t label : labels) {
    if (!text.empty()) text += '/';
    text += std::to_string(label);
  }
  return text;
}

}  // namespace bgp
