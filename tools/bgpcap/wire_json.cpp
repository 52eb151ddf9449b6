#include "tools/bgpcap/wire_json.hpp"

#include <boost/json/serialize.hpp>

#include "bgp/json/attributes.hpp"
#include "bgp/wire/notification.hpp"
#include "bgp/wire/route_refresh.hpp"
#include "tools/bgpcap/append.hpp"

namespace bgp::cap {
namespace {

void append_notification(std::string& out, const Notification& notification) {
  out += ",\"notification\":{\"code\":";
  append(out, static_cast<unsigned>(notification.code));
  out += ",\"subcode\":";
  append(out, notification.subcode);
  out += ",\"data\":\"";
  append_hex(out, notification.data);
  out += "\",\"text\":";
  append_quoted(out, to_string(notification));
  out += '}';
}

/// RFC 2918 3; the octet between AFI and SAFI by RFC 7313 3.2.
void append_refresh(std::string& out, BytesView body) {
  Reader reader(body);
  out += ",\"refresh\":{\"afi\":";
  append(out, reader.u16());
  out += ",\"subtype\":";
  append(out, reader.u8());
  out += ",\"safi\":";
  append(out, reader.u8());
  if (!reader.empty()) {
    out += ",\"orf\":\"";
    append_hex(out, reader.rest());
    out += '"';
  }
  out += '}';
}

/// Appends the error of a message that could not be decoded; true when it could.
template <class T>
bool append_if_wrong(std::string& out, const Result<T>& decoded) {
  if (!decoded) append_error(out, decoded.error());
  return decoded.has_value();
}

bool append_update_verdict(std::string& out, BytesView body, const DecodeContext& context) {
  const auto update = decode_update(body, context);
  if (!append_if_wrong(out, update)) return false;
  if (update->error_count() == 0) return true;
  const UpdateError* worst = &update->errors().front();
  for (const UpdateError& error : update->errors()) {
    if (error.approach > worst->approach) worst = &error;
  }
  out += ",\"error\":";
  out += boost::json::serialize(to_json(*worst));
  return true;
}

}  // namespace

std::string_view type_name(MessageType type) {
  switch (type) {
    case MessageType::Open: return "OPEN";
    case MessageType::Update: return "UPDATE";
    case MessageType::Notification: return "NOTIFICATION";
    case MessageType::Keepalive: return "KEEPALIVE";
    case MessageType::RouteRefresh: return "ROUTE-REFRESH";
  }
  return "unknown";
}

void append_error(std::string& out, const Notification& error) {
  out += ",\"error\":{\"code\":";
  append(out, static_cast<unsigned>(error.code));
  out += ",\"subcode\":";
  append(out, error.subcode);
  out += ",\"data\":\"";
  append_hex(out, error.data);
  out += "\",\"text\":";
  append_quoted(out, to_string(error));
  out += '}';
}

bool append_wire_json(std::string& out, const RawMessage& message, const DecodeContext& context,
                      bool enhanced_refresh) {
  out += "\"type\":\"";
  out += type_name(message.type);
  out += "\",\"len\":";
  append(out, message.octets.size());
  out += ",\"hex\":\"";
  append_hex(out, message.octets);
  out += '"';
  switch (message.type) {
    case MessageType::Open:
      out += ",\"open\":";
      append_open(out, message.body());
      return append_if_wrong(out, decode_open(message.body()));
    case MessageType::Update:
      out += ",\"update\":";
      append_update(out, message.body(), context);
      return append_update_verdict(out, message.body(), context);
    case MessageType::Notification: append_notification(out, decode_notification(message.body())); return true;
    case MessageType::RouteRefresh:
      append_refresh(out, message.body());
      return append_if_wrong(out, decode_route_refresh(message.octets, enhanced_refresh));
    case MessageType::Keepalive: break;
  }
  return true;
}

}  // namespace bgp::cap
