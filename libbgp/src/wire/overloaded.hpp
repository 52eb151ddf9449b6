// wire/overloaded.hpp
//
// One visitor out of several lambdas, for std::visit. Private to the wire layer.
#pragma once

namespace bgp {

template <class... Functions>
struct Overloaded : Functions... {
  using Functions::operator()...;
};
template <class... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

}  // namespace bgp
