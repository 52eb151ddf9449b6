#include "bgpd/control/server.hpp"

#include <sys/stat.h>
#include <sys/un.h>

#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <deque>
#include <filesystem>
#include <ranges>
#include <set>
#include <utility>

namespace bgp::daemon {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace json = boost::json;
using Local = asio::local::stream_protocol;

namespace {

/// The segments of a target. None of those that there are has an octet that would have to be written otherwise.
std::expected<std::vector<std::string>, std::string> path_of(std::string_view target) {
  if (!target.starts_with('/') || target.find_first_of("%?#") != std::string_view::npos) {
    return std::unexpected("the target must be a plain path");
  }
  std::vector<std::string> path;
  for (const auto segment : std::views::split(target.substr(1), '/')) path.emplace_back(segment.begin(), segment.end());
  return path;
}

std::expected<json::object, std::string> object_of(const std::string& body) {
  if (body.empty()) return json::object{};
  boost::system::error_code error;
  const json::value value = json::parse(body, error);
  if (error) return std::unexpected("the body is no JSON: " + error.message());
  if (!value.is_object()) return std::unexpected("the body must be a JSON object");
  return value.get_object();
}

}  // namespace

/// One client: a request, its reply, and again.
class Client : public std::enable_shared_from_this<Client> {
 public:
  using Stream = beast::basic_stream<Local>;

  Client(Local::socket socket, const ControlServer::Handle& handle, std::function<void()> over)
      : stream_(std::move(socket)), handle_(handle), over_(std::move(over)) {}
  ~Client() { stop_watching(); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void run() {
    parser_.emplace();
    parser_->body_limit(ControlServer::kMaxBody);
    stream_.expires_after(ControlServer::kPatience);
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](beast::error_code error, std::size_t) { self->received(error); });
  }
  void close() {
    stop_watching();
    stream_.close();
    if (const auto over = std::exchange(over_, {})) over();
  }

 private:
  void received(beast::error_code error) {
    if (!over_) return;
    if (error == http::error::end_of_stream || (error && !is_of_http(error))) return close();
    if (error) {
      keeps_ = false;
      return say(failure(error == http::error::body_limit ? 413 : 400, "not a request: " + error.message()));
    }
    const auto& message = parser_->get();
    keeps_ = message.keep_alive();
    const auto path = path_of(message.target());
    const auto body = object_of(message.body());
    if (!path || !body) return say(failure(400, path ? body.error() : path.error()));
    const std::string method(message.method_string());
    handle_({method, *path, *body}, [self = shared_from_this()](Reply reply) { self->say(std::move(reply)); });
  }

  static bool is_of_http(beast::error_code error) {
    return error.category() == make_error_code(http::error::bad_method).category();
  }

  void say(Reply reply) {
    if (!over_) return;  // closed meanwhile
    if (reply.lines || reply.events != nullptr) return say_lines(std::move(reply));
    http::response<http::string_body> response(static_cast<http::status>(reply.status), 11);
    response.set(http::field::content_type, "application/json");
    response.keep_alive(keeps_);
    response.body() = json::serialize(reply.body) + "\n";
    response.prepare_payload();
    response_ = std::move(response);
    stream_.expires_after(ControlServer::kPatience);
    http::async_write(stream_, response_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (error || !self->keeps_) return self->close();
      self->run();
    });
  }

  // --- A reply of many lines

  void say_lines(Reply reply) {
    lines_ = std::move(reply.lines);
    header_ = {};
    header_.result(reply.status);
    header_.version(11);
    header_.set(http::field::content_type, "application/x-ndjson");
    header_.chunked(true);
    header_.keep_alive(keeps_);
    serializer_.emplace(header_);
    if (reply.events != nullptr) watch(*reply.events);
    writing_ = true;
    stream_.expires_after(ControlServer::kPatience);
    http::async_write_header(stream_, *serializer_,
                             [self = shared_from_this()](beast::error_code error, std::size_t) { self->wrote(error); });
  }

  void wrote(beast::error_code error) {
    writing_ = false;
    if (error) return close();
    if (events_ != nullptr) return write_events();
    const auto text = lines_();
    if (!text) return end_lines();
    write_chunk(*text);
  }

  void write_chunk(std::string text) {
    writing_ = true;
    chunk_ = std::move(text);
    stream_.expires_after(ControlServer::kPatience);
    asio::async_write(stream_, http::make_chunk(asio::buffer(chunk_)),
                      [self = shared_from_this()](beast::error_code error, std::size_t) { self->wrote(error); });
  }

  void end_lines() {
    lines_ = {};
    asio::async_write(stream_, http::make_chunk_last(),
                      [self = shared_from_this()](beast::error_code error, std::size_t) {
                        if (error || !self->keeps_) return self->close();
                        self->run();
                      });
  }

  // --- Events: as they come, until the client leaves

  void watch(Events& events) {
    events_ = &events;
    watcher_ = events.watch([this](const json::object& event) { take(event); });
    // what it says now is no request; that it leaves must be seen
    asio::async_read(stream_.socket(), asio::buffer(&ignored_, 1),
                     [self = shared_from_this()](beast::error_code, std::size_t) { self->close(); });
  }

  void take(const json::object& event) {
    if (waiting_ == ControlServer::kMaxEvents) return fall_behind();
    queue_.append(json::serialize(event)).push_back('\n');
    ++waiting_;
    if (!writing_) write_events();
  }

  void fall_behind() {
    stop_watching();
    queue_.append(R"({"event":"cut_off","reason":"the events were not taken in time"})").push_back('\n');
  }

  void write_events() {
    if (!queue_.empty()) {
      waiting_ = 0;
      return write_chunk(std::exchange(queue_, {}));
    }
    if (watcher_ == 0) return close();
    stream_.expires_never();
  }

  void stop_watching() {
    if (events_ != nullptr && watcher_ != 0) events_->unwatch(std::exchange(watcher_, 0));
  }

  Stream stream_;
  const ControlServer::Handle& handle_;
  std::function<void()> over_;  // empty once closed
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  bool keeps_ = true;
  http::response<http::string_body> response_;

  std::function<std::optional<std::string>()> lines_;
  http::response<http::empty_body> header_;
  std::optional<http::response_serializer<http::empty_body>> serializer_;
  std::string chunk_;
  bool writing_ = false;

  Events* events_ = nullptr;
  std::uint64_t watcher_ = 0;
  std::string queue_;
  std::size_t waiting_ = 0;
  char ignored_ = 0;
};

class ControlServer::Core : public std::enable_shared_from_this<ControlServer::Core> {
 public:
  Core(Local::acceptor acceptor, std::string path, Handle handle)
      : acceptor_(std::move(acceptor)),
        pause_(acceptor_.get_executor()),
        path_(std::move(path)),
        handle_(std::move(handle)) {}

  void accept() {
    acceptor_.async_accept([weak = weak_from_this()](boost::system::error_code error, Local::socket socket) {
      const auto self = weak.lock();
      if (!self || error == asio::error::operation_aborted) return;
      if (error) return self->accept_later();
      if (self->clients_.size() < kMaxClients) self->serve(std::move(socket));
      self->accept();
    });
  }

  void close() {
    acceptor_.close();
    pause_.cancel();
    for (const auto& client : std::exchange(clients_, {})) client->close();
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }

 private:
  // Out of descriptors, say: it would fail again and again.
  void accept_later() {
    pause_.expires_after(std::chrono::seconds{1});
    pause_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
      const auto self = weak.lock();
      if (self && !error) self->accept();
    });
  }

  void serve(Local::socket socket) {
    const auto key = std::make_shared<std::weak_ptr<Client>>();
    const auto client = std::make_shared<Client>(std::move(socket), handle_, [weak = weak_from_this(), key] {
      if (const auto self = weak.lock()) self->clients_.erase(key->lock());
    });
    *key = client;
    clients_.insert(client);
    client->run();
  }

  Local::acceptor acceptor_;
  asio::steady_timer pause_;
  std::string path_;
  Handle handle_;
  std::set<std::shared_ptr<Client>> clients_;
};

namespace {

/// Why nothing can be made of what stands at `path`; empty when the place is free, or has been made so.
std::string clear_the_place(const asio::any_io_executor& executor, const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::symlink_status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) return "";
  if (status.type() != std::filesystem::file_type::socket) return "something that is no socket stands there";
  Local::socket probe(executor);
  boost::system::error_code refused;
  probe.connect(path, refused);
  if (!refused) return "another bgpd listens there; give this one a socket of its own (control_socket in [global])";
  if (refused != asio::error::connection_refused) return refused.message();
  std::filesystem::remove(path, error);
  return error ? error.message() : "";
}

}  // namespace

std::expected<ControlServer, std::string> ControlServer::open(const asio::any_io_executor& executor,
                                                              const std::string& path, Handle handle) {
  const auto fails = [&](const std::string& why) {
    return std::unexpected("no control socket at " + path + ": " + why);
  };
  if (path.size() >= sizeof(sockaddr_un::sun_path)) return fails("the path is too long for a Unix socket");
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
  if (const std::string why = clear_the_place(executor, path); !why.empty()) return fails(why);
  Local::acceptor acceptor(executor);
  boost::system::error_code failed;
  acceptor.open(Local(), failed);
  const mode_t before = umask(0177);  // the socket is its owner's alone from its first moment on
  if (!failed) acceptor.bind(Local::endpoint(path), failed);
  umask(before);
  if (!failed) acceptor.listen(asio::socket_base::max_listen_connections, failed);
  if (failed) return fails(failed.message());
  auto core = std::make_shared<Core>(std::move(acceptor), path, std::move(handle));
  core->accept();
  return ControlServer(std::move(core));
}

ControlServer::ControlServer(std::shared_ptr<Core> core) : core_(std::move(core)) {}
ControlServer::ControlServer(ControlServer&&) noexcept = default;
ControlServer& ControlServer::operator=(ControlServer&&) noexcept = default;

ControlServer::~ControlServer() {
  if (core_ != nullptr) core_->close();
}

}  // namespace bgp::daemon
