#include "tools/bgpcap/live_replay.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <set>

#include "bgp/wire/notification.hpp"

namespace bgp::cap {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using test::CapturedItem;
using Clock = std::chrono::steady_clock;
using Kind = CapturedItem::Kind;
using Nanoseconds = std::chrono::nanoseconds;

/// What a speaker says of the last octets is waited for as long, where the capture has no answer to them.
constexpr std::chrono::milliseconds kSettling{500};

/// Plays one connection. One thread, one thing after the other; only reading goes on all the time.
class Live {
 public:
  Live(const test::Capture& capture, std::size_t connection, std::size_t side, const LiveOptions& options)
      : capture_(capture), connection_(connection), side_(side), options_(options) {
    framer_.set_max_message_size(kMaxExtendedMessageSize);
  }

  test::Replay play();
  [[nodiscard]] bool reached() const { return reached_; }

 private:
  template <class Done>
  bool run_until(Clock::time_point deadline, Done&& done);
  std::string connect();
  void read();
  void follow(const CapturedItem& item);
  void take(BytesView octets);
  void take(const RawMessage& message);
  void send(const CapturedItem& item);
  void send_octets(const CapturedItem& item);
  void wait_for_answers();
  void finish();

  [[nodiscard]] Clock::time_point due(const CapturedItem& item) const {
    if (!options_.speed) return start_;
    const std::chrono::duration<double> time = item.time - first_;
    return start_ + std::chrono::duration_cast<Clock::duration>(time / *options_.speed);
  }
  [[nodiscard]] bool has_sent(MessageType type) const {
    return std::ranges::find(made_.ours, type, &test::ReplayedMessage::type) != made_.ours.end();
  }
  void look_whether_up() {
    if (confirmed_ && has_sent(MessageType::Keepalive) && !made_.ended_at) made_.established = true;
  }
  [[nodiscard]] Nanoseconds elapsed() const { return Clock::now() - start_; }

  const test::Capture& capture_;
  std::size_t connection_;
  std::size_t side_;
  const LiveOptions& options_;
  asio::io_context io_;
  tcp::socket socket_{io_};
  std::array<std::uint8_t, 65536> buffer_{};
  Framer framer_;
  test::Replay made_;
  std::set<MessageType> awaited_;  // what the other end had sent by now
  std::set<MessageType> given_up_;
  Nanoseconds first_{};
  Clock::time_point start_;
  bool confirmed_ = false;  // our end has sent a KEEPALIVE
  bool reached_ = false;
  bool closed_ = false;
};

/// Lets the network do its part until `done`, the deadline, or nothing more can come. Gives what `done` says.
template <class Done>
bool Live::run_until(Clock::time_point deadline, Done&& done) {
  while (!done()) {
    io_.restart();  // it stops whenever nothing is under way
    if (io_.run_one_until(deadline) == 0) break;
  }
  return done();
}

/// Why there is no connection; empty when there is.
std::string Live::connect() {
  boost::system::error_code error;
  tcp::resolver resolver(io_);
  const auto found = resolver.resolve(options_.target.host, std::to_string(options_.target.port), error);
  if (error) return error.message();
  std::optional<boost::system::error_code> ended;
  for (const auto& one : found) {
    const tcp::endpoint& to = one.endpoint();
    if (options_.bind && options_.bind->is_v6() != to.address().is_v6()) continue;
    socket_ = tcp::socket(io_, to.protocol());
    if (options_.bind) socket_.bind({asio::ip::make_address(bgp::to_string(*options_.bind)), 0}, error);
    if (error) return bgp::to_string(*options_.bind) + " cannot be ours: " + error.message();
    ended.reset();
    socket_.async_connect(to, [&](const boost::system::error_code& result) { ended = result; });
    if (!run_until(start_ + options_.timeout, [&] { return ended.has_value(); })) {
      socket_.close(error);
      io_.restart();
      io_.run();  // so that what was begun ends before what it refers to
      return "no answer";
    }
    if (!*ended) return {};
  }
  return ended ? ended->message() : "it has no address of the family of " + bgp::to_string(*options_.bind);
}

void Live::read() {
  socket_.async_read_some(asio::buffer(buffer_), [this](const boost::system::error_code& error, std::size_t size) {
    if (error) {
      closed_ = true;
      if (!made_.ended_at) made_.ended_at = elapsed();
      return;
    }
    take(BytesView(buffer_).first(size));
    if (!closed_) read();
  });
}

void Live::take(BytesView octets) {
  for (;;) {
    const auto message = framer_.next(octets);
    if (!message) {
      made_.differences.push_back("what it sent is no message: it would be answered by " +
                                  bgp::to_string(message.error()));
      closed_ = true;
      return;
    }
    if (!*message) return;
    take(**message);
  }
}

void Live::take(const RawMessage& message) {
  made_.ours.push_back({elapsed(), message.type, Bytes(message.octets.begin(), message.octets.end())});
  look_whether_up();
  if (message.type != MessageType::Notification || made_.ended_at) return;
  made_.ended_by = decode_notification(message.body());
  made_.ended_by_us = true;
  made_.ended_at = elapsed();
}

/// Whatever the times: a speaker that is slower than the other end was is not told things out of turn.
void Live::wait_for_answers() {
  const auto deadline = Clock::now() + options_.timeout;
  const auto answered = [this] {
    return closed_ || std::ranges::all_of(awaited_, [this](MessageType type) { return has_sent(type); });
  };
  if (run_until(deadline, answered)) return;
  for (const MessageType type : awaited_) {
    if (!has_sent(type)) given_up_.insert(type);  // once is enough
  }
  std::erase_if(awaited_, [this](MessageType type) { return given_up_.contains(type); });
}

void Live::send(const CapturedItem& item) {
  boost::system::error_code ignored;
  switch (item.kind) {
    case Kind::Message:
    case Kind::HeaderError:
    case Kind::Unaligned:
    case Kind::Cut: break;
    case Kind::Fin: socket_.shutdown(tcp::socket::shutdown_send, ignored); return;
    case Kind::Reset:
      socket_.set_option(tcp::socket::linger(true, 0), ignored);
      socket_.close(ignored);
      closed_ = true;
      return;
    default: return;
  }
  send_octets(item);
}

void Live::send_octets(const CapturedItem& item) {
  std::optional<boost::system::error_code> ended;
  asio::async_write(socket_, asio::buffer(item.octets.data(), item.octets.size()),
                    [&](const boost::system::error_code& result, std::size_t) { ended = result; });
  if (!run_until(Clock::now() + options_.timeout, [&] { return ended.has_value(); })) {
    made_.differences.push_back("it reads no more: our octets of packet " + std::to_string(item.frame) + " wait");
    boost::system::error_code ignored;
    socket_.close(ignored);
    io_.restart();
    io_.run();
  }
  if (*ended) closed_ = true;
  if (*ended || !item.is_message()) return;
  confirmed_ = confirmed_ || item.type == MessageType::Keepalive;
  look_whether_up();
  if (item.type != MessageType::Notification || made_.ended_at) return;
  made_.ended_by = decode_notification(item.message().body());
  made_.ended_at = elapsed();
}

bool is_decided(const CapturedItem& item) {
  return item.type == MessageType::Notification && test::is_decision(decode_notification(item.message().body()));
}

test::Replay Live::play() {
  std::vector<const CapturedItem*> items;
  for (const CapturedItem& item : capture_.items()) {
    if (item.connection != connection_) continue;
    if (items.empty()) first_ = item.time;
    items.push_back(&item);
    if (item.side == side_ || !item.is_message()) continue;
    made_.theirs.push_back({item.time - first_, item.type, Bytes(item.octets.begin(), item.octets.end())});
  }
  start_ = Clock::now();
  if (const std::string why = connect(); !why.empty()) {
    made_.differences.push_back(to_string(options_.target) + " is not reachable: " + why);
    return std::move(made_);
  }
  reached_ = true;
  read();
  for (const CapturedItem* item : items) follow(*item);
  if (!items.empty()) (void)run_until(due(*items.back()), [this] { return closed_; });
  wait_for_answers();
  (void)run_until(Clock::now() + std::min(kSettling, options_.timeout), [this] { return closed_; });
  finish();
  return std::move(made_);
}

void Live::follow(const CapturedItem& item) {
  if (item.side != side_) {
    if (item.is_message() && !is_decided(item) && !given_up_.contains(item.type)) awaited_.insert(item.type);
    return;
  }
  if (closed_) return;
  if (!item.octets.empty()) wait_for_answers();
  (void)run_until(due(item), [this] { return closed_; });
  if (!closed_) send(item);
}

void Live::finish() {
  boost::system::error_code ignored;
  socket_.close(ignored);
  if (made_.theirs.empty() || made_.theirs.back().type != MessageType::Notification) return;
  const BytesView octets = made_.theirs.back().octets;
  if (!has_sent(MessageType::Notification) && test::is_decision(decode_notification(octets.subspan(kHeaderSize)))) {
    made_.theirs.pop_back();
  }
}

}  // namespace

std::optional<LiveTarget> parse_target(std::string_view text) {
  LiveTarget target;
  std::string_view port;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos || !IpAddress::parse(text.substr(1, end - 1))) return std::nullopt;
    target.host = text.substr(1, end - 1);
    text.remove_prefix(end + 1);
    if (text.empty()) return target;
    if (!text.starts_with(':')) return std::nullopt;
    port = text.substr(1);
  } else {
    const std::size_t colon = text.find(':');
    const bool has_port = colon != std::string_view::npos && colon == text.rfind(':');
    target.host = has_port ? text.substr(0, colon) : text;
    if (colon != std::string_view::npos && !has_port && !IpAddress::parse(text)) return std::nullopt;
    if (target.host.empty()) return std::nullopt;
    if (!has_port) return target;
    port = text.substr(colon + 1);
  }
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), target.port);
  if (error != std::errc() || end != port.data() + port.size() || target.port == 0) return std::nullopt;
  return target;
}

std::string to_string(const LiveTarget& target) {
  const bool v6 = target.host.find(':') != std::string::npos;
  return (v6 ? '[' + target.host + ']' : target.host) + ':' + std::to_string(target.port);
}

std::expected<test::Replay, std::string> replay_live(const test::Capture& capture, std::size_t connection,
                                                     std::size_t side, const LiveOptions& options) {
  const test::CapturedConnection::Side& played = capture.connections()[connection].sides[side];
  if (!played.open) return std::unexpected("the OPEN of that side is not in the capture");
  if (played.missing > 0) {
    return std::unexpected(std::to_string(played.missing) + " octets of that side are missing in the capture");
  }
  Live live(capture, connection, side, options);
  test::Replay made = live.play();
  if (!live.reached()) return made;
  const auto& other = capture.connections()[connection].sides[1 - side].open;
  test::ReplayComparison how;
  how.hold_time = std::min(played.open->hold_time, other ? other->hold_time : played.open->hold_time);
  how.speaker = to_string(options.target);
  how.times = options.speed == 1;
  how.routes = true;
  for (std::string& difference : test::compare_replay(made, how)) made.differences.push_back(std::move(difference));
  return made;
}

}  // namespace bgp::cap
