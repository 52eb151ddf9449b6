#include "tools/bgpcap/context.hpp"

#include <array>
#include <boost/json/serialize.hpp>
#include <charconv>

#include "bgp/wire/capability.hpp"

namespace bgp::cap {
namespace {

using boost::json::object;
using boost::json::value;

constexpr std::array kAfis{Afi::Ipv4, Afi::Ipv6, Afi::L2vpn, Afi::BgpLs};

/// Every family for which to_string() has a name.
const std::vector<Family>& named_families() {
  static const std::vector<Family> all = [] {
    std::vector<Family> list;
    for (const Afi afi : kAfis) {
      for (unsigned safi = 1; safi < 256; ++safi) {
        const Family family{afi, static_cast<Safi>(safi)};
        if (to_string(family).find('/') == std::string::npos) list.push_back(family);
      }
    }
    return list;
  }();
  return all;
}

std::optional<unsigned> number(std::string_view text, unsigned most) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value > most) return std::nullopt;
  return value;
}

/// Reads the keys of a vector's context; the first thing that is wrong stays in `problem`.
class Keys {
 public:
  explicit Keys(const object& keys) : keys_(keys) {}

  [[nodiscard]] bool flag(const char* key, bool otherwise) {
    const value* found = keys_.if_contains(key);
    if (found == nullptr || found->is_null()) return otherwise;
    if (found->is_bool()) return found->get_bool();
    return fail(key, "is neither true nor false"), otherwise;
  }
  [[nodiscard]] std::uint32_t asn(const char* key) {
    const value* found = keys_.if_contains(key);
    if (found == nullptr || found->is_null()) return 0;
    boost::system::error_code error;
    const auto number = found->to_number<std::uint32_t>(error);
    if (error) fail(key, "is no AS number");
    return error ? 0 : number;
  }
  [[nodiscard]] std::string text(const char* key) {
    const value* found = keys_.if_contains(key);
    if (found == nullptr || found->is_null()) return {};
    if (found->is_string()) return std::string(found->get_string());
    return fail(key, "is no text"), std::string();
  }
  [[nodiscard]] std::vector<Family> families(const char* key) {
    std::vector<Family> list;
    const value* found = keys_.if_contains(key);
    if (found == nullptr || found->is_null()) return list;
    if (!found->is_array()) return fail(key, "is no list of families"), list;
    for (const value& item : found->get_array()) {
      const auto family = item.is_string() ? parse_family(item.get_string()) : std::nullopt;
      if (!family) return fail(key, "has " + boost::json::serialize(item) + ", which is no family"), list;
      list.push_back(*family);
    }
    return list;
  }
  [[nodiscard]] LabelCounts label_counts(const char* key) {
    LabelCounts counts;
    const value* found = keys_.if_contains(key);
    if (found == nullptr || found->is_null()) return counts;
    if (!found->is_array()) return fail(key, "is no list of families"), counts;
    for (const value& item : found->get_array()) {
      const auto count = item.is_string() ? parse_label_count(item.get_string()) : std::nullopt;
      if (!count) return fail(key, "has " + boost::json::serialize(item) + ", which is no family with a count"), counts;
      counts.insert(count->first, count->second);
    }
    return counts;
  }
  void fail(const char* key, const std::string& what) {
    if (problem.empty()) problem = "context: " + std::string(key) + ' ' + what;
  }

  std::string problem;

 private:
  const object& keys_;
};

void read_session(Keys& keys, Context& context) {
  const std::string session = keys.text("session");
  context.decode.internal = session == "iBGP";
  context.decode.confederation = session == "confed";
  if (!session.empty() && session != "eBGP" && session != "iBGP" && session != "confed") {
    keys.fail("session", "is none of eBGP, iBGP and confed");
  }
  context.decode.peer_asn = keys.asn("peer_as");
  context.decode.local_asn = keys.asn("local_as");
  if (const std::string id = keys.text("local_id"); !id.empty()) {
    const auto parsed = BgpIdentifier::parse(id);
    if (!parsed) keys.fail("local_id", "is no dotted quad");
    context.decode.local_identifier = parsed.value_or(BgpIdentifier{});
  }
}

void read_state(Keys& keys, Context& context) {
  const std::string name = keys.text("state");
  if (name.empty()) return;
  for (const State state :
       {State::Idle, State::Connect, State::Active, State::OpenSent, State::OpenConfirm, State::Established}) {
    if (to_string(state) == name) context.state = state;
  }
  if (!context.state) keys.fail("state", "is no state of RFC 4271 8.2.2");
}

}  // namespace

Context default_context() {
  // AFIs of the registry that are in use: the Internet's up to 31, and the block of 16384 on
  constexpr unsigned kBlock = 16384;
  Context context;
  for (const unsigned first : {1U, kBlock}) {
    for (unsigned afi = first; afi < first + 31; ++afi) {
      for (unsigned safi = 1; safi < 256; ++safi) {
        context.decode.families.insert({static_cast<Afi>(afi), static_cast<Safi>(safi)});
      }
    }
  }
  return context;
}

std::optional<Family> parse_family(std::string_view text) {
  for (const Family family : named_families()) {
    if (to_string(family) == text) return family;
  }
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto afi = number(text.substr(0, slash), 0xffff);
  const auto safi = number(text.substr(slash + 1), 0xff);
  if (!afi || !safi) return std::nullopt;
  return Family{static_cast<Afi>(*afi), static_cast<Safi>(*safi)};
}

std::optional<LabelCounts::Entry> parse_label_count(std::string_view text) {
  const auto equals = text.find('=');
  const auto family = parse_family(text.substr(0, equals));
  if (!family) return std::nullopt;
  if (equals == std::string_view::npos) return LabelCounts::Entry{*family, LabelCounts::kAny};
  const auto count = number(text.substr(equals + 1), LabelCounts::kAny);
  if (!count || *count < 2) return std::nullopt;
  return LabelCounts::Entry{*family, static_cast<std::uint8_t>(*count)};
}

std::expected<Context, std::string> context_of(const object& given) {
  Context context;
  Keys keys(given);
  read_session(keys, context);
  read_state(keys, context);
  context.decode.four_octet_as = keys.flag("as4", true);
  if (const auto families = keys.families("families"); !families.empty()) context.decode.families = families;
  context.decode.add_path = keys.families("addpath");
  context.decode.extended_next_hop = keys.families("ext_nh");
  context.decode.multiple_labels = keys.label_counts("multi_label");
  context.extended_message = keys.flag("ext_msg", false);
  context.enhanced_refresh = keys.flag("enhanced_rr", false);
  if (!keys.problem.empty()) return std::unexpected(keys.problem);
  return context;
}

}  // namespace bgp::cap
