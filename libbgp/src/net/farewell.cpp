#include "farewell.hpp"

#include <boost/asio/post.hpp>
#include <utility>

#include "connection.hpp"

namespace bgp::net {

Farewell::Farewell(tcp::socket socket, Bytes octets, std::shared_ptr<Gate> gate,
                   std::function<void(const Farewell*)> over, std::chrono::milliseconds time)
    : socket_(std::move(socket)),
      deadline_(socket_.get_executor()),
      time_(time),
      octets_(std::move(octets)),
      gate_(std::move(gate)),
      over_(std::move(over)) {}

// A completion handler that takes one step under the gate, if this farewell still exists and goes on.
template <class Step>
auto Farewell::turn(Step step) {
  return [weak = weak_from_this(), gate = gate_, step](const auto&... error) {
    const std::shared_ptr<Farewell> self = weak.lock();
    if (!self) return;
    gate->enter([&] {
      if (!self->finished_) step(*self, error...);
    });
  };
}

void Farewell::start() {
  deadline_.expires_after(time_);
  deadline_.async_wait(turn([](Farewell& self, const error_code& error) {
    if (!error) self.finish();
  }));
  write();
  // Both ways at once: a peer whose own sending is stuck reads nothing before we do.
  discard();
}

void Farewell::write() {
  while (written_ < octets_.size()) {
    const BytesView rest = BytesView(octets_).subspan(written_);
    const Transfer transfer = write_some(socket_, std::span(&rest, 1));
    if (transfer.would_block()) {
      socket_.async_wait(tcp::socket::wait_write, turn([](Farewell& self, const error_code&) { self.write(); }));
      return;
    }
    if (transfer.error) return finish();
    written_ += transfer.octets;
  }
  error_code error;
  socket_.shutdown(tcp::socket::shutdown_send, error);
  if (error || peer_closed_) finish();
}

void Farewell::discard() {
  if (finished_) return;
  const Transfer transfer = read_some(socket_, read_buffer());
  if (transfer.error && !transfer.would_block()) {
    peer_closed_ = true;
    if (transfer.error != asio::error::eof || written_ == octets_.size()) finish();
    return;
  }
  socket_.async_wait(tcp::socket::wait_read, turn([](Farewell& self, const error_code&) { self.discard(); }));
}

void Farewell::finish() {
  if (std::exchange(finished_, true)) return;
  error_code ignored;
  socket_.close(ignored);
  deadline_.cancel();
  // Later: finish() may be reached from inside start(), before its owner has taken note of this farewell.
  asio::post(deadline_.get_executor(), [self = shared_from_this()] {
    self->gate_->enter([&] {
      if (self->over_) self->over_(self.get());
    });
  });
}

void Farewell::close() {
  finished_ = true;
  over_ = nullptr;
  error_code ignored;
  socket_.close(ignored);
  deadline_.cancel();
}

}  // namespace bgp::net
