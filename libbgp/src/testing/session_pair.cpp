#include "bgp/testing/session_pair.hpp"

namespace bgp::test {

void Witness::on_update(Session&, const UpdateView& update) {
  for (const ReachableGroup& group : update.reachable()) {
    for (const Nlri& nlri : group.nlri) received.push_back(to_string(nlri));
  }
}

void SessionPair::start(std::size_t side, Duration after) {
  network_.clock().at(now() + after, [this, side] { network_.start(side); });
}

}  // namespace bgp::test
