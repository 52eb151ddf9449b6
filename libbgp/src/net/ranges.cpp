#include "ranges.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace bgp::net {
namespace {

bool fits(const PeerRange& range, const Endpoints& endpoints) {
  const Prefix& prefix = range.prefix;
  const bool contains =
      endpoints.remote.is_v4() == prefix.address().is_v4() && Prefix(endpoints.remote, prefix.length()) == prefix;
  return contains && (!range.peer.local_address || *range.peer.local_address == endpoints.local);
}

}  // namespace

void Ranges::add(PeerRange options, PeerFactory factory) {
  const auto range = std::make_shared<Range>();
  range->options = std::move(options);
  range->factory = std::move(factory);
  const std::lock_guard lock(mutex_);
  const bool taken = std::ranges::any_of(ranges_, [&](const auto& other) {
    return other->options.prefix == range->options.prefix &&
           other->options.peer.local_address == range->options.peer.local_address;
  });
  if (taken) throw std::invalid_argument("peers of " + to_string(range->options.prefix) + " are accepted already");
  ranges_.push_back(range);
}

std::vector<std::optional<IpAddress>> Ranges::remove(const Prefix& prefix) {
  std::vector<std::optional<IpAddress>> locals;
  const std::lock_guard lock(mutex_);
  std::erase_if(ranges_, [&](const auto& range) {
    const bool removed = range->options.prefix == prefix;
    if (removed) locals.push_back(range->options.peer.local_address);
    return removed;
  });
  return locals;
}

std::shared_ptr<Range> Ranges::match(const Endpoints& endpoints) const {
  const std::lock_guard lock(mutex_);
  std::shared_ptr<Range> longest;
  for (const auto& range : ranges_) {
    const bool longer = !longest || range->options.prefix.length() > longest->options.prefix.length();
    if (longer && fits(range->options, endpoints)) longest = range;
  }
  return longest;
}

}  // namespace bgp::net
