#include "simulation/walk.hpp"

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include "simulation/walk_state.hpp"

namespace bgp::test {

namespace {

constexpr std::uint32_t kNone = ~std::uint32_t{0};

/// Every state once, in the order in which it was found, with the way to it.
class Found {
 public:
  struct Origin {
    std::uint32_t parent = kNone;
    Choice choice;
  };

  [[nodiscard]] std::size_t size() const { return states_.size(); }
  [[nodiscard]] const WalkState& operator[](std::size_t i) const { return states_[i]; }
  [[nodiscard]] const Origin& origin(std::size_t i) const { return origins_[i]; }

  void add(const WalkState& state, const Origin& origin) {
    if (2 * (states_.size() + 1) > places_.size()) grow();
    std::uint32_t& place = places_[place_of(state)];
    if (place != kNone) return;
    place = static_cast<std::uint32_t>(states_.size());
    states_.push_back(state);
    origins_.push_back(origin);
  }

 private:
  // open addressing; the states themselves are compared
  [[nodiscard]] std::size_t place_of(const WalkState& state) const {
    const std::size_t mask = places_.size() - 1;
    std::size_t place = hash(state) & mask;
    while (places_[place] != kNone && std::memcmp(&states_[places_[place]], &state, sizeof state) != 0) {
      place = (place + 1) & mask;
    }
    return place;
  }

  static std::size_t hash(const WalkState& state) {
    static_assert(sizeof(WalkState) % 4 == 0);
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const std::uint32_t word : std::bit_cast<std::array<std::uint32_t, sizeof(WalkState) / 4>>(state)) {
      hash = (hash ^ word) * 0x9e3779b97f4a7c15;
      hash ^= hash >> 32U;
    }
    return hash;
  }

  void grow() {
    places_.assign(std::max<std::size_t>(2 * places_.size(), 1024), kNone);
    for (std::size_t i = 0; i < states_.size(); ++i) places_[place_of(states_[i])] = static_cast<std::uint32_t>(i);
  }

  std::vector<WalkState> states_;
  std::vector<Origin> origins_;
  std::vector<std::uint32_t> places_;
};

std::string story(Product& product, const Found& found, std::uint32_t last, const Choice& choice,
                  const WalkState& end) {
  std::vector<std::uint32_t> way;
  for (std::uint32_t i = last; i != kNone; i = found.origin(i).parent) way.push_back(i);
  std::ranges::reverse(way);
  std::string text = "\n  start: " + product.say(found[0]);
  for (std::size_t i = 0; i < way.size(); ++i) {
    const bool is_last = i + 1 == way.size();
    const Choice& made = is_last ? choice : found.origin(way[i + 1]).choice;
    const WalkState& after = is_last ? end : found[way[i + 1]];
    text += "\n  " + product.say(found[way[i]], made) + " -> " + product.say(after);
  }
  return text;
}

}  // namespace

WalkReport walk(const World& world, std::uint64_t most_states, unsigned most_seconds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{most_seconds};
  Product product(world);
  Found found;
  WalkReport report;
  found.add(product.start(), {});
  std::vector<Choice> choices;
  std::size_t level_ends = 1;
  std::size_t i = 0;
  for (; i < found.size() && found.size() <= most_states && report.violation.empty(); ++i) {
    if (i == level_ends) {
      ++report.depth;
      level_ends = found.size();
    }
    if (i % 4096 == 0 && std::chrono::steady_clock::now() > end) break;
    const WalkState state = found[i];
    if (state.quiet()) ++report.quiet;
    product.choices(state, choices);
    for (const Choice& choice : choices) {
      ++report.edges;
      const Product::Next next = product.after(state, choice);
      if (!next.violation.empty()) {
        const auto parent = static_cast<std::uint32_t>(i);
        report.violation = next.violation + story(product, found, parent, choice, next.state);
        break;
      }
      if (next.beyond) {
        ++report.beyond;
      } else {
        found.add(next.state, {static_cast<std::uint32_t>(i), choice});
      }
    }
  }
  report.states = found.size();
  report.complete = i == found.size() && report.violation.empty();
  report.supervisors = {product.speakers(0).size(), product.speakers(1).size()};
  return report;
}

}  // namespace bgp::test
