// bgp/session/config_change.hpp
//
// What a change of the configuration does to a session, field by field. A reload must not flap sessions whose terms it
// does not touch.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "bgp/export.hpp"
#include "bgp/session/config.hpp"

namespace bgp BGP_EXPORT {

enum class ConfigChange : std::uint8_t {
  Unchanged,
  Soft,   ///< takes effect without ending the session: at once, or when the next timer starts or connection opens
  Reset,  ///< what the OPENs said is not true any more: the session ends with Cease/6 and comes back
};

[[nodiscard]] std::string_view to_string(ConfigChange change);

/// One field of PeerConfig (members of `attributes` and `idle_hold` are fields of their own). A row of the table in
/// docs/guide/changing-a-peer.md.
struct ConfigField {
  std::string_view name;  ///< as in C++: "attributes.hold_time"
  ConfigChange effect{};  ///< of another value
  std::string_view when;  ///< when another value takes effect, in words
  bool (*equal)(const PeerConfig&, const PeerConfig&);
};

/// Every field.
[[nodiscard]] std::span<const ConfigField> config_fields();

/// The strongest effect of the fields that differ.
[[nodiscard]] ConfigChange classify(const PeerConfig& from, const PeerConfig& to);

}  // namespace bgp BGP_EXPORT
