// The Supervisors of one side of the walk, as values: each behaviour once, by a number, and what each input makes of
// it.
//
// Two Supervisors that behave alike are made equal first: times count from now, ids from 1 in their order, counters
// that nothing reads are 0. Then they are compared in full, so that no fingerprint decides what has been seen.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "bgp/session/supervisor.hpp"

namespace bgp::test {

/// What can happen to a Supervisor in the walk. Those up to Fails also travel on a connection.
enum class Input : std::uint8_t {
  None,
  Acked,  ///< the connection that was dialed is open
  Open,
  Keepalive,
  CollisionCease,  ///< a NOTIFICATION 6/7
  Notification,    ///< any other one
  Fails,           ///< the connection's end
  Accepted,        ///< a connection of the peer
  Timer,           ///< the nearest timer
  Wait,            ///< a second without one
};

[[nodiscard]] std::string_view to_string(Input input);

/// A canonical ConnectionId, or one that was given out in this step.
using SmallId = std::uint8_t;
inline constexpr std::size_t kMaxIds = 32;

/// An effect, as far as the walk cares.
struct Told {
  enum class Kind : std::uint8_t { Dial, SendOpen, SendKeepalive, Close, Resume, Up, Down };
  Kind kind{};
  SmallId id = 0;
  Input said = Input::None;  ///< the NOTIFICATION of a Close
};

struct Step {
  std::uint32_t speaker = 0;  ///< what it is from now on
  std::vector<Told> told;
  SmallId accepted = 0;
  std::array<SmallId, kMaxIds> ids{};  ///< from those that `told` uses to those of the new speaker; 0: unknown now
};

class Speakers {
 public:
  Speakers(const PeerConfig& ours, const PeerConfig& theirs);

  /// A new one that was started.
  [[nodiscard]] Step start();
  [[nodiscard]] const Step& take(std::uint32_t speaker, Input input, SmallId id);
  /// Time passes, in which no timer of its expires.
  [[nodiscard]] std::uint32_t later(std::uint32_t speaker, Duration time);

  [[nodiscard]] const Supervisor& at(std::uint32_t speaker) const { return speakers_[speaker]; }
  /// How long until the nearest timer; empty when none runs.
  [[nodiscard]] std::optional<Duration> until_timer(std::uint32_t speaker) const;
  /// Whether a second without a timer changes what it does: just Established, or just refused a connection.
  [[nodiscard]] bool minds_a_second(std::uint32_t speaker) const;
  /// The invariant that this one violates by itself; empty when none.
  [[nodiscard]] const std::string& fault(std::uint32_t speaker) const { return faults_[speaker]; }
  [[nodiscard]] std::size_t size() const { return speakers_.size(); }
  /// "OpenSent OpenConfirm(held)".
  [[nodiscard]] std::string describe(std::uint32_t speaker) const;

 private:
  [[nodiscard]] Step step(Supervisor supervisor, Input input, SmallId id);
  [[nodiscard]] Step result(const Supervisor& supervisor, TimePoint now, const Effects& effects);
  [[nodiscard]] Supervisor canonical(const Supervisor& supervisor, TimePoint now,
                                     std::array<SmallId, kMaxIds>& ids) const;
  [[nodiscard]] std::uint32_t number_of(Supervisor supervisor);
  [[nodiscard]] std::string judge(const Supervisor& supervisor) const;

  std::shared_ptr<const PeerConfig> config_;
  PackedOpen their_open_;
  SharedValue<Negotiated> terms_;
  std::vector<Supervisor> speakers_;
  std::vector<std::string> faults_;
  std::unordered_multimap<std::uint64_t, std::uint32_t> numbers_;  // by fingerprint
  std::unordered_map<std::uint64_t, Step> steps_;                  // by speaker, input and id
};

}  // namespace bgp::test
