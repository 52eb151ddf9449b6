#include "tools/bgpcap/mrt_decode.hpp"

#include <ostream>

#include "bgp/testing/mrt.hpp"
#include "bgp/wire/attribute_view.hpp"
#include "bgp/wire/bytes.hpp"
#include "tools/bgpcap/append.hpp"
#include "tools/bgpcap/bgpdump_lines.hpp"
#include "tools/bgpcap/wire_json.hpp"

namespace bgp::cap {
namespace {

using test::MrtMessage;
using test::MrtRecord;
using test::MrtRoute;

constexpr std::size_t kBuffer = std::size_t{256} * 1024;

void append_time(std::string& out, const MrtRecord& record) {
  append_seconds(out, std::chrono::seconds(record.time) + std::chrono::microseconds(record.microseconds));
}

DecodeContext context_of(const MrtMessage& message) {
  DecodeContext context = default_context().decode;
  context.internal = message.peer_as == message.local_as;
  context.four_octet_as = message.four_octet_as;
  if (message.add_path) context.add_path = context.families;
  return context;
}

std::string_view state_name(std::uint16_t state) {
  constexpr std::string_view kNames[] = {"none", "Idle", "Connect", "Active", "OpenSent", "OpenConfirm", "Established"};
  return state < std::size(kNames) ? kNames[state] : "unknown";
}

/// The old type's UPDATEs as whole messages.
Bytes with_header(BytesView body) {
  Bytes message(16, 0xff);
  Writer writer(message);
  writer.u16(static_cast<std::uint16_t>(kHeaderSize + body.size()));
  writer.u8(static_cast<std::uint8_t>(MessageType::Update));
  writer.bytes(body);
  return message;
}

/// Copies attributes, but a MP_REACH_NLRI with the next hop alone (RFC 6396 4.3.4) gets family and prefix.
void write_attributes(Writer& writer, const MrtRoute& route, BytesView nlri) {
  Reader reader(route.attributes);
  while (reader.remaining() >= 3) {
    const std::uint8_t flags = reader.u8();
    const std::uint8_t code = reader.u8();
    const bool extended = (flags & attribute_flags::kExtendedLength) != 0;
    const BytesView value = reader.bytes(extended ? reader.u16() : reader.u8());
    const bool short_form = code == static_cast<std::uint8_t>(AttributeCode::MpReachNlri) && !value.empty() &&
                            value[0] + 1U == value.size();
    writer.u8(flags | attribute_flags::kExtendedLength);
    writer.u8(code);
    const auto length = writer.length_u16();
    if (short_form) {
      writer.u16(static_cast<std::uint16_t>(route.family.afi));
      writer.u8(static_cast<std::uint8_t>(route.family.safi));
    }
    writer.bytes(value);
    if (!short_form) continue;
    writer.u8(0);
    writer.bytes(nlri);
  }
}

/// The body of an UPDATE that would announce a route.
Bytes as_update(const MrtRoute& route) {
  Bytes nlri;
  Writer prefix(nlri);
  if (route.path_id) prefix.u32(*route.path_id);
  prefix.u8(route.length);
  prefix.bytes(route.prefix.first(std::min<std::size_t>(route.prefix.size(), (route.length + 7U) / 8U)));
  Bytes body;
  Writer writer(body);
  writer.u16(0);
  {
    const auto length = writer.length_u16();
    write_attributes(writer, route, nlri);
  }
  if (route.family == kIpv4Unicast) writer.bytes(nlri);
  return body;
}

class Printer {
 public:
  Printer(const Filter& filter, const CaptureStyle& style, std::ostream& out)
      : filter_(filter), style_(style), out_(out) {}

  void add(const MrtRecord& record) {
    ++number_;
    if (style_.form == Form::Bgpdump) {
      lines_.append(text_, record);
    } else if (const auto message = test::mrt_message(record)) {
      if (passes(message->peer)) add(record, *message);
    } else {
      (void)table_.routes(record, [&](const MrtRoute& route) {
        if (passes(route.peer)) add(record, route);
      });
    }
    if (text_.size() > kBuffer) flush();
  }
  void flush() {
    out_.write(text_.data(), static_cast<std::streamsize>(text_.size()));
    text_.clear();
  }

 private:
  [[nodiscard]] bool passes(const IpAddress& peer) const {
    test::CapturedConnection connection;
    connection.ends[0].address = peer;
    return filter_.passes(connection);
  }
  void head(const char* kind, const MrtRecord& record, const IpAddress& peer, std::uint32_t asn);
  void add(const MrtRecord& record, const MrtMessage& message);
  void add_raw(const MrtRecord& record, const MrtMessage& message, const RawMessage& raw);
  void add(const MrtRecord& record, const MrtRoute& route);

  const Filter& filter_;
  CaptureStyle style_;
  std::ostream& out_;
  BgpdumpLines lines_;
  test::MrtTable table_;
  std::string text_;
  std::size_t number_ = 0;
};

void Printer::head(const char* kind, const MrtRecord& record, const IpAddress& peer, std::uint32_t asn) {
  const bool json = style_.form == Form::Json;
  text_.append(json ? "{\"kind\":\"" : "#");
  if (json) text_.append(kind).append("\",\"frame\":");
  append(text_, number_);
  text_ += json ? ",\"time\":" : " ";
  append_time(text_, record);
  text_ += json ? ",\"peer\":\"" : " ";
  append_address(text_, peer);
  text_ += json ? "\",\"peer_as\":" : " AS ";
  append(text_, asn);
  text_ += json ? "," : " ";
}

void Printer::add(const MrtRecord& record, const MrtMessage& message) {
  if (message.is_state_change()) {
    if (!filter_.passes_others()) return;
    head("state", record, message.peer, message.peer_as);
    const bool json = style_.form == Form::Json;
    text_.append(json ? "\"old\":\"" : "").append(state_name(message.old_state)).append(json ? "\",\"new\":\"" : " > ");
    text_.append(state_name(message.new_state)).append(json ? "\"}\n" : "\n");
    return;
  }
  const Bytes made = message.message.empty() ? with_header(message.update_body) : Bytes();
  const BytesView octets = made.empty() ? message.message : BytesView(made);
  Framer framer;
  framer.set_max_message_size(kMaxExtendedMessageSize);
  BytesView in = octets;
  const auto raw = framer.next(in);
  if (raw && *raw) return add_raw(record, message, **raw);
  if (!filter_.passes_others()) return;
  head("header-error", record, message.peer, message.peer_as);
  if (style_.form == Form::Json) {
    text_ += "\"hex\":\"";
    append_hex(text_, octets);
    text_ += "\"}\n";
  } else {
    text_ += "no message: ";
    append_hex(text_, octets.first(std::min<std::size_t>(octets.size(), 32)));
    text_ += '\n';
  }
}

void Printer::add_raw(const MrtRecord& record, const MrtMessage& message, const RawMessage& raw) {
  const DecodeContext context = context_of(message);
  if (!filter_.passes(raw, context)) return;
  head("msg", record, message.peer, message.peer_as);
  if (style_.form == Form::Json) {
    if (message.sent) text_ += "\"sent\":true,";
    append_wire_json(text_, raw, context, true);
    text_ += "}\n";
    return;
  }
  text_.append(message.sent ? "sent " : "").append(style_.colors ? color_of(raw.type) : "");
  text_.append(type_name(raw.type)).append(", ");
  append(text_, raw.octets.size());
  text_.append(" octets").append(style_.colors ? kNoColor : "").append("\n");
  append_body(text_, raw, context, true);
}

void Printer::add(const MrtRecord& record, const MrtRoute& route) {
  DecodeContext context = default_context().decode;
  context.four_octet_as = route.four_octet_as;
  context.internal = true;  // not known, and the one that allows more
  if (route.path_id) context.add_path.insert(route.family);
  const Bytes body = as_update(route);
  if (!filter_.passes_others()) {
    const Bytes message = with_header(body);
    if (!filter_.passes(RawMessage{MessageType::Update, message}, context)) return;
  }
  head("route", record, route.peer, route.peer_as);
  if (style_.form == Form::Json) {
    text_ += "\"originated\":";
    append(text_, route.originated);
    text_ += ",\"update\":";
    append_update(text_, body, context);
    text_ += "}\n";
    return;
  }
  text_ += "route\n";
  Bytes message = with_header(body);
  append_body(text_, RawMessage{MessageType::Update, message}, context, true);
}

}  // namespace

bool decode_mrt(BytesView file, const Filter& filter, const CaptureStyle& style, std::ostream& out, std::ostream& err) {
  test::MrtReader reader(file);
  Printer printer(filter, style, out);
  while (const auto record = reader.next()) printer.add(*record);
  printer.flush();
  if (reader.left() == 0) return true;
  err << "bgpcap: after " << reader.count() << " records there are " << reader.left() << " octets that are no record\n";
  return false;
}

}  // namespace bgp::cap
