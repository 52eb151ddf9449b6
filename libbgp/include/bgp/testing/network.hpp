// bgp/testing/network.hpp
//
// Sessions that speak with each other over virtual TCP connections on one virtual clock: no sockets, no threads, no
// sleeping. A seed fixes every delay and every portion of octets, so that a run can be had again.
//
// A Network does for a Session what a driver over TCP does: it dials, accepts, reads, writes as much as the other
// side's window takes, wakes it up, and sends farewells. And it does to a Session what networks and peers do: delay,
// cut, reset, half-open connections, peers that stop reading, processes that die.
#pragma once

#include <array>
#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/session/session.hpp"
#include "bgp/testing/random.hpp"
#include "bgp/testing/virtual_clock.hpp"

namespace bgp BGP_EXPORT {
namespace test {

/// What lies between the two ends of a peering.
struct LinkConditions {
  /// How long one portion of octets, or one leg of a TCP handshake, takes; drawn anew for each. Order is kept.
  Duration least = std::chrono::milliseconds{1};
  Duration most = std::chrono::milliseconds{50};
  /// Octets of one direction that may be on the way or unread before the writer has to wait.
  std::size_t window = std::size_t{64} * 1024;
  /// Octets travel and are read in random portions, cut at any octet.
  bool chunked = false;
  /// One portion in so many arrives in the very instant of the reader's next timer, or a nanosecond beside it; 0: none.
  std::uint64_t edges = 0;
  /// How much later than asked for a Session may be woken up.
  Duration lateness{};
};

/// What is about to be told to a Session, and when.
struct NetworkInput {
  enum class Kind : std::uint8_t {
    Start,
    Stop,
    Reset,
    StopAutomatically,
    WantWrite,
    SetReading,
    Connected,
    Accepted,
    Lost,
    Received,
    InputWaits,
    Timeout
  };
  Kind kind{};
  TimePoint time{};
  ConnectionId connection{};   ///< of Connected, Lost, Received and InputWaits
  BytesView octets{};          ///< of Received
  const Stop* stop = nullptr;  ///< of Stop, Reset and StopAutomatically
  bool reading = true;         ///< of SetReading
};

/// Looks on. Ends are numbered as Network::add_peering() says. Every function does nothing by default.
class NetworkObserver {
 public:
  virtual ~NetworkObserver() = default;

  virtual void on_input(std::size_t /*end*/, const NetworkInput&) {}
  /// A Session asked for a connection.
  virtual void on_dial(std::size_t /*end*/, ConnectionId) {}
  /// A transport is open; an accepted one is named only after the Session has seen it.
  virtual void on_transport(std::size_t /*end*/, ConnectionId, Direction) {}
  /// The socket took these octets of a connection, farewell included.
  virtual void on_octets(std::size_t /*end*/, ConnectionId, BytesView) {}
  /// The Session ended a connection. Octets of its farewell may follow.
  virtual void on_close(std::size_t /*end*/, ConnectionId) {}
  /// The peer has taken octets: an end that had to wait writes on.
  virtual void on_room(std::size_t /*end*/, TimePoint) {}
  /// After on_close(): the socket took all of the farewell, and half-closes the connection.
  virtual void on_fin(std::size_t /*end*/, ConnectionId) {}
  /// The peer or the network ended a connection.
  virtual void on_loss(std::size_t /*end*/, ConnectionId) {}
  /// The process died: this Session is no more.
  virtual void on_crash(std::size_t /*end*/) {}
  /// A call of the Session is over, and all that followed from it has been done.
  virtual void on_step(std::size_t /*end*/) {}

 protected:
  NetworkObserver() = default;
  NetworkObserver(const NetworkObserver&) = default;
  NetworkObserver& operator=(const NetworkObserver&) = default;
};

class Network {
 public:
  /// `jitter`: whether the Sessions' timers have it. `observer` may be null; it and the handlers must outlive this.
  explicit Network(std::uint64_t seed, bool jitter = true, NetworkObserver* observer = nullptr);
  ~Network();
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  /// Two speakers that are configured for each other. Gives the number of the first one's end, which is even; the
  /// other's is the next one.
  std::size_t add_peering(const PeerConfig& a, PeerHandler& a_handler, const PeerConfig& b, PeerHandler& b_handler,
                          const LinkConditions& conditions = {});

  // --- What operators do. Nothing happens to an end that has crashed.

  void start(std::size_t end);
  void stop(std::size_t end, const Stop& stop);
  void reset(std::size_t end, const Stop& stop);
  void stop_automatically(std::size_t end, const Stop& stop);
  void want_write(std::size_t end);
  /// Session::set_reading(): the handler takes nothing more, until it does again.
  void set_reading(std::size_t end, bool reading);

  // --- What networks and peers do

  void set_conditions(std::size_t end, const LinkConditions& conditions);
  /// Nothing passes between an end and its peer until mend(); what is on the way waits, as TCP would send it again.
  void cut(std::size_t end);
  void mend(std::size_t end);
  /// Every connection between an end and its peer is reset.
  void break_connections(std::size_t end);
  /// An end reads no more, until it does again: its peer's window closes.
  void stop_reading(std::size_t end);
  void resume_reading(std::size_t end);
  /// The process of an end dies without a word: its connections are half-open.
  void crash(std::size_t end);
  /// It comes back, and starts.
  void recover(std::size_t end);
  /// Octets arrive at an end on one of its connections (of `nth`, modulo how many there are), as if sent by its peer.
  void inject(std::size_t end, std::size_t nth, BytesView octets);
  /// Somebody connects to an end from its peer's address, says nothing, and leaves after a while.
  void intrude(std::size_t end, Duration stays);

  // --- Time

  [[nodiscard]] VirtualClock& clock() { return clock_; }
  [[nodiscard]] TimePoint now() const { return clock_.now(); }
  /// Lets time pass.
  void run(Duration time) { clock_.run(now() + time); }

  // --- Looking at it

  [[nodiscard]] std::size_t ends() const { return ends_.size(); }
  /// Null after a crash.
  [[nodiscard]] const Session* session(std::size_t end) const {
    return ends_[end].session ? &*ends_[end].session : nullptr;
  }
  [[nodiscard]] Session* session(std::size_t end) { return ends_[end].session ? &*ends_[end].session : nullptr; }
  /// An end and its peer are Established, on the two ends of one TCP connection.
  [[nodiscard]] bool agree(std::size_t end) const;
  [[nodiscard]] bool is_cut(std::size_t end) const { return links_[end / 2].cut; }
  [[nodiscard]] bool is_reading(std::size_t end) const { return ends_[end].reading; }
  /// TCP connections that are open, or being opened, at one end at least.
  [[nodiscard]] std::size_t open_connections() const;
  /// A hash over all octets that were written, where and when: equal for runs that are alike.
  [[nodiscard]] std::uint64_t digest() const { return digest_; }

 private:
  // Of many sessions none is in the processor's caches: what a KEEPALIVE needs is in as few lines of memory as can be,
  // comes first, and is fetched before its turn (prefetch()).
  static constexpr std::size_t kLine = 64;  // octets

  enum class SideState : std::uint8_t { Absent, Connecting, Open, Lingering, Gone };
  struct Side {
    SideState state = SideState::Absent;
    bool fin_waits = false;
    bool writer_waits = false;
    ConnectionId id{};
    std::size_t in_use = 0;  // octets on the way from here, or unread there
    TimePoint last_arrival{};
    Bytes unread;
  };
  struct alignas(kLine) Wire {
    std::uint32_t peering = 0;
    bool broken = false;
    Random random{0};
    std::array<Side, 2> sides;
  };
  static_assert(sizeof(Wire) == 2 * kLine);
  /// What travels, in order.
  struct Parcel {
    enum class Kind : std::uint8_t { Accept, Octets, Fin, Rst };
    std::size_t wire = 0;
    std::size_t from = 0;  // side
    Kind kind{};
    Bytes octets;
  };
  struct alignas(kLine) Link {
    LinkConditions conditions;
    bool cut = false;
    bool catching_up = false;  // mended, and what waited is on its way
    std::vector<Parcel> waiting;
  };
  struct alignas(kLine) End {
    std::optional<Session> session;
    boost::container::small_vector<std::uint32_t, 2> wires;  // those that its Session knows
    TimePoint armed = TimePoint::max();                      // when the Session wants to be woken up
    std::uint32_t arming = 0;                                // counts how often that changed
    bool reading = true;
  };
  static_assert(sizeof(End) == kLine);
  /// Of an end: what it does not need while it is Established.
  struct Origin {
    PeerConfig config;
    PeerHandler* handler = nullptr;
    std::uint64_t lives = 0;
    std::uint64_t dials = 0;
    Random random{0};
  };

  // network.cpp: the driver of an end
  void make_session(std::size_t end);
  template <class Call>
  void tell(std::size_t end, const NetworkInput& input, Call&& call);
  void prefetch(std::size_t end, unsigned stage) const;
  void attend(std::size_t end);
  void arm(std::size_t end);
  void fire(std::size_t end);
  void read_before_timeout(std::size_t end);
  bool transmit(std::size_t end, std::uint32_t wire);
  void dial(std::size_t end, ConnectionId connection);
  void close(std::size_t end, command::Close close);
  [[nodiscard]] std::size_t end_of(std::size_t wire, std::size_t side) const { return wires_[wire].peering * 2 + side; }
  void forget(std::size_t end, ConnectionId connection);
  [[nodiscard]] Side& side_of(std::uint32_t wire, std::size_t end) { return wires_[wire].sides[end % 2]; }
  [[nodiscard]] const Side& side_of(std::uint32_t wire, std::size_t end) const { return wires_[wire].sides[end % 2]; }

  // network_wires.cpp: TCP, as far as a BGP speaker sees of it
  [[nodiscard]] Duration latency(std::size_t wire);
  [[nodiscard]] TimePoint arrival(std::size_t wire, std::size_t from);
  void attempt(std::size_t wire, std::size_t side, unsigned tries);
  void open(std::size_t wire, std::size_t side);
  void write(std::size_t wire, std::size_t from, BytesView octets);
  void send(Parcel parcel, TimePoint arrives);
  void send(Parcel parcel) {
    const TimePoint arrives = arrival(parcel.wire, parcel.from);
    send(std::move(parcel), arrives);
  }
  void arrive(Parcel parcel);
  void accept(std::size_t wire, std::size_t side);
  void take(std::size_t wire, std::size_t side);
  void take_all(std::size_t end);
  void read(std::size_t wire, std::size_t side, BytesView octets);
  void release(std::size_t wire, std::size_t from, std::size_t octets);
  void lose(std::size_t wire, std::size_t side, std::string_view why);
  void linger(std::size_t wire, std::size_t side);
  [[nodiscard]] std::size_t room(std::size_t wire, std::size_t from) const;
  void mix(std::uint64_t value) { digest_ = (digest_ ^ value) * 0x100000001b3; }

  std::uint64_t seed_;
  bool jitter_;
  NetworkObserver* observer_;
  VirtualClock clock_;
  std::deque<End> ends_;
  std::deque<Origin> origins_;  // one for each end
  std::vector<Link> links_;
  std::deque<Wire> wires_;                                          // references stay valid while one more is dialed
  std::map<std::pair<std::size_t, std::size_t>, Bytes> farewells_;  // by wire and side: what is still to be sent
  std::uint64_t digest_ = 0xcbf29ce484222325;                       // FNV-1a, 64 bit
};

}  // namespace test
}  // namespace bgp BGP_EXPORT
