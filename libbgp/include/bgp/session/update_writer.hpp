// bgp/session/update_writer.hpp
//
// How a handler writes routes into a session's send queue (PeerHandler::on_writable). Valid during the callback.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/session/send_queue.hpp"
#include "bgp/wire/prefix.hpp"
#include "bgp/wire/route_refresh.hpp"
#include "bgp/wire/update.hpp"

namespace bgp BGP_EXPORT {

class UpdateWriter {
 public:
  UpdateWriter(SendQueue& queue, const EncodeContext& context) : queue_(queue), context_(context) {}
  UpdateWriter(const UpdateWriter&) = delete;
  UpdateWriter& operator=(const UpdateWriter&) = delete;
  ~UpdateWriter() { flush(); }

  /// Announces `nlri` with these attributes, in as many UPDATEs as it takes and as there is room for. Returns how many
  /// it took from the front: fewer than given means no room now (call again in the next on_writable), or that the
  /// attributes alone exceed a message, which too_large() then says; such routes must be withdrawn (RFC 4271 9.2).
  std::size_t reach(Family family, const PathAttributes& attributes, std::span<const Nlri> nlri);
  /// Withdraws `nlri`; returns how many it took from the front.
  std::size_t unreach(Family family, std::span<const Nlri> nlri);
  /// The End-of-RIB marker (RFC 4724 2). False when there is no room.
  [[nodiscard]] bool end_of_rib(Family family);
  /// BoRR or EoRR: they keep their place among the UPDATEs (RFC 7313 4). False when there is no room.
  [[nodiscard]] bool refresh_border(Family family, RefreshSubtype border);
  /// Whole messages that were encoded for an equal EncodeContext. False when there is no room.
  [[nodiscard]] bool shared(SharedOctets messages);

  /// Puts what is still being gathered into the queue; at the latest the destructor does.
  void flush();
  /// What went into the queue, in order: whole messages.
  [[nodiscard]] const std::vector<SharedOctets>& written() const { return written_; }

  [[nodiscard]] const EncodeContext& context() const { return context_; }
  /// The last reach() failed because its attributes do not fit a message.
  [[nodiscard]] bool too_large() const { return too_large_; }
  /// Something found no room: on_writable will be called again without want_write().
  [[nodiscard]] bool found_no_room() const { return found_no_room_; }

 private:
  [[nodiscard]] bool room();
  void put(SharedOctets messages);

  SendQueue& queue_;
  const EncodeContext& context_;
  Bytes pending_;
  std::vector<SharedOctets> written_;
  bool too_large_ = false;
  bool found_no_room_ = false;
};

}  // namespace bgp BGP_EXPORT
