#include "tools/bgpc/text.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cstdint>
#include <cstdio>

#include "bgp/wire/prefix.hpp"
#include "bgp/wire/text.hpp"

namespace bgp::control {

namespace json = boost::json;

namespace {

/// A member as text; empty without.
std::string text(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr || value->is_null()) return "";
  if (value->is_string()) return escaped(std::string_view(value->get_string()));
  return json::serialize(*value);
}

const json::object& part(const json::object& object, std::string_view key) {
  static const json::object kNothing;
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_object() ? value->get_object() : kNothing;
}

std::int64_t number(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr || !value->is_number() ? 0 : value->to_number<std::int64_t>();
}

/// "00:12:34", "3d04h".
std::string age(std::int64_t milliseconds) {
  const std::int64_t seconds = milliseconds / 1000;
  char shown[40];
  if (seconds < 86400) {
    std::snprintf(shown, sizeof shown, "%02d:%02d:%02d", static_cast<int>(seconds / 3600),
                  static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
  } else {
    std::snprintf(shown, sizeof shown, "%lldd%02dh", static_cast<long long>(seconds / 86400),
                  static_cast<int>(seconds / 3600 % 24));
  }
  return shown;
}

/// Columns as wide as they need to be; numbers to the right.
std::string table(const std::vector<std::vector<std::string>>& rows, const std::vector<bool>& right) {
  std::vector<std::size_t> widths(right.size());
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string shown;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string blanks(widths[i] - row[i].size(), ' ');
      line.append(i == 0 ? "" : "  ").append(right[i] ? blanks + row[i] : row[i] + blanks);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    shown.append(line).push_back('\n');
  }
  return shown;
}

std::string state_of(const json::object& row) {
  const json::value* started = row.if_contains("started");
  return text(row, "state") + (started != nullptr && *started == false ? " (stopped)" : "");
}

std::string joined(const json::value* list, std::string_view member) {
  std::string shown;
  if (list == nullptr || !list->is_array()) return shown;
  for (const json::value& item : list->get_array()) {
    const std::string one = item.is_object()   ? text(item.get_object(), member)
                            : item.is_string() ? escaped(std::string_view(item.get_string()))
                                               : json::serialize(item);
    shown.append(shown.empty() ? "" : " ").append(one);
  }
  return shown;
}

std::string capabilities_of(const json::object& open) {
  std::string shown = "AS " + text(open, "my_as") + ", hold time " + text(open, "hold_time") + ", identifier " +
                      text(open, "bgp_identifier");
  const std::string names = joined(open.if_contains("capabilities"), "name");
  return shown + (names.empty() ? ", no capabilities" : ", " + names);
}

void line(std::string& shown, std::string_view what, const std::string& value) {
  if (value.empty()) return;
  shown.append("  ")
      .append(what)
      .append(20 - std::min<std::size_t>(what.size(), 19), ' ')
      .append(value)
      .push_back('\n');
}

std::string timers_of(const json::object& timers) {
  std::string shown;
  for (const auto& [name, left] : timers) {
    shown.append(shown.empty() ? "" : ", ").append(std::string_view(name)).append(" ");
    shown.append(std::to_string(left.to_number<std::int64_t>() / 1000)).append(" s");
  }
  return shown;
}

std::string agreed(const json::object& terms) {
  std::string shown;
  for (const char* flag : {"four_octet_as", "route_refresh", "enhanced_route_refresh", "extended_message_send",
                           "extended_message_receive", "notification_graceful"}) {
    const json::value* value = terms.if_contains(flag);
    if (value != nullptr && *value == true) shown.append(shown.empty() ? "" : " ").append(flag);
  }
  return shown;
}

/// "65001 65002 {65003,65004}", as people write an AS_PATH; segments of confederations in "()" and "[]".
std::string as_path_of(const json::value& segments) {
  std::string shown;
  for (const json::value& one : segments.as_array()) {
    const json::object& segment = one.as_object();
    const std::string type = text(segment, "type");
    const bool set = type.ends_with("SET");
    const bool confederation = type.find("CONFED") != std::string::npos;
    std::string numbers;
    for (const json::value& asn : segment.at("asns").as_array()) {
      numbers.append(numbers.empty() ? "" : set ? "," : " ").append(json::serialize(asn));
    }
    const std::string_view around = set ? (confederation ? "[]" : "{}") : (confederation ? "()" : "");
    shown.append(shown.empty() ? "" : " ").append(around.substr(0, 1)).append(numbers);
    if (!around.empty()) shown.append(around.substr(1));
  }
  return shown;
}

std::string path_of(const json::object& attributes) {
  std::string shown;
  for (const char* name : {"next_hop", "as_path", "origin", "med", "local_pref", "communities", "large_communities"}) {
    const json::value* value = attributes.if_contains(name);
    if (value == nullptr || value->is_null() || (value->is_array() && value->get_array().empty())) continue;
    std::string one = value->is_string() ? text(attributes, name) : joined(value, "text");
    if (value->is_number()) one = json::serialize(*value);
    if (std::string_view(name) == "as_path") one = as_path_of(*value);
    shown.append(shown.empty() ? "" : ", ").append(name).append(" ").append(one);
  }
  return shown;
}

}  // namespace

std::string summary_text(const json::object& summary) {
  return "bgpd " + text(summary, "version") + ", AS " + text(summary, "asn") + ", router-id " +
         text(summary, "router_id") + ", up " + age(number(summary, "uptime_ms")) + "\n" + "neighbors " +
         text(summary, "neighbors") + ", networks " + text(summary, "networks") + "\n";
}

std::string neighbors_text(const json::object& answer) {
  std::vector<std::vector<std::string>> rows{
      {"Neighbor", "AS", "State", "Since", "PfxRcvd", "PfxSent", "MsgRcvd", "MsgSent", "Description"}};
  const json::value* neighbors = answer.if_contains("neighbors");
  if (neighbors != nullptr && neighbors->is_array()) {
    for (const json::value& one : neighbors->get_array()) {
      const json::object& row = one.as_object();
      rows.push_back({text(row, "address"), text(row, "remote_asn"), state_of(row), age(number(row, "since_ms")),
                      text(row, "prefixes_received"), text(row, "prefixes_sent"), text(row, "messages_received"),
                      text(row, "messages_sent"), text(row, "description")});
    }
  }
  return table(rows, {false, true, false, true, true, true, true, true, false});
}

std::string neighbor_text(const json::object& neighbor) {
  std::string shown = text(neighbor, "address") + ", AS " + text(neighbor, "remote_asn");
  if (const std::string range = text(neighbor, "range"); !range.empty()) shown += ", of range " + range;
  if (const std::string about = text(neighbor, "description"); !about.empty()) shown += ": " + about;
  shown.push_back('\n');
  const json::object& terms = part(neighbor, "negotiated");
  const json::object& local = part(neighbor, "local");
  const json::object& remote = part(neighbor, "remote");
  line(shown, "state",
       state_of(neighbor) + " for " + age(number(neighbor, "since_ms")) + ", since " + text(neighbor, "since"));
  if (!local.empty()) {
    line(shown, "connection",
         text(local, "address") + " port " + text(local, "port") + " to " + text(remote, "address") + " port " +
             text(remote, "port"));
  }
  line(shown, "prefixes",
       text(neighbor, "prefixes_received") + " received, " + text(neighbor, "prefixes_sent") + " sent");
  line(shown, "messages",
       text(neighbor, "messages_received") + " received, " + text(neighbor, "messages_sent") + " sent");
  line(shown, "timers", timers_of(part(neighbor, "timers_ms")));
  if (!terms.empty()) {
    line(shown, "identifier", text(terms, "peer_identifier"));
    line(shown, "hold time", text(terms, "hold_time") + " s");
    line(shown, "families", joined(terms.if_contains("families"), "family"));
    line(shown, "agreed", agreed(terms));
    line(shown, "role", text(terms, "role"));
  }
  if (const json::object& opens = part(neighbor, "opens"); !opens.empty()) {
    line(shown, "our OPEN", capabilities_of(part(opens, "sent")));
    line(shown, "its OPEN", capabilities_of(part(opens, "received")));
  }
  if (const json::object& last = part(neighbor, "last_session"); !last.empty()) {
    line(shown, "last session",
         "ended by " + text(last, "event") + "; \"bgpc neighbor " + text(neighbor, "address") + " explain\" says more");
  }
  return shown;
}

std::string routes_text(std::vector<json::object> routes) {
  const auto key = [](const json::object& route) {
    return std::pair(text(route, "family"), Prefix::parse(text(route, "prefix")));
  };
  std::ranges::sort(routes, [&](const json::object& a, const json::object& b) {
    const auto [family_a, prefix_a] = key(a);
    const auto [family_b, prefix_b] = key(b);
    if (family_a != family_b) return family_a < family_b;
    return prefix_a < prefix_b;
  });
  std::vector<std::vector<std::string>> rows{{"Prefix", "Path"}};
  for (const json::object& route : routes) {
    const std::string id = text(route, "path_id");
    rows.push_back({text(route, "prefix") + (id.empty() ? "" : "#" + id),
                    path_of(part(route, "attributes")) + (route.contains("stale") ? ", stale" : "")});
  }
  return table(rows, {false, false});
}

std::string networks_text(const json::object& answer) {
  std::string shown;
  for (const json::value& network : answer.at("networks").as_array()) {
    shown.append(text(network.as_object(), "prefix")).push_back('\n');
  }
  return shown;
}

std::string changes_text(const json::object& answer) {
  std::string shown;
  for (const json::value& change : answer.at("changes").as_array()) shown.append(change.as_string()).push_back('\n');
  return shown.empty() ? "nothing is different\n" : shown;
}

std::string row_text(const json::object& row) { return text(row, "address") + ": " + state_of(row) + "\n"; }

std::string event_text(const json::object& event) {
  std::string shown = text(event, "time") + " " + text(event, "address") + " " + text(event, "event");
  if (const std::string from = text(event, "from"); !from.empty()) {
    shown += " " + from + " -> " + text(event, "to") + " (" + text(event, "cause") + ")";
  }
  if (const std::string prefix = text(event, "prefix"); !prefix.empty()) shown += " " + prefix;
  if (const std::string path = path_of(part(event, "attributes")); !path.empty()) shown += " " + path;
  if (const std::string reason = text(event, "reason"); !reason.empty()) shown += ": " + reason;
  return shown + "\n";
}

}  // namespace bgp::control
