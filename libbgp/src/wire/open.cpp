// wire/open.cpp
//
// RFC 4271 4.2 and 6.2; the Capabilities parameter of RFC 5492 4; the long form of RFC 9072 2.
#include "bgp/wire/open.hpp"

#include <algorithm>
#include <stdexcept>

#include "bgp/wire/bytes.hpp"
#include "message.hpp"

namespace bgp {
namespace {

constexpr std::uint8_t kCapabilitiesParameter = 2;      // RFC 5492 4
constexpr std::uint8_t kExtendedLengthParameter = 255;  // RFC 9072 2
constexpr std::size_t kMaxShortParameters = 255;

using Checked = Result<void>;  // of reading

/// The list of optional parameters; each length is one octet, or two in the extended form.
Checked read_parameters(Reader reader, bool extended, std::vector<Capability>& capabilities) {
  while (!reader.empty()) {
    const std::uint8_t type = reader.u8();
    const std::size_t length = extended ? reader.u16() : reader.u8();
    const BytesView value = reader.bytes(length);
    if (!reader.ok()) return failure(ErrorCode::OpenMessage, open_error::kUnspecific);
    // RFC 4271 6.2; RFC 9072 3: type 255 anywhere but in front is such a parameter too
    if (type != kCapabilitiesParameter) {
      return failure(ErrorCode::OpenMessage, open_error::kUnsupportedOptionalParameter);
    }
    const auto read = decode_capabilities(value);
    // RFC 4271 6.2: a recognized but malformed optional parameter is Unspecific
    if (!read) return failure(ErrorCode::OpenMessage, open_error::kUnspecific);
    capabilities.insert(capabilities.end(), read->begin(), read->end());
  }
  return {};
}

/// From the Optional Parameters Length to the end of the message.
Checked read_optional_part(Reader reader, std::vector<Capability>& capabilities) {
  std::size_t length = reader.u8();
  // RFC 9072 2: with a length other than 0 the first type alone says that the long form is used
  Reader ahead = reader;
  const bool extended = length != 0 && ahead.u8() == kExtendedLengthParameter;
  if (extended) {
    length = ahead.u16();
    reader = ahead;
  }
  const Reader parameters = reader.sub(length);
  // RFC 4271 4.2: the parameters end where the message does
  if (!reader.done()) return failure(ErrorCode::OpenMessage, open_error::kUnspecific);
  return read_parameters(parameters, extended, capabilities);
}

/// The capabilities one after the other, identical repeats left out (RFC 5492 4).
Bytes capability_octets(const std::vector<Capability>& capabilities) {
  Bytes octets;
  Writer out(octets);
  for (auto it = capabilities.begin(); it != capabilities.end(); ++it) {
    if (std::find(capabilities.begin(), it, *it) == it) out.bytes(encode_capability(*it));
  }
  return octets;
}

void write_optional_part(Writer& out, const Bytes& capabilities) {
  constexpr std::size_t kShortParameterHeader = 2;
  if (capabilities.empty()) {
    out.u8(0);
  } else if (capabilities.size() + kShortParameterHeader <= kMaxShortParameters) {
    const auto parameters = out.length_u8();
    out.u8(kCapabilitiesParameter);
    const auto parameter = out.length_u8();
    out.bytes(capabilities);
  } else {
    // RFC 9072 2: 255 twice, then lengths of two octets
    out.u8(255);
    out.u8(kExtendedLengthParameter);
    const auto parameters = out.length_u16();
    out.u8(kCapabilitiesParameter);
    const auto parameter = out.length_u16();
    out.bytes(capabilities);
  }
}

}  // namespace

std::uint32_t OpenMessage::asn() const {
  const auto* four_octet = find<capability::FourOctetAs>();
  return four_octet ? four_octet->asn : my_as;
}

std::vector<Family> OpenMessage::families() const {
  std::vector<Family> families;
  for (const Capability& capability : capabilities) {
    const auto* mp = std::get_if<capability::Multiprotocol>(&capability);
    if (mp && std::ranges::find(families, mp->family) == families.end()) families.push_back(mp->family);
  }
  if (families.empty()) families.push_back(kIpv4Unicast);
  return families;
}

Result<OpenMessage> read_open(BytesView body) {
  Reader reader(body);
  const std::uint8_t version = reader.u8();
  // RFC 4271 6.2: data is the largest version that we support, in two octets
  if (version != kBgpVersion) {
    return failure(ErrorCode::OpenMessage, open_error::kUnsupportedVersionNumber, {0, kBgpVersion});
  }
  OpenMessage open;
  open.my_as = reader.u16();
  open.hold_time = reader.u16();
  open.identifier.value = reader.u32();
  if (auto read = read_optional_part(reader, open.capabilities); !read) return std::unexpected(read.error());
  return open;
}

Result<void> check_open(const OpenMessage& open) {
  // RFC 7607 2: AS 0, in either place
  if (open.my_as == 0 || open.asn() == 0) return failure(ErrorCode::OpenMessage, open_error::kBadPeerAs);
  // RFC 4271 6.2: one and two seconds
  if (open.hold_time == 1 || open.hold_time == 2) {
    return failure(ErrorCode::OpenMessage, open_error::kUnacceptableHoldTime);
  }
  // RFC 6286 2.1: any number but 0
  if (open.identifier.value == 0) return failure(ErrorCode::OpenMessage, open_error::kBadBgpIdentifier);
  return {};
}

Result<OpenMessage> decode_open(BytesView body) {
  auto open = read_open(body);
  if (!open) return open;
  if (auto checked = check_open(*open); !checked) return std::unexpected(checked.error());
  return open;
}

Bytes encode_open(const OpenMessage& open) {
  Bytes message;
  Writer out(message);
  {
    const MessageFrame frame(out, MessageType::Open);
    out.u8(kBgpVersion);
    out.u16(open.my_as);
    out.u16(open.hold_time);
    out.u32(open.identifier.value);
    write_optional_part(out, capability_octets(open.capabilities));
  }
  // RFC 8654 4: an OPEN is never longer
  if (message.size() > kMaxMessageSize) throw std::length_error("an OPEN exceeds 4,096 octets (RFC 8654 4)");
  return message;
}

Bytes encode_keepalive() {
  Bytes message;
  Writer out(message);
  {
    const MessageFrame frame(out, MessageType::Keepalive);
  }
  return message;
}

std::string to_string(const OpenMessage& open) {
  std::string text = "AS " + std::to_string(open.asn()) + " hold time " + std::to_string(open.hold_time) +
                     " identifier " + to_string(open.identifier);
  for (const Capability& capability : open.capabilities) text += ", " + to_string(capability);
  return text;
}

}  // namespace bgp
