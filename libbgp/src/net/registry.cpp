#include "registry.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

namespace bgp::net {
namespace {

using Local = std::optional<IpAddress>;

bool overlap(const Local& a, const Local& b) { return !a || !b || *a == *b; }

}  // namespace

PeerId Registry::next_id() {
  const std::lock_guard lock(mutex_);
  return PeerId{++last_id_};
}

void Registry::add(const std::shared_ptr<Peer>& peer) {
  const IpAddress& remote = peer->remote_address();
  const std::lock_guard lock(mutex_);
  if (closed_) throw std::logic_error("add_peer() after close()");
  refuse_overlap(*peer, peer->local_address());
  peers_.emplace(peer->id(), peer);
  listed_.emplace(remote, peer);
}

PeerOptions Registry::update(const std::shared_ptr<Peer>& peer, PeerOptions options) {
  const std::lock_guard lock(mutex_);
  refuse_overlap(*peer, options.local_address);
  return peer->exchange_options(std::move(options));
}

void Registry::refuse_overlap(const Peer& peer, const Local& local) const {
  const auto [first, last] = listed_.equal_range(peer.remote_address());
  const bool taken = std::any_of(first, last, [&](const auto& entry) {
    return entry.second.get() != &peer && overlap(entry.second->local_address(), local);
  });
  if (taken) throw std::invalid_argument("there is a peer " + to_string(peer.remote_address()) + " already");
}

std::shared_ptr<Peer> Registry::find(PeerId id) const {
  const std::lock_guard lock(mutex_);
  const auto found = peers_.find(id);
  return found == peers_.end() ? nullptr : found->second;
}

std::shared_ptr<Peer> Registry::match(const IpAddress& remote, const IpAddress& local) const {
  const std::lock_guard lock(mutex_);
  const auto [first, last] = listed_.equal_range(remote);
  const auto found = std::find_if(first, last, [&local](const auto& entry) {
    const Local wanted = entry.second->local_address();
    return !wanted || *wanted == local;
  });
  return found == last ? nullptr : found->second;
}

std::shared_ptr<Peer> Registry::unlist(PeerId id) {
  const std::lock_guard lock(mutex_);
  std::erase_if(listed_, [id](const auto& entry) { return entry.second->id() == id; });
  const auto found = peers_.find(id);
  return found == peers_.end() ? nullptr : found->second;
}

void Registry::erase(PeerId id) {
  std::shared_ptr<Peer> last;  // a peer dies outside the lock
  const std::lock_guard lock(mutex_);
  if (const auto found = peers_.find(id); found != peers_.end()) {
    last = std::move(found->second);
    peers_.erase(found);
  }
}

std::vector<std::shared_ptr<Peer>> Registry::close() {
  const std::lock_guard lock(mutex_);
  return close_locked();
}

std::vector<std::shared_ptr<Peer>> Registry::clear() {
  const std::lock_guard lock(mutex_);
  auto all = close_locked();
  peers_.clear();
  return all;
}

std::vector<std::shared_ptr<Peer>> Registry::close_locked() {
  closed_ = true;
  listed_.clear();
  std::vector<std::shared_ptr<Peer>> all;
  all.reserve(peers_.size());
  for (const auto& [id, peer] : peers_) all.push_back(peer);
  return all;
}

bool Registry::closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

bool Registry::empty() const {
  const std::lock_guard lock(mutex_);
  return peers_.empty();
}

}  // namespace bgp::net
