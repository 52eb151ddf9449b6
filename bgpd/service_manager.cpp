#include "bgpd/service_manager.hpp"

#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <charconv>
#include <cstdlib>
#include <ctime>
#include <optional>

namespace bgp::daemon {

using Local = boost::asio::local::datagram_protocol;

namespace {

std::string_view environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// An address that starts with '@' is of the abstract namespace.
std::string address_of(std::string_view name) {
  std::string address(name);
  if (address.starts_with('@')) address.front() = '\0';
  return address.size() < 108 ? address : "";
}

}  // namespace

ServiceManager::ServiceManager(const boost::asio::any_io_executor& executor)
    : socket_(executor), timer_(executor), address_(address_of(environment("NOTIFY_SOCKET"))) {
  const auto pid = number(environment("WATCHDOG_PID"));
  const auto watchdog = number(environment("WATCHDOG_USEC"));
  if (watchdog && *watchdog > 0 && (!pid || *pid == getpid())) every_ = std::chrono::microseconds(*watchdog / 2);
}

void ServiceManager::ready() {
  tell("READY=1");
  if (every_.count() > 0 && !address_.empty()) feed_watchdog();
}

void ServiceManager::reloading() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  tell("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1'000));
}

void ServiceManager::stopping() { tell("STOPPING=1"); }

void ServiceManager::feed_watchdog() {
  timer_.expires_after(every_);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (error) return;
    tell("WATCHDOG=1");
    feed_watchdog();
  });
}

// What it does not take is lost: it is told again, or asks in its own way.
void ServiceManager::tell(std::string_view state) {
  if (address_.empty()) return;
  boost::system::error_code error;
  if (!socket_.is_open()) socket_.open(Local(), error);
  if (!error) socket_.non_blocking(true, error);
  if (!error) socket_.send_to(boost::asio::buffer(state), Local::endpoint(address_), 0, error);
}

}  // namespace bgp::daemon
