#include "tcp_direction.hpp"

namespace bgp::test {
namespace {

/// What may wait for something missing: more than a window has. The rest of such a file has lost it for good.
constexpr std::size_t kMostWaiting = std::size_t{4} << 20;
constexpr std::uint64_t kStart = std::uint64_t{1} << 32;  // room below for what came before the first we saw

}  // namespace

void TcpDirection::begin(std::uint32_t sequence) {
  if (started_ && sequence + 1 == next()) return;  // the SYN again
  *this = TcpDirection();
  started_ = true;
  after_syn_ = true;
  next_ = kStart + sequence + 1;
}

void TcpDirection::add(std::uint32_t sequence, BytesView octets) {
  if (octets.empty()) return;
  if (!started_) {
    started_ = true;
    next_ = kStart + sequence;
  }
  std::uint64_t at = position(sequence);
  const std::uint64_t end = at + octets.size();
  if (after_syn_) {
    after_syn_ = false;
    syn_data_end_ = at == next_ ? end : 0;
  } else if (syn_data_end_ == next_ && at + 1 == next_ && octets.size() > 1) {
    // Octets came with the SYN, and the next ones are counted as if the SYN had no number of its own
    inconsistent_ = true;
    next_ = at;
  }
  if (end <= next_) {
    ++retransmitted_;
    return;
  }
  if (at > next_) {
    ++out_of_order_;
    keep(at, octets);
    return;
  }
  ready_ = octets.subspan(static_cast<std::size_t>(next_ - at));
}

void TcpDirection::keep(std::uint64_t position, BytesView octets) {
  Bytes& kept = waiting_[position];
  if (kept.size() >= octets.size()) return;
  waiting_octets_ += octets.size() - kept.size();
  kept.assign(octets.begin(), octets.end());
}

void TcpDirection::acknowledge(std::uint32_t acknowledgment) {
  if (started_) acknowledged_ = position(acknowledgment);
}

std::optional<TcpDirection::Piece> TcpDirection::take() {
  if (!ready_.empty()) {
    const Piece piece{ready_, 0};
    next_ += ready_.size();
    ready_ = {};
    return piece;
  }
  while (!waiting_.empty()) {
    const auto first = waiting_.begin();
    const std::uint64_t at = first->first;
    const bool lost = given_up_ || acknowledged_ > at || waiting_octets_ > kMostWaiting;
    if (at > next_) {
      if (!lost) return std::nullopt;
      const Piece gap{{}, static_cast<std::size_t>(at - next_)};
      next_ = at;
      return gap;
    }
    taken_ = std::move(first->second);
    waiting_octets_ -= taken_.size();
    waiting_.erase(first);
    const std::uint64_t end = at + taken_.size();
    if (end <= next_) continue;
    const Piece piece{BytesView(taken_).subspan(static_cast<std::size_t>(next_ - at)), 0};
    next_ = end;
    return piece;
  }
  return std::nullopt;
}

}  // namespace bgp::test
