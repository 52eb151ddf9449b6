// bgp/testing/network_recorder.hpp
//
// What an end of a Network sent and received, as a file that bgpcap, Wireshark and the tools of collectors read.
//
//   NetworkRecorder recorder(MessageFileFormat::Pcapng, 0, {local, peer, 65001, 65002});
//   Network network(seed, true, &recorder);
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/session/message_file.hpp"
#include "bgp/testing/network.hpp"

namespace bgp BGP_EXPORT {
namespace test {

/// Looks on, and keeps the file. Message by message; what is none, or was cut off, only in pcapng. Times are those of
/// the virtual clock. A connection of a process that died has no end in the file, as it had none for its peer.
class NetworkRecorder final : public NetworkObserver {
 public:
  /// `end` as Network::add_peering() numbers them; `ends`: what it and its peer are called.
  NetworkRecorder(MessageFileFormat format, std::size_t end, const MessageFileEnds& ends);

  /// The whole file up to now.
  [[nodiscard]] const Bytes& file() const { return file_; }

  void on_input(std::size_t end, const NetworkInput& input) override;
  void on_transport(std::size_t end, ConnectionId id, Direction direction) override;
  void on_room(std::size_t end, TimePoint time) override;
  void on_octets(std::size_t end, ConnectionId id, BytesView octets) override;
  void on_fin(std::size_t end, ConnectionId id) override;
  void on_loss(std::size_t end, ConnectionId id) override;
  void on_crash(std::size_t end) override;

 private:
  struct Link {
    ConnectionId id{};        // for its Session
    ConnectionId recorded{};  // in the file: another Session may use the same numbers after a crash
    Direction direction{};
    std::array<Bytes, 2> unfinished;  // octets of a message that is not whole yet, sent ones first
  };
  void take(ConnectionId id, Travel travel, BytesView octets);
  void put(const Link& link, Travel travel, BytesView octets);
  void end(ConnectionId id, Travel by);
  [[nodiscard]] MessageFile::Time now() const { return now_.time_since_epoch(); }

  MessageFileFormat format_;
  std::size_t end_;
  MessageFile messages_;
  Bytes file_;
  TimePoint now_{};
  std::vector<Link> links_;
  std::uint64_t count_ = 0;
};

}  // namespace test
}  // namespace bgp BGP_EXPORT
