// Each item of the report from the two OPENs and the terms that agree() makes of them, seen from both sides.
#include "bgp/session/compare_opens.hpp"

#include <algorithm>
#include <utility>

#include "agreement.hpp"
#include "bgp/session/role.hpp"
#include "bgp/wire/notification.hpp"

namespace bgp {

namespace {

bool contains(const std::vector<Family>& families, Family family) {
  return std::ranges::find(families, family) != families.end();
}

/// Builds the items in the order in which people ask.
class Comparison {
 public:
  Comparison(const OpenMessage& first, const OpenMessage& second)
      : a_(first), b_(second), report_{{}, agree(first, second), agree(second, first)} {}

  NegotiationReport report() {
    session();
    hold_time();
    families();
    for_both<capability::FourOctetAs>("four-octet AS");
    roles();
    refresh();
    per_direction();
    labels();
    filters();
    graceful_restart();
    return std::move(report_);
  }

 private:
  void add(std::string feature, bool agreed, std::string reason) {
    report_.items.push_back({std::move(feature), agreed, std::move(reason)});
  }

  /// Why a thing that takes both is not there.
  static std::string missing(bool first, bool second) {
    if (first) return "the second does not advertise it";
    return second ? "the first does not advertise it" : "neither advertises it";
  }

  template <class T>
  void for_both(const char* feature) {
    const bool first = a_.find<T>() != nullptr;
    const bool second = b_.find<T>() != nullptr;
    if (first || second) add(feature, first && second, first && second ? "both advertise it" : missing(first, second));
  }

  /// What neither of them may send (RFC 4271 6.2, 6286, 7607), and what they may not be to each other (9234).
  [[nodiscard]] std::string obstacle() const {
    for (const auto& [open, who] : {std::pair{&a_, "the first"}, std::pair{&b_, "the second"}}) {
      if (const auto checked = check_open(*open); !checked) {
        return std::string(who) + " is refused with 2/" + std::to_string(checked.error().subcode) + ' ' +
               subcode_name(ErrorCode::OpenMessage, checked.error().subcode);
      }
    }
    if (report_.first.internal && a_.identifier == b_.identifier) {
      return "the same BGP Identifier within one AS: 2/3 Bad BGP Identifier (RFC 6286 2.2)";
    }
    if (!report_.first.internal && !(says_one_role(a_) && says_one_role(b_))) {
      return "one of them says several roles: 2/11 Role Mismatch (RFC 9234 4.2)";
    }
    const auto& [ours, theirs] = std::pair{report_.first.role, report_.first.peer_role};
    if (ours && theirs && !roles_correspond(*ours, *theirs)) {
      return to_string(*ours) + " cannot face " + to_string(*theirs) + ": 2/11 Role Mismatch (RFC 9234 4.2)";
    }
    return "";
  }

  void session() {
    const std::string why_not = obstacle();
    const std::string kind = report_.first.internal
                                 ? "internal, AS " + std::to_string(a_.asn())
                                 : "external, AS " + std::to_string(a_.asn()) + " and AS " + std::to_string(b_.asn());
    add("session", why_not.empty(), why_not.empty() ? kind : why_not);
  }

  void hold_time() {
    const std::uint16_t hold = report_.first.hold_time;
    const std::string both = std::to_string(a_.hold_time) + " and " + std::to_string(b_.hold_time);
    add("hold time", hold != 0,
        hold != 0 ? std::to_string(hold) + " s, the smaller of " + both
                  : "none, and no KEEPALIVEs: one proposes 0 (" + both + ")");
  }

  void families() {
    std::vector<Family> all = a_.families();
    for (const Family family : b_.families()) {
      if (!contains(all, family)) all.push_back(family);
    }
    for (const Family family : all) {
      const bool first = contains(a_.families(), family);
      const bool second = contains(b_.families(), family);
      add(to_string(family), first && second, first && second ? "both advertise it" : missing(first, second));
    }
  }

  void roles() {
    const auto& terms = report_.first;
    if (terms.internal || (!terms.role && !terms.peer_role)) return;
    const bool agreed = terms.role && terms.peer_role && roles_correspond(*terms.role, *terms.peer_role);
    if (!terms.role || !terms.peer_role) {
      add("role", false, missing(terms.role.has_value(), terms.peer_role.has_value()));
    } else {
      add("role", agreed, to_string(*terms.role) + (agreed ? " and " : " cannot face ") + to_string(*terms.peer_role));
    }
  }

  /// What a speaker takes from the other as soon as it advertises it itself.
  template <class T>
  void one_way(const std::string& feature) {
    const bool first = a_.find<T>() != nullptr;
    const bool second = b_.find<T>() != nullptr;
    if (!first && !second) return;
    add(feature + " to first", first, first ? "the first advertises it" : "the first does not advertise it");
    add(feature + " to second", second, second ? "the second advertises it" : "the second does not advertise it");
  }

  void refresh() {
    one_way<capability::RouteRefresh>("route refresh");
    for_both<capability::EnhancedRouteRefresh>("enhanced route refresh");
    one_way<capability::ExtendedMessage>("extended messages");
  }

  /// The families of a list capability in either OPEN.
  template <class List>
  [[nodiscard]] std::vector<Family> listed() const {
    std::vector<Family> all;
    for (const OpenMessage* open : {&a_, &b_}) {
      for (const Capability& capability : open->capabilities) {
        const auto* list = std::get_if<List>(&capability);
        if (list == nullptr) continue;
        for (const auto& entry : list->families) {
          if (!contains(all, entry.family)) all.push_back(entry.family);
        }
      }
    }
    return all;
  }

  void direction(const std::string& feature, Family family, bool agreed, const std::string& otherwise) {
    const bool negotiated = contains(report_.first.families, family);
    add(feature, agreed, agreed ? "sender and receiver agree" : negotiated ? otherwise : "the family is not agreed");
  }

  void per_direction() {
    for (const Family family : listed<capability::AddPath>()) {
      const std::string why_not = "one side cannot send, or the other cannot receive, path identifiers";
      const std::string feature = "add-path " + to_string(family);
      direction(feature + " to first", family, contains(report_.first.add_path_receive, family), why_not);
      direction(feature + " to second", family, contains(report_.second.add_path_receive, family), why_not);
    }
    for (const Family family : listed<capability::ExtendedNextHop>()) {
      const std::string feature = "IPv6 next hop " + to_string(family);
      direction(feature + " to first", family, contains(report_.first.extended_next_hop_receive, family),
                "the first does not advertise it");
      direction(feature + " to second", family, contains(report_.second.extended_next_hop_receive, family),
                "the second does not advertise it");
    }
  }

  void labels() {
    for (const Family family : listed<capability::MultipleLabels>()) {
      const bool agreed = report_.first.multiple_labels_receive.contains(family);
      const auto most = [family](const LabelCounts& counts) { return std::to_string(counts.most(family)); };
      add("multiple labels " + to_string(family), agreed,
          agreed ? most(report_.first.multiple_labels_receive) + " to the first, " +
                       most(report_.first.multiple_labels_send) + " to the second"
                 : "not both advertise more than one");
    }
  }

  void filters() {
    for (const Family family : listed<capability::OutboundRouteFiltering>()) {
      const auto has = [family](const std::vector<OrfAgreement>& agreed) {
        return std::ranges::find(agreed, family, &OrfAgreement::family) != agreed.end();
      };
      const std::string feature = "route filters " + to_string(family);
      const std::string why_not = "no filter that one side can send and the other can receive";
      direction(feature + " to first", family, has(report_.first.orf_receive), why_not);
      direction(feature + " to second", family, has(report_.second.orf_receive), why_not);
    }
  }

  static std::string joined(const std::vector<Family>& families) {
    std::string text;
    for (const Family family : families) text += (text.empty() ? "" : ", ") + to_string(family);
    return text;
  }

  void graceful_restart() {
    const auto* first = a_.find<capability::GracefulRestart>();
    const auto* second = b_.find<capability::GracefulRestart>();
    if (first == nullptr && second == nullptr) return;
    if (first == nullptr || second == nullptr) {
      add("graceful restart", false, missing(first != nullptr, second != nullptr));
      return;
    }
    survives("first", report_.second, first->restart_time);
    survives("second", report_.first, second->restart_time);
    const bool notification = report_.first.notification_graceful;
    add("graceful NOTIFICATION", notification,
        notification ? "both sent the N bit" : "not both sent the N bit (RFC 8538 2)");
    long_lived();
  }

  /// A restart of `who`, whose routes the other keeps by `terms`.
  void survives(const std::string& who, const Negotiated& terms, std::uint16_t restart_time) {
    const std::vector<Family> families = terms.graceful_families();
    add("graceful restart of " + who, !families.empty(),
        families.empty() ? "it lists no family that is agreed"
                         : joined(families) + " for " + std::to_string(restart_time) + " s");
  }

  void long_lived() {
    const bool first = a_.find<capability::LongLivedGracefulRestart>() != nullptr;
    const bool second = b_.find<capability::LongLivedGracefulRestart>() != nullptr;
    if (!first && !second) return;
    add("long-lived graceful restart", first && second, first && second ? "both advertise it" : missing(first, second));
  }

  const OpenMessage& a_;
  const OpenMessage& b_;
  NegotiationReport report_;
};

}  // namespace

const NegotiationItem* NegotiationReport::find(std::string_view feature) const {
  const auto found = std::ranges::find(items, feature, &NegotiationItem::feature);
  return found == items.end() ? nullptr : &*found;
}

NegotiationReport compare_opens(const OpenMessage& first, const OpenMessage& second) {
  return Comparison(first, second).report();
}

std::string to_string(const NegotiationReport& report) {
  std::string text;
  for (const NegotiationItem& item : report.items) {
    text += std::string(item.agreed ? "yes  " : "no   ") + item.feature + ": " + item.reason + '\n';
  }
  return text;
}

}  // namespace bgp
