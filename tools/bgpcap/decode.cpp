#include "tools/bgpcap/decode.hpp"

#include <boost/json/serialize.hpp>
#include <ostream>

#include "bgp/json/messages.hpp"
#include "bgp/wire/notification.hpp"
#include "tools/bgpcap/wire_json.hpp"

namespace bgp::cap {
namespace {

using boost::json::object;

/// Each line of `text` on a line of its own, two spaces in.
void append_indented(std::string& lines, const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.append("  ").append(text, at, end - at).append("\n");
    at = end + 1;
  }
}

/// False for an error.
template <class T>
bool append_result(std::string& lines, const Result<T>& result) {
  append_indented(lines, result ? to_string(*result) : "error: NOTIFICATION " + to_string(result.error()));
  return result.has_value();
}

/// What stands where the octets could not be followed.
void write_end(const Result<std::optional<RawMessage>>& end, std::size_t offset, std::size_t left, Form form,
               std::ostream& out) {
  if (form == Form::Json) {
    object json{{"offset", offset}};
    if (end) {
      json["incomplete"] = left;
    } else {
      json["error"] = to_json(end.error());
    }
    out << boost::json::serialize(json) << '\n';
  } else if (end) {
    out << "incomplete: the message at octet " << offset << " ends after " << left << " octets\n";
  } else {
    out << "error at octet " << offset << ": NOTIFICATION " << to_string(end.error()) << '\n';
  }
}

}  // namespace

bool append_body(std::string& out, const RawMessage& message, const DecodeContext& context, bool enhanced_refresh) {
  switch (message.type) {
    case MessageType::Open: return append_result(out, decode_open(message.body()));
    case MessageType::Update: return append_result(out, decode_update(message.body(), context));
    case MessageType::RouteRefresh: return append_result(out, decode_route_refresh(message.octets, enhanced_refresh));
    case MessageType::Notification: append_indented(out, to_string(decode_notification(message.body()))); break;
    case MessageType::Keepalive: break;
  }
  return true;
}

const char* color_of(MessageType type) {
  switch (type) {
    case MessageType::Open: return "\033[1;32m";
    case MessageType::Update: return "\033[1m";
    case MessageType::Notification: return "\033[1;31m";
    case MessageType::RouteRefresh: return "\033[1;36m";
    case MessageType::Keepalive: return "\033[2m";
  }
  return "";
}

std::string describe(const RawMessage& message, const Context& context, bool colors) {
  std::string text(colors ? color_of(message.type) : "");
  text += std::string(type_name(message.type)) + ", " + std::to_string(message.octets.size()) + " octets";
  text += colors ? std::string(kNoColor) + '\n' : "\n";
  (void)append_body(text, message, context.decode, context.enhanced_refresh);
  return text;
}

bool decode_stream(BytesView octets, const Context& context, Form form, std::ostream& out, const Filter& filter,
                   bool colors) {
  bool good = true;
  Framer framer;
  if (context.extended_message) framer.set_max_message_size(kMaxExtendedMessageSize);
  for (BytesView in = octets; !in.empty();) {
    const std::size_t offset = octets.size() - in.size();
    const auto message = framer.next(in);
    if (!message || !*message) {
      write_end(message, offset, octets.size() - offset, form, out);
      return false;
    }
    if (!filter.passes(**message, context.decode)) continue;
    const object json = to_json(**message, context.decode, context.enhanced_refresh);
    good = good && !json.contains("error");
    out << (form == Form::Json ? boost::json::serialize(json) + '\n' : describe(**message, context, colors));
  }
  return good;
}

}  // namespace bgp::cap
