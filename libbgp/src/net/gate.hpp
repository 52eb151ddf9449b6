// The gate that everything of a peer goes through: turns run one at a time, and none once it is shut.
//
// It is what lets a Speaker be destroyed on any thread, whether or not the peers' executors still run: shut() waits for
// the turn that is under way on another thread, and asks nothing of an executor. On the thread of a turn (from inside a
// callback) shut() doesn't wait: the turn ends by itself, and looks at open() after everything that may have shut it.
#pragma once

#include <mutex>
#include <utility>

namespace bgp::net {

class Gate {
 public:
  Gate() = default;
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;

  /// Runs `turn`, alone, unless the gate is shut.
  template <class Turn>
  void enter(Turn&& turn) {
    const std::lock_guard lock(mutex_);
    if (open_) std::forward<Turn>(turn)();
  }

  /// Shuts the gate and runs `last` as the last turn, unless it was shut before.
  template <class Last>
  void shut(Last&& last) {
    const std::lock_guard lock(mutex_);
    if (!std::exchange(open_, false)) return;
    std::forward<Last>(last)();
  }

  /// To be asked from inside a turn.
  [[nodiscard]] bool open() const { return open_; }

 private:
  std::recursive_mutex mutex_;
  bool open_ = true;
};

}  // namespace bgp::net
