#include "bgpd/control/events.hpp"

#include <utility>
#include <vector>

namespace bgp::daemon {

std::uint64_t Events::watch(Watcher watcher) {
  watchers_.emplace(++last_, std::move(watcher));
  return last_;
}

void Events::publish(const boost::json::object& event) {
  // a watcher may take itself off the list
  std::vector<std::uint64_t> numbers;
  for (const auto& [number, watcher] : watchers_) numbers.push_back(number);
  for (const std::uint64_t number : numbers) {
    const auto found = watchers_.find(number);
    if (found == watchers_.end()) continue;
    const Watcher watcher = found->second;
    watcher(event);
  }
}

}  // namespace bgp::daemon
