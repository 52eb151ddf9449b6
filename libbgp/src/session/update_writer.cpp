#include "bgp/session/update_writer.hpp"

namespace bgp {

namespace {

constexpr std::size_t kChunk = std::size_t{16} * 1024;  // messages of about this size share one allocation

}  // namespace

std::size_t UpdateWriter::reach(Family family, const PathAttributes& attributes, std::span<const Nlri> nlri) {
  too_large_ = false;
  std::size_t taken = 0;
  while (taken < nlri.size() && room()) {
    Writer out(pending_);
    const std::size_t fitted = encode_reach(out, context_, family, attributes, nlri.subspan(taken));
    if (fitted == 0) {
      too_large_ = true;
      break;
    }
    taken += fitted;
  }
  return taken;
}

std::size_t UpdateWriter::unreach(Family family, std::span<const Nlri> nlri) {
  std::size_t taken = 0;
  while (taken < nlri.size() && room()) {
    Writer out(pending_);
    const std::size_t fitted = encode_unreach(out, context_, family, nlri.subspan(taken));
    if (fitted == 0) break;
    taken += fitted;
  }
  return taken;
}

bool UpdateWriter::end_of_rib(Family family) {
  if (!room()) return false;
  Writer out(pending_);
  encode_end_of_rib(out, family);
  return true;
}

bool UpdateWriter::refresh_border(Family family, RefreshSubtype border) {
  if (!room()) return false;
  const Bytes message = encode_route_refresh({family, border, {}});
  pending_.insert(pending_.end(), message.begin(), message.end());
  return true;
}

bool UpdateWriter::shared(SharedOctets messages) {
  if (!room()) return false;
  flush();
  put(std::move(messages));
  return true;
}

bool UpdateWriter::room() {
  if (pending_.size() >= kChunk) flush();
  if (queue_.has_room()) return true;
  found_no_room_ = true;
  return false;
}

void UpdateWriter::flush() {
  if (pending_.empty()) return;
  put(std::make_shared<const Bytes>(std::move(pending_)));
  pending_ = {};
}

void UpdateWriter::put(SharedOctets messages) {
  written_.push_back(messages);
  queue_.push_data(std::move(messages));
}

}  // namespace bgp
