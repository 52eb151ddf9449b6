// bgpcap/wire_json_open.cpp
//
// An OPEN octet by octet: parameters and capabilities as they were sent, whole or not.
#include <algorithm>

#include "bgp/wire/bytes.hpp"
#include "bgp/wire/text.hpp"
#include "tools/bgpcap/append.hpp"
#include "tools/bgpcap/wire_json.hpp"

namespace bgp::cap {
namespace {

/// `"KEY":[[AFI, SAFI, third], ...]` while rows are whole; `width`: octets of SAFI and of what stands behind it.
void append_rows(std::string& out, const char* key, Reader reader, std::size_t safi_width, std::size_t third_width) {
  out.append(",\"").append(key).append("\":[");
  for (bool first = true; reader.remaining() >= 2 + safi_width + third_width; first = false) {
    if (!first) out += ',';
    out += '[';
    append(out, reader.u16());
    out += ',';
    append(out, safi_width == 2 ? reader.u16() : reader.u8());
    out += ',';
    append(out, third_width == 2 ? reader.u16() : reader.u8());
    out += ']';
  }
  out += ']';
}

void append_names(std::string& out, Reader reader) {
  for (const char* key : {"host", "domain"}) {
    const BytesView name = reader.bytes(reader.u8());
    out.append(",\"").append(key).append("\":");
    append_quoted(out, escaped({reinterpret_cast<const char*>(name.data()), name.size()}));
  }
}

void append_number(std::string& out, const char* key, std::uint64_t number) {
  out.append(",\"").append(key).append("\":");
  append(out, number);
}

void append_fields(std::string& out, CapabilityCode code, BytesView value) {
  Reader reader(value);
  switch (code) {
    case CapabilityCode::Multiprotocol:
      if (value.size() != 4) break;
      append_number(out, "afi", reader.u16());
      reader.u8();
      append_number(out, "safi", reader.u8());
      break;
    case CapabilityCode::FourOctetAs:
      if (value.size() == 4) append_number(out, "as4", reader.u32());
      break;
    case CapabilityCode::Role:
      if (value.size() == 1) append_number(out, "role", reader.u8());
      break;
    case CapabilityCode::GracefulRestart:
      if (value.size() < 2) {
        out += ",\"restart_time\":null,\"families\":[]";
      } else {
        append_number(out, "restart_time", reader.u16() & 0xfffU);
        append_rows(out, "families", reader, 1, 1);
      }
      break;
    case CapabilityCode::AddPath: append_rows(out, "addpath", reader, 1, 1); break;
    case CapabilityCode::ExtendedNextHop: append_rows(out, "extnh", reader, 2, 2); break;
    case CapabilityCode::Fqdn: append_names(out, reader); break;
    default: break;
  }
}

void append_capabilities(std::string& out, Reader& parameter, bool& first) {
  while (parameter.ok() && parameter.remaining() >= 2) {
    const std::uint8_t code = parameter.u8();
    const std::uint8_t length = parameter.u8();
    out += first ? "{\"code\":" : ",{\"code\":";
    append(out, code);
    append_number(out, "len", length);
    append_fields(out, static_cast<CapabilityCode>(code),
                  parameter.bytes(std::min<std::size_t>(length, parameter.remaining())));
    out += '}';
    first = false;
  }
}

}  // namespace

void append_open(std::string& out, BytesView body) {
  constexpr std::uint8_t kCapabilities = 2;
  constexpr std::uint8_t kExtended = 255;  // RFC 9072 2
  Reader reader(body);
  out += "{\"version\":";
  append(out, reader.u8());
  append_number(out, "as", reader.u16());
  append_number(out, "hold", reader.u16());
  out += ",\"id\":\"";
  append_v4(out, reader.u32());
  out += '"';
  std::size_t length = reader.u8();
  const bool extended = length == kExtended && !body.empty() && reader.remaining() > 3 && body[10] == kExtended;
  if (extended) {
    reader.u8();
    length = reader.u16();
  }
  append_number(out, "optlen", length);
  Reader parameters(reader.bytes(std::min(length, reader.remaining())));
  std::string capabilities;
  bool first = true;
  out += ",\"params\":[";
  for (bool first_parameter = true; parameters.remaining() >= (extended ? 3 : 2); first_parameter = false) {
    const std::uint8_t type = parameters.u8();
    const std::size_t size = extended ? parameters.u16() : parameters.u8();
    out += first_parameter ? "[" : ",[";
    append(out, type);
    out += ',';
    append(out, size);
    out += ']';
    Reader value(parameters.bytes(std::min(size, parameters.remaining())));
    if (type == kCapabilities) append_capabilities(capabilities, value, first);
  }
  out += "],\"caps\":[";
  out += capabilities;
  out += "]}";
}

}  // namespace bgp::cap
