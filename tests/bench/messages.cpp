#include "messages.hpp"

#include <iterator>

namespace bench {

bgp::DecodeContext session(bool internal) {
  bgp::DecodeContext context;
  context.internal = internal;
  context.families = {bgp::kIpv4Unicast, bgp::kIpv6Unicast};
  return context;
}

void Messages::add(bgp::BytesView body) {
  octets_.insert(octets_.end(), body.begin(), body.end());
  ends_.push_back(octets_.size());
  const auto view = bgp::decode_update(body, context_);
  if (!view) return;
  const auto count = [](const bgp::NlriView& nlri) {
    return static_cast<std::size_t>(std::distance(nlri.begin(), nlri.end()));
  };
  for (const auto& group : view->unreachable()) prefixes_ += count(group.nlri);
  for (const auto& group : view->reachable()) prefixes_ += count(group.nlri);
}

}  // namespace bench
