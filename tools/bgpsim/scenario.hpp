// bgpsim/scenario.hpp
//
// Timed scenarios of whole sessions as data: what tests/data/fsm/scenarios.md describes, read from JSON lines.
// player.hpp plays them, and compare.hpp says what differs. Values; no thread rules.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bgp/result.hpp"
#include "bgp/session/config.hpp"
#include "bgp/session/state.hpp"
#include "bgp/session/timers.hpp"

namespace bgp::sim {

/// Something that a session shows to the outside.
struct ScenarioOutput {
  enum class Kind : std::uint8_t {
    Transmit,  ///< a message left
    Close,     ///< we end an open transport
    Abandon,   ///< we end an attempt whose transport never opened
    Dial,
    Up,
    Down,
    Deliver,  ///< a message was given to the owner of routes
  };

  Kind kind{};
  std::string connection{};               ///< "A", "B", "C"
  std::string message{};                  ///< of Transmit and Deliver: "OPEN", "UPDATE", ...
  std::optional<std::uint8_t> code{};     ///< of a NOTIFICATION; absent in an expectation: any
  std::optional<std::uint8_t> subcode{};  ///< likewise
  std::optional<Bytes> data{};            ///< likewise
  std::optional<bool> retained{};         ///< of Down: routes are kept; absent in an expectation: either

  /// Whether the owner of routes sees it, and not the peer.
  [[nodiscard]] bool seen_by_handler() const { return kind == Kind::Up || kind == Kind::Down || kind == Kind::Deliver; }
  /// Whether `shown` is what this expectation asks for.
  [[nodiscard]] bool matches(const ScenarioOutput& shown) const;
};

[[nodiscard]] std::string to_string(const ScenarioOutput& output);

/// What happens to the session in a step.
struct ScenarioInput {
  enum class Kind : std::uint8_t {
    Start,
    Stop,
    AutoStart,  ///< the session starts again by itself
    AutoStop,
    Timer,      ///< a timer is due, and fires because the clock gets there
    Connected,  ///< our attempt succeeds
    Accepted,   ///< the peer's connection is accepted
    Lost,       ///< the attempt fails, or the peer or the network ends the transport
    Receive,
    Race,  ///< octets can be read in the instant in which a timer fires
    Advance,
    TransmitBlocked,  ///< the peer stops reading
    SendUpdate,       ///< the owner of routes has something to send
  };

  Kind kind{};
  std::string connection;
  std::string text;                     ///< of Stop: the shutdown communication
  std::optional<std::uint8_t> subcode;  ///< of Stop and AutoStop
  std::optional<Timer> timer;           ///< of Timer
  bool spurious = false;                ///< of Timer: it does not run
  Bytes octets;                         ///< of Receive, Race and SendUpdate
  bool then_closed = false;             ///< of Receive: the transport ends right behind the octets
};

/// "A: rx 19 octets", "admin start": for people.
[[nodiscard]] std::string to_string(const ScenarioInput& input);

/// What a session must show after a step. What is not named may be anything, but for `out`, which is complete.
struct ScenarioExpectation {
  std::vector<std::pair<std::string, State>> states;
  std::vector<ScenarioOutput> out;
  std::vector<std::pair<Timer, std::optional<Duration>>> timers;  ///< time left; empty = not running
  std::optional<std::uint32_t> counter;
};

struct ScenarioStep {
  Duration at{};             ///< since the start
  std::string fsm;           ///< the connection whose timers are meant
  std::optional<int> event;  ///< the RFC's number of what changes its state
  ScenarioInput input;
  ScenarioExpectation expect;
  bool strict_keepalives = false;  ///< periodic KEEPALIVEs on the way count too
};

struct Scenario {
  std::string id;
  std::string title;
  PeerConfig config;
  std::vector<ScenarioStep> steps;
};

/// A line of a scenario file, as JSON.
struct ScenarioLine {
  std::string where;  ///< "file:line"
  boost::json::object object;
};

/// The lines of a file; empty ones are left out. `name` is what messages call it. Throws std::runtime_error with file
/// and line for one that is no JSON object.
[[nodiscard]] std::vector<ScenarioLine> read_lines(std::istream& in, const std::string& name);

/// Throws std::runtime_error with file and line for a scenario that cannot be read or that asks for what a Session does
/// not have.
[[nodiscard]] Scenario scenario_of(const ScenarioLine& line);

/// All scenarios of a file. Throws like both.
[[nodiscard]] std::vector<Scenario> read_scenarios(const std::string& path);

/// The names of scenario files: "Hold", "OpenSent".
[[nodiscard]] std::string name_of(Timer timer);

}  // namespace bgp::sim
