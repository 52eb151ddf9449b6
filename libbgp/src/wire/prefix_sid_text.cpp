// wire/prefix_sid_text.cpp
//
// Prefix-SID (RFC 8669, RFC 9252) for people.
#include "bgp/wire/prefix_sid.hpp"
#include "overloaded.hpp"
#include "text.hpp"

namespace bgp {
namespace {

using namespace prefix_sid;

std::string text_of(const SidStructure& structure) {
  std::string text;
  for (const std::uint8_t field :
       {structure.locator_block, structure.locator_node, structure.function, structure.argument,
        structure.transposition_length, structure.transposition_offset}) {
    text += (text.empty() ? "" : ".") + std::to_string(field);
  }
  return text;
}

std::string text_of(const char* name, const std::vector<Srv6Sid>& sids) {
  std::string text = name;
  for (const Srv6Sid& sid : sids) {
    text += ' ' + to_string(sid.sid) + " behavior " + std::to_string(sid.endpoint_behavior);
    if (sid.flags != 0) text += " flags " + std::to_string(sid.flags);
    if (sid.structure) text += " structure " + text_of(*sid.structure);
  }
  return text;
}

std::string text_of(const OriginatorSrgb& srgb) {
  std::string text = "srgb";
  for (const LabelRange& range : srgb.ranges) {
    text += ' ' + std::to_string(range.base) + '+' + std::to_string(range.size);
  }
  return text;
}

std::string text_of(const PrefixSidTlv& tlv) {
  return std::visit(
      Overloaded{
          [](const LabelIndex& index) { return "label-index " + std::to_string(index.index); },
          [](const OriginatorSrgb& srgb) { return text_of(srgb); },
          [](const Srv6L3Service& service) { return text_of("srv6-l3", service.sids); },
          [](const Srv6L2Service& service) { return text_of("srv6-l2", service.sids); },
          [](const Other& other) { return "tlv-" + std::to_string(other.type) + ' ' + hex_text(other.value); },
      },
      tlv);
}

}  // namespace

std::string to_string(const PrefixSid& prefix_sid) {
  std::string text;
  for (const PrefixSidTlv& tlv : prefix_sid.tlvs) text += (text.empty() ? "" : " ") + text_of(tlv);
  return text;
}

}  // namespace bgp
