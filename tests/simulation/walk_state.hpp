// One state of the walk: two Supervisors by their numbers, the connections between them with what is in flight, and
// what may still happen. Without padding, so that its octets are its value.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "simulation/walk.hpp"
#include "simulation/walk_speaker.hpp"

namespace bgp::test {

inline constexpr std::size_t kConnections = 4;  // two each way

/// A FIFO of up to eight inputs.
class Line {
 public:
  [[nodiscard]] bool empty() const { return bits_ == 0; }
  [[nodiscard]] Input front() const { return static_cast<Input>(bits_ & 15U); }
  void pop() { bits_ >>= 4U; }
  void clear() { bits_ = 0; }
  /// A KEEPALIVE behind a KEEPALIVE says nothing more.
  void push(Input input);

 private:
  std::uint32_t bits_ = 0;
};

/// One connection, with two of everything that its ends have; the first is A's.
struct Channel {
  enum End : std::uint8_t {
    Lives = 1,
    OpenSent = 2,
    OpenReceived = 4,
    KeepaliveSent = 8,
    KeepaliveReceived = 16,
    NotificationReceived = 32,
  };

  std::uint8_t used = 0;
  std::uint8_t dialer = 0;
  std::uint8_t arrived = 0;  ///< the other side has accepted it
  std::uint8_t unused = 0;
  std::array<SmallId, 2> id{};
  std::array<std::uint8_t, 2> end{};
  std::array<Line, 2> line{};  ///< on its way to that side
  std::array<Line, 2> held{};  ///< behind a held OPEN

  [[nodiscard]] bool is(std::size_t side, End what) const { return (end[side] & what) != 0; }
  void mark(std::size_t side, End what) { end[side] = static_cast<std::uint8_t>(end[side] | what); }
  void end_life(std::size_t side);
};

struct WalkState {
  std::array<std::uint32_t, 2> speaker{};
  std::array<Channel, kConnections> channels{};
  std::uint8_t timers = 0;  ///< that may still expire
  std::uint8_t losses = 0;
  std::array<std::uint8_t, 2> up{};

  [[nodiscard]] bool quiet() const;
};
static_assert(std::has_unique_object_representations_v<WalkState>);

/// Something that can happen next.
struct Choice {
  enum class Kind : std::uint8_t { Arrive, Vanish, Refuse, Deliver, Break, Timer, Wait };
  Kind kind{};
  std::uint8_t channel = 0;
  std::uint8_t side = 0;
};

/// Two speakers and the network between them: what can happen, and what comes of it.
class Product {
 public:
  explicit Product(const World& world);

  /// Both dial at once.
  [[nodiscard]] WalkState start();
  void choices(const WalkState& state, std::vector<Choice>& choices) const;

  struct Next {
    WalkState state;
    bool beyond = false;    ///< a third connection one way
    std::string violation;  ///< empty: all holds
  };
  [[nodiscard]] Next after(const WalkState& state, const Choice& choice);
  /// Nothing disturbs any more: messages arrive at once, timers expire in the order of one clock. Whether both sides
  /// come to the same connection.
  [[nodiscard]] bool converges(WalkState state);
  [[nodiscard]] bool agreed(const WalkState& state) const;

  [[nodiscard]] std::string say(const WalkState& state, const Choice& choice) const;
  [[nodiscard]] std::string say(const WalkState& state) const;
  [[nodiscard]] const Speakers& speakers(std::size_t side) const { return speakers_[side]; }

 private:
  [[nodiscard]] Next act(const WalkState& state, const Choice& choice);
  void deliver(Next& next, std::size_t channel, std::size_t side, Input input);
  void carry_out(Next& next, std::size_t side, const Step& step);
  void tell(Next& next, std::size_t side, const Told& told, std::vector<std::size_t>& resumed);
  void dial(Next& next, std::size_t side, SmallId id);
  void send(Next& next, std::size_t side, SmallId id, Input message);
  void close(Next& next, std::size_t side, const Told& told);
  void check_survivor(Next& next, std::size_t side, const Channel& loser);
  void rename(Next& next, std::size_t side, const Step& step);
  void check(Next& next);
  /// A connection that both ends know.
  [[nodiscard]] static bool survives(const WalkState& state);

  const World& world_;
  std::array<Speakers, 2> speakers_;
};

}  // namespace bgp::test
