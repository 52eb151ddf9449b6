// bgp/wire/attribute_errors.hpp
//
// What to do about a malformed UPDATE: the approaches of RFC 7606 2, ordered by strength.
#pragma once

#include <cstdint>
#include <string>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/constants.hpp"

namespace bgp BGP_EXPORT {

/// RFC 7606 2, from the weakest to the strongest; when several errors occur the strongest is followed (3 h).
enum class ErrorApproach : std::uint8_t { AttributeDiscard, TreatAsWithdraw, AfiSafiDisable, SessionReset };

/// One thing that was wrong with an UPDATE.
struct UpdateError {
  ErrorApproach approach{};
  AttributeCode attribute{};                                     ///< 0 when it concerns no attribute
  std::uint8_t subcode = update_error::kMalformedAttributeList;  ///< of an UPDATE Message Error
  const char* reason = "";                                       ///< a static sentence with the RFC section

  friend bool operator==(const UpdateError& a, const UpdateError& b) {
    return a.approach == b.approach && a.attribute == b.attribute && a.subcode == b.subcode;
  }
};

/// "treat-as-withdraw ORIGIN: value 3 is undefined (RFC 7606 7.1)".
[[nodiscard]] std::string to_string(const UpdateError& error);

}  // namespace bgp BGP_EXPORT
