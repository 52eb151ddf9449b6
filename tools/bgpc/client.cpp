#include "tools/bgpc/client.hpp"

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

namespace bgp::control {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using Local = asio::local::stream_protocol;

namespace {

std::string unreachable(const std::string& path, const beast::error_code& error) {
  std::string text = "cannot reach bgpd at " + path + ": " + error.message();
  if (error == asio::error::access_denied || error == boost::system::errc::permission_denied) {
    return text + "; the socket belongs to the user that bgpd runs as";
  }
  return text + "; is bgpd running, with this control_socket? --socket names another one";
}

/// Lines as they come; what they are about is told by `take`.
std::expected<Answer, std::string> stream(Local::socket& socket, beast::flat_buffer& buffer,
                                          http::response_parser<http::empty_body>&& head,
                                          const std::function<bool(std::string_view)>& take) {
  http::response_parser<http::buffer_body> parser(std::move(head));
  std::array<char, 16384> portion;
  const unsigned status = parser.get().result_int();
  while (!parser.is_done()) {
    parser.get().body().data = portion.data();
    parser.get().body().size = portion.size();
    beast::error_code error;
    http::read_some(socket, buffer, parser, error);
    if (error == http::error::need_buffer) error = {};
    const std::size_t size = portion.size() - parser.get().body().size;
    if (size > 0 && !take({portion.data(), size})) break;
    if (error) return std::unexpected("bgpd has ended, or cut us off: " + error.message());
  }
  return Answer{status, {}};
}

}  // namespace

std::expected<Answer, std::string> ask(const std::string& socket_path, std::string_view method, std::string_view target,
                                       const std::string& body, const std::function<bool(std::string_view)>& take) {
  asio::io_context io;
  Local::socket socket(io);
  beast::error_code error;
  if (socket_path.size() >= 108) return std::unexpected(socket_path + ": too long for a Unix socket");
  socket.connect(Local::endpoint(socket_path), error);
  if (error) return std::unexpected(unreachable(socket_path, error));

  http::request<http::string_body> request;
  request.method_string(method);
  request.target(target);
  request.version(11);
  request.set(http::field::host, "bgpd");
  request.keep_alive(false);
  request.body() = body;
  request.prepare_payload();
  http::write(socket, request, error);
  beast::flat_buffer buffer;
  http::response_parser<http::empty_body> head;
  head.body_limit(boost::none);
  if (!error) http::read_header(socket, buffer, head, error);
  if (error) return std::unexpected("bgpd broke off: " + error.message());
  if (head.get()[http::field::content_type] == "application/x-ndjson") {
    return stream(socket, buffer, std::move(head), take);
  }
  http::response_parser<http::string_body> parser(std::move(head));
  http::read(socket, buffer, parser, error);
  if (error) return std::unexpected("bgpd broke off: " + error.message());
  return Answer{parser.get().result_int(), parser.get().body()};
}

}  // namespace bgp::control
