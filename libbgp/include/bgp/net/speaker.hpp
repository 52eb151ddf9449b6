// bgp/net/speaker.hpp
//
// BGP over TCP with Boost.Asio: listens, dials, and drives one Session a peer.
//
// Threads: every function may be called from any thread. Each peer lives on the executor that it was given (which must
// be one that runs one thing at a time: a single-threaded io_context or a strand): its Session, its one timer, its
// sockets and all callbacks of its handler. No function here runs a callback before it returns.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/net/transport_security.hpp"
#include "bgp/session/config_change.hpp"
#include "bgp/session/session.hpp"
#include "bgp/wire/prefix.hpp"

namespace bgp BGP_EXPORT {

/// Names a peer of a Speaker; never reused. 0 names none.
enum class PeerId : std::uint64_t {};

/// Whom to peer with and how to reach them.
struct PeerOptions {
  IpAddress remote_address;
  std::uint16_t remote_port = kBgpPort;    ///< to dial; what the peer dials from does not matter
  std::optional<IpAddress> local_address;  ///< to dial from; accepted connections must then arrive at it, too
  std::uint16_t local_port = 0;            ///< to dial from; 0 = any
  TransportSecurity security;              ///< GTSM and TCP MD5, both off
  PeerConfig session;

  friend bool operator==(const PeerOptions&, const PeerOptions&) = default;
};

/// What is wrong with the options, in words; empty when they can be used: those of the session's configuration and of
/// the transport's security, a local address of another family, a port or address that can't be dialed.
[[nodiscard]] std::vector<std::string> problems(const PeerOptions& options);

/// What other options do to a peer: as classify() of its session's configuration; a local address, GTSM, a TTL, and TCP
/// MD5 on or off reset; the ports are soft (they count for the next attempt), and so is another key of TCP MD5 (at
/// once, also for the connections there are). The remote address is the peer: it can't change.
[[nodiscard]] ConfigChange classify(const PeerOptions& from, const PeerOptions& to);

/// Peers that nobody configured one by one (RFC 4271 8.1.1 AcceptConnectionsUnconfiguredPeers): who connects from
/// `prefix` is one.
struct PeerRange {
  Prefix prefix;
  /// What holds for each of them; the remote address is the one that connects, and they are not dialed (passive). A key
  /// of TCP MD5 is asked of every address of the prefix, also of peers that were added one by one without a key.
  PeerOptions peer;
  std::size_t limit = 100;  ///< so many at a time; further connections are closed, and counted as refused
  /// A peer that has had no session for so long is removed: longer than its Restart Time, where routes are kept.
  Duration linger = std::chrono::minutes{2};
};

/// A peer of a range: who handles it, owned by the Speaker until its last socket is closed, and where it lives.
struct AcceptedPeer {
  std::unique_ptr<PeerHandler> handler;
  boost::asio::any_io_executor executor;  ///< as for Speaker::add_peer()
};
/// Makes it, on the Speaker's executor, when a connection arrives; without a handler the connection is refused. It
/// calls no function of the Speaker but those that only name a peer by number.
using PeerFactory = std::function<AcceptedPeer(PeerId, const PeerOptions&)>;

/// What a peer looks like at one moment.
struct PeerSnapshot {
  State state{};
  bool started = false;
  TimePoint state_since;                 ///< when `state` was entered
  std::optional<Negotiated> negotiated;  ///< when Established
  std::optional<Endpoints> endpoints;    ///< when Established
  std::uint64_t messages_received = 0;
  std::uint64_t messages_sent = 0;
  std::uint32_t connect_retry_counter = 0;
  bool reading = true;          ///< false while set_reading(peer, false) holds
  Duration hold_extended_by{};  ///< Session::hold_extended_by()
};

class Speaker {
 public:
  using Executor = boost::asio::any_io_executor;

  /// `executor` carries the listeners.
  explicit Speaker(Executor executor);
  /// Closes everything at once, without a word to the peers; use close() before. No callback and no `done` runs after
  /// it returns: what was posted is dropped. It asks nothing of the executors, so they need not run any more, but must
  /// still exist. When a callback runs on another thread it waits for that one to return: hold no lock that a callback
  /// takes. It may be called from inside a callback; of all callbacks, that one alone is then still running.
  ~Speaker();
  Speaker(const Speaker&) = delete;
  Speaker& operator=(const Speaker&) = delete;

  /// Accepts connections at this address; may be called several times. An IPv6 address takes IPv6 only. Port 0 takes
  /// any free one. Gives the port, or throws std::system_error; std::logic_error after close(). `backlog`: connections
  /// that wait to be accepted. One that comes from no peer's address is closed, and counted.
  std::uint16_t listen(const IpAddress& address, std::uint16_t port = kBgpPort, int backlog = 4096);

  /// Adds a peer and starts it. `handler` must live until remove_peer() or close() completes, or the Speaker is gone.
  /// Throws std::invalid_argument when the options have problems() or another peer has the same remote address and
  /// overlapping local address, std::system_error when the system cannot do what the transport's security asks for, and
  /// std::logic_error after close().
  PeerId add_peer(PeerOptions options, PeerHandler& handler, Executor executor);
  /// Ends the session with this Cease and forgets the peer; the Cease still goes out, for ten seconds at most. At once
  /// the same addresses may be added anew. `done` runs on the peer's executor; no callback of its handler runs after
  /// it. For an unknown peer it runs on the Speaker's executor.
  void remove_peer(PeerId peer, Stop stop = Stop::deconfigured(), std::function<void()> done = {});

  /// Other options for a peer; says what they do to it (docs/guide/changing-a-peer.md). Throws std::invalid_argument
  /// when they have problems(), name another remote address, or overlap with another peer. Unchanged for an unknown
  /// peer.
  ConfigChange update_peer(PeerId peer, PeerOptions options);
  /// From here on whoever connects from the range becomes a peer, unless add_peer() named the address; of several
  /// ranges the longest prefix counts. Throws std::invalid_argument when the options have problems() for a remote
  /// address of the range, or there is one of this prefix already.
  void accept_from(PeerRange range, PeerFactory factory);
  /// No more new peers of this range; those that there are stay.
  void refuse_from(const Prefix& prefix);

  /// ManualStart, ManualStop and both (RFC 4271 8.1.2). Unknown peers are ignored, here and below.
  void start_peer(PeerId peer);
  void stop_peer(PeerId peer, Stop stop = Stop::shutdown());
  void reset_peer(PeerId peer, Stop stop = Stop::reset());
  /// Makes the handler's on_writable run when there is room.
  void want_write(PeerId peer);
  /// Session::set_reading(): off, the peer's octets stay in its socket, for at most PeerConfig::max_input_pause once
  /// the HoldTimer depends on them.
  void set_reading(PeerId peer, bool reading);
  /// The same as a function that may be called from any thread and at any time, also when the Speaker is gone: then it
  /// does nothing.
  [[nodiscard]] std::function<void(bool reading)> reading_switch(PeerId peer);
  /// ROUTE-REFRESH for a family, if the peer takes it.
  void request_refresh(PeerId peer, Family family);
  /// Runs `done` on the peer's executor with what it looks like; with nothing, and for an unknown peer on the Speaker's
  /// executor, when there is no such peer.
  void snapshot(PeerId peer, std::function<void(std::optional<PeerSnapshot>)> done);
  /// Runs `look` on the peer's executor with its Session, for what a snapshot does not have: deadlines, the recording.
  /// It keeps nothing of it and calls nothing of the Speaker but those that only name a peer by number. With null, and
  /// for an unknown peer on the Speaker's executor, when there is no such peer.
  void inspect(PeerId peer, std::function<void(const Session*)> look);

  /// Stops listening, ends all sessions with this Cease, waits (for eleven seconds at most) until the peers have got
  /// it, and runs `done` on the Speaker's executor. No callback of any handler runs after it. Nothing may be added
  /// afterwards.
  void close(Stop stop = Stop::shutdown(), std::function<void()> done = {});

  /// How many connections were closed because they came from no peer's address.
  [[nodiscard]] std::uint64_t refused_connections() const;

  /// Our own monotonic clock as the sessions see it.
  [[nodiscard]] static TimePoint now();

 private:
  class Core;
  struct Way;  // to the Core, for those who may outlive it
  std::shared_ptr<Core> core_;
  std::shared_ptr<Way> way_;
};

}  // namespace bgp BGP_EXPORT
