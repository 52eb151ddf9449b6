// wire/attribute_errors.cpp
//
// What was wrong with an UPDATE, in words.
#include "bgp/wire/attribute_errors.hpp"

#include "bgp/wire/attributes.hpp"

namespace bgp {
namespace {

const char* to_text(ErrorApproach approach) {
  switch (approach) {
    case ErrorApproach::AttributeDiscard: return "attribute-discard";
    case ErrorApproach::TreatAsWithdraw: return "treat-as-withdraw";
    case ErrorApproach::AfiSafiDisable: return "afi-safi-disable";
    case ErrorApproach::SessionReset: return "session-reset";
  }
  return "?";
}

}  // namespace

std::string to_string(const UpdateError& error) {
  std::string text = to_text(error.approach);
  if (error.attribute != AttributeCode{}) text += ' ' + to_string(error.attribute);
  return text + ": " + error.reason;
}

}  // namespace bgp
