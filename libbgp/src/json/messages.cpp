#include "bgp/json/messages.hpp"

#include "bgp/json/nlri.hpp"
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

value action_name(OrfAction action) {
  switch (action) {
    case OrfAction::Add: return "add";
    case OrfAction::Remove: return "remove";
    case OrfAction::RemoveAll: return "remove-all";
  }
  return static_cast<unsigned>(action);
}

value when_name(WhenToRefresh when) {
  switch (when) {
    case WhenToRefresh::Immediate: return "immediate";
    case WhenToRefresh::Defer: return "defer";
  }
  return static_cast<unsigned>(when);
}

array capability_list(const std::vector<Capability>& list) {
  array json;
  for (const Capability& capability : list) json.push_back(to_json(capability));
  return json;
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
  return {{"type", "OPEN"},
          {"version", kBgpVersion},
          {"my_as", open.my_as},
          {"asn", open.asn()},
          {"hold_time", open.hold_time},
          {"bgp_identifier", to_string(open.identifier)},
          {"capabilities", capability_list(open.capabilities)}};
}

object to_json(const AddressPrefixOrf& entry) {
  object json{{"action", action_name(entry.action)}};
  if (entry.action == OrfAction::RemoveAll) return json;
  json["match"] = entry.match == OrfMatch::Permit ? "permit" : "deny";
  json["sequence"] = entry.sequence;
  json["prefix"] = to_json(entry.prefix);
  if (entry.min_length != 0) json["min_length"] = entry.min_length;
  if (entry.max_length != 0) json["max_length"] = entry.max_length;
  return json;
}

object to_json(const OrfRefresh& refresh) {
  array groups;
  for (const OrfGroup& group : refresh.groups) {
    object json{{"type", static_cast<unsigned>(group.type)}, {"name", to_string(group.type)}};
    if (const auto* entries = std::get_if<std::vector<AddressPrefixOrf>>(&group.entries)) {
      array list;
      for (const AddressPrefixOrf& entry : *entries) list.push_back(to_json(entry));
      json["entries"] = std::move(list);
    } else {
      json["octets"] = hex(std::get<Bytes>(group.entries));
    }
    groups.push_back(std::move(json));
  }
  return {{"when", when_name(refresh.when)}, {"groups", std::move(groups)}};
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
  } else if (const auto unsupported = unsupported_capabilities(notification)) {
    json["capabilities"] = capability_list(*unsupported);
  } else if (const auto limit = prefix_limit(notification)) {
    json["limit"] = to_json(limit->family);
    json["limit"].get_object()["bound"] = limit->bound;
  }
  return json;
}

object to_json(const RouteRefresh& refresh) {
  object json{{"type", "ROUTE-REFRESH"}};
  put_family(json, refresh.family);
  json["subtype"] = static_cast<unsigned>(refresh.subtype);
  json["subtype_name"] = subtype_name(refresh.subtype);
  if (refresh.orf.empty()) return json;
  if (const auto orf = decode_orf(refresh.family.afi, refresh.orf)) {
    json["orf"] = to_json(*orf);
  } else {
    json["orf"] = hex(refresh.orf);
  }
  return json;
}

object to_json(const RawMessage& message, const DecodeContext& context, bool enhanced_refresh) {
  object json{{"type", type_name(message.type)}, {"length", message.octets.size()}};
  for (auto& [key, value] : decode(message, context, enhanced_refresh)) json.emplace(key, std::move(value));
  return json;
}

}  // namespace bgp
