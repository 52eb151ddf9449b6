#include "listeners.hpp"

#include <algorithm>
#include <stdexcept>
#include <system_error>

namespace bgp::net {
namespace {

bool arrives_at(const Listener& listener, const Prefix& remote, const std::optional<IpAddress>& local) {
  return listener.address().is_v4() == remote.address().is_v4() && (!local || listener.takes(*local));
}

}  // namespace

void Listeners::check(const TransportSecurity& security) {
  if (security.md5_key.empty() || has_tcp_md5()) return;
  throw std::system_error(std::make_error_code(std::errc::no_protocol_option), "this system has no TCP MD5 (RFC 2385)");
}

void Listeners::add(const std::shared_ptr<Listener>& listener) {
  const std::lock_guard lock(mutex_);
  if (closed_) throw std::logic_error("listen() after close()");
  if (gtsm_) listener->expect_gtsm();
  for (const Key& key : keys_) {
    if (arrives_at(*listener, key.remote, key.local)) listener->set_md5_key(key.remote, key.key);
  }
  listeners_.push_back(listener);
  listener->start();
}

void Listeners::protect(const Prefix& remote, const std::optional<IpAddress>& local,
                        const TransportSecurity& security) {
  const std::lock_guard lock(mutex_);
  if (security.gtsm_hops != 0 && !gtsm_) {
    for (const auto& listener : listeners_) listener->expect_gtsm();
    gtsm_ = true;
  }
  const Key key{remote, local, security.md5_key};
  const bool had_one = erase(remote, local);
  if (key.key.empty() && !had_one) return;  // a system without TCP MD5 is not even asked
  tell(key);
  if (!key.key.empty()) keys_.push_back(key);
}

void Listeners::forget(const Prefix& remote, const std::optional<IpAddress>& local) {
  const std::lock_guard lock(mutex_);
  if (erase(remote, local)) tell({remote, local, {}});
}

void Listeners::tell(const Key& key) {
  for (const auto& listener : listeners_) {
    if (arrives_at(*listener, key.remote, key.local)) listener->set_md5_key(key.remote, key.key);
  }
}

bool Listeners::erase(const Prefix& remote, const std::optional<IpAddress>& local) {
  return std::erase_if(keys_, [&](const Key& key) { return key.remote == remote && key.local == local; }) > 0;
}

void Listeners::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  for (const auto& listener : listeners_) listener->close();
  listeners_.clear();
}

}  // namespace bgp::net
