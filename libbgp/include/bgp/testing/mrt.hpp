// bgp/testing/mrt.hpp
//
// MRT files: what routing daemons and collectors write (RFC 6396; path identifiers by RFC 8050). Everything is borrowed
// from the file's octets; walking allocates nothing but the list of peers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/address.hpp"
#include "bgp/wire/constants.hpp"

namespace bgp BGP_EXPORT {
namespace test {

/// Types of records (RFC 6396 4, B). Others are kept.
enum class MrtType : std::uint16_t { Bgp = 5, TableDump = 12, TableDumpV2 = 13, Bgp4mp = 16, Bgp4mpEt = 17 };

/// One record. Borrowed.
struct MrtRecord {
  std::uint32_t time = 0;          ///< seconds since 1970 in UTC
  std::uint32_t microseconds = 0;  ///< of a record with an extended time stamp (RFC 6396 3)
  MrtType type{};
  std::uint16_t subtype = 0;
  BytesView body;  ///< behind the microseconds, if there are any
};

/// Walks over the records of a file.
class MrtReader {
 public:
  explicit MrtReader(BytesView file) : left_(file) {}

  /// The next record; nothing at the end, or where the file ends within one.
  [[nodiscard]] std::optional<MrtRecord> next();
  /// Octets at the end that are no whole record.
  [[nodiscard]] std::size_t left() const { return left_.size(); }
  /// Records so far.
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  BytesView left_;
  std::size_t count_ = 0;
};

/// True for octets that begin with a whole record of a type that is known here.
[[nodiscard]] bool is_mrt(BytesView file);

/// A message that a speaker received or sent, or a change of its state: BGP4MP (RFC 6396 4.4, RFC 8050 4.1), and the
/// old type BGP, whose UPDATEs have no header.
struct MrtMessage {
  std::uint32_t peer_as = 0;
  std::uint32_t local_as = 0;
  IpAddress peer;
  IpAddress local;
  bool four_octet_as = false;
  bool add_path = false;
  bool sent = false;                           ///< by the one who wrote the file (_LOCAL)
  BytesView message;                           ///< whole; empty for a change of state
  BytesView update_body;                       ///< instead, of the old type
  std::uint16_t old_state = 0, new_state = 0;  ///< as RFC 6396 4.4.1 numbers them, from 1 on

  [[nodiscard]] bool is_state_change() const { return old_state != 0 || new_state != 0; }
};

/// Reads a record of these types; nothing for another one, or one that is not whole.
[[nodiscard]] std::optional<MrtMessage> mrt_message(const MrtRecord& record);

/// One route of a table, of a peer.
struct MrtRoute {
  std::uint32_t peer_as = 0;
  IpAddress peer;
  Family family;
  std::uint8_t length = 0;  ///< of the prefix
  BytesView prefix;         ///< its octets, as many as were written
  std::optional<std::uint32_t> path_id;
  std::uint32_t originated = 0;  ///< when it was learned, seconds since 1970
  bool four_octet_as = false;
  /// In TABLE_DUMP_V2 a MP_REACH_NLRI among them has the next hop only (RFC 6396 4.3.4).
  BytesView attributes;
};

/// The routes of TABLE_DUMP (RFC 6396 4.2) and TABLE_DUMP_V2 (4.3, RFC 8050 4.2, 4.3). Keeps the last index of peers.
class MrtTable {
 public:
  /// Gives the routes of a record to `visit(const MrtRoute&)`. False for a record of another type, or one that cannot
  /// be read to its end; what came before was visited.
  template <class Visit>
  bool routes(const MrtRecord& record, Visit visit);

  struct Peer {
    IpAddress address;
    std::uint32_t asn = 0;
    BgpIdentifier identifier;
  };
  [[nodiscard]] const std::vector<Peer>& peers() const { return peers_; }

 private:
  /// Reads what a record says before its entries; false when it is no table.
  bool begin(const MrtRecord& record);
  /// Puts the next entry into route_.
  bool next();

  std::vector<Peer> peers_;
  BytesView left_;
  MrtRoute route_;
  std::size_t entries_ = 0;
  bool old_ = false;  // TABLE_DUMP, whose one route is all there already
};

template <class Visit>
bool MrtTable::routes(const MrtRecord& record, Visit visit) {
  if (!begin(record)) return false;
  for (; entries_ > 0; --entries_) {
    if (!next()) return false;
    visit(static_cast<const MrtRoute&>(route_));
  }
  return true;
}

}  // namespace test
}  // namespace bgp BGP_EXPORT
