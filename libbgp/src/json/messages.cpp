#include "bgp/json/messages.hpp"

#include "bgp/wire/notification.hpp"
#include "fields.hpp"

namespace bgp {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

value subtype_name(RefreshSubtype subtype) {
  switch (subtype) {
    case RefreshSubtype::Request: return "request";
    case RefreshSubtype::BeginningOfRefresh: return "BoRR";
    case RefreshSubtype::EndOfRefresh: return "EoRR";
  }
  return nullptr;
}

const char* type_name(MessageType type) {
  switch (type) {
    case MessageType::Open: return "OPEN";
    case MessageType::Update: return "UPDATE";
    case MessageType::Notification: return "NOTIFICATION";
    case MessageType::Keepalive: return "KEEPALIVE";
    case MessageType::RouteRefresh: return "ROUTE-REFRESH";
  }
  return "unknown";
}

/// A decoded value, or {"error"}.
template <class T>
object decoded(const Result<T>& result) {
  if (result) return to_json(*result);
  return {{"error", to_json(result.error())}};
}

object decode(const RawMessage& message, const DecodeContext& context, bool enhanced_refresh) {
  switch (message.type) {
    case MessageType::Open: return decoded(decode_open(message.body()));
    case MessageType::Update: return decoded(decode_update(message.body(), context));
    case MessageType::Notification: return to_json(decode_notification(message.body()));
    case MessageType::RouteRefresh: return decoded(decode_route_refresh(message.octets, enhanced_refresh));
    case MessageType::Keepalive: break;
  }
  return {};
}

}  // namespace

object to_json(const OpenMessage& open) {
  array capabilities;
  for (const Capability& capability : open.capabilities) capabilities.push_back(to_json(capability));
  return {{"type", "OPEN"},
          {"version", kBgpVersion},
          {"my_as", open.my_as},
          {"asn", open.asn()},
          {"hold_time", open.hold_time},
          {"bgp_identifier", to_string(open.identifier)},
          {"capabilities", std::move(capabilities)}};
}

object to_json(const Notification& notification) {
  object json{{"type", "NOTIFICATION"},
              {"code", static_cast<unsigned>(notification.code)},
              {"subcode", notification.subcode},
              {"data", hex(notification.data)},
              {"code_name", to_string(notification.code)},
              {"subcode_name", subcode_name(notification.code, notification.subcode)}};
  if (const auto reason = hard_reset_reason(notification)) {
    json["reason"] = to_json(*reason);
  } else if (const auto communication = shutdown_communication(notification)) {
    json["communication"] = *communication;
  }
  return json;
}

object to_json(const RouteRefresh& refresh) {
  object json{{"type", "ROUTE-REFRESH"}};
  put_family(json, refresh.family);
  json["subtype"] = static_cast<unsigned>(refresh.subtype);
  json["subtype_name"] = subtype_name(refresh.subtype);
  if (!refresh.orf.empty()) json["orf"] = hex(refresh.orf);
  return json;
}

object to_json(const RawMessage& message, const DecodeContext& context, bool enhanced_refresh) {
  object json{{"type", type_name(message.type)}, {"length", message.octets.size()}};
  for (auto& [key, value] : decode(message, context, enhanced_refresh)) json.emplace(key, std::move(value));
  return json;
}

}  // namespace bgp
