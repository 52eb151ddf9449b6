// bench/cost.hpp
//
// The time of two ways of doing the same, beside each other in one run, so that what else the machine does changes both
// alike.
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <limits>
#include <numeric>
#include <vector>

namespace bench {

/// Of this thread, so that a busy machine does not count.
inline double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// `work` gives a number that depends on all it did.
template <class Work>
double seconds_of(Work work) {
  const double before = cpu_seconds();
  std::uint64_t sum = work();
  benchmark::DoNotOptimize(sum);
  return cpu_seconds() - before;
}

/// What a way costs over all turns: the best that each turn took in any round, summed. A busy neighbour on the machine
/// only ever adds to a turn, so the best is what the code itself costs, and two runs agree.
class Cost {
 public:
  explicit Cost(std::size_t turns) : best_(turns, std::numeric_limits<double>::max()) {}

  template <class Work>
  double measure(std::size_t turn, Work work) {
    const double seconds = seconds_of(work);
    best_[turn] = std::min(best_[turn], seconds);
    return seconds;
  }
  [[nodiscard]] double seconds() const { return std::accumulate(best_.begin(), best_.end(), 0.0); }

 private:
  std::vector<double> best_;
};

/// Messages in one turn: a few, so that both ways of it meet the same machine.
inline constexpr std::size_t kTurn = 4096;

[[nodiscard]] constexpr std::size_t turns_of(std::size_t messages) { return (messages + kTurn - 1) / kTurn; }

/// Calls `turn` with the number, begin and end of each turn of `size` messages.
template <class Turn>
void in_turns(std::size_t size, Turn turn) {
  for (std::size_t begin = 0; begin < size; begin += kTurn) turn(begin / kTurn, begin, std::min(begin + kTurn, size));
}

}  // namespace bench
