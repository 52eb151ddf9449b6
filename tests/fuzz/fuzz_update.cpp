// Any octets as an UPDATE in any session: decoding never reads outside, and the view keeps the promises of RFC 7606.
// Three octets choose the session.
#include <algorithm>
#include <array>

#include "bgp/wire/update.hpp"
#include "fuzz/choice.hpp"
#include "fuzz/target.hpp"

namespace bgp::fuzz {
namespace {

void check_errors(const UpdateView& view) {
  const auto errors = view.errors();
  require(errors.size() == std::min<std::size_t>(view.error_count(), 8), "the first eight errors are there");
  for (const UpdateError& error : errors) {
    require(error.approach != ErrorApproach::SessionReset, "a reset makes no view");
    require(error.subcode != 0, "an error has its subcode");
  }
  const bool withdrawn = std::ranges::any_of(
      errors, [](const UpdateError& error) { return error.approach == ErrorApproach::TreatAsWithdraw; });
  require(!withdrawn || view.reachable().empty(), "nothing is reachable after treat-as-withdraw");
}

template <class Groups>
std::size_t walk(const UpdateView& view, const Groups& groups) {
  std::size_t count = 0;
  for (const auto& group : groups) {
    std::size_t of_group = 0;
    for (const AnyNlri& nlri : group.nlri.any()) {
      require(path_id_of(nlri) == 0 || group.nlri.add_path(), "path identifiers only where they were agreed");
      require(path_id_of(route_key(nlri)) == path_id_of(nlri), "the key of a route has them too");
      ++of_group;
    }
    require(of_group <= group.nlri.octets().size(), "a walk ends within the octets");
    const bool prefixes = is_prefix_family(group.family);
    require(std::ranges::distance(group.nlri) == (prefixes ? static_cast<std::ptrdiff_t>(of_group) : 0),
            "plain prefixes are walked as what they are");
    require(view.context().families.contains(group.family), "a family that was negotiated");
    count += of_group;
  }
  return count;
}

/// What the view says of an attribute is what a RIB keeps of it.
void check_values(const UpdateView& view) {
  if (view.reachable().empty()) return;
  const PathAttributes owned = view.path_attributes(view.reachable()[0]);
  require(view.origin() == owned.origin, "ORIGIN");
  require(std::ranges::distance(view.as_path()) == static_cast<std::ptrdiff_t>(owned.as_path.segments().size()) &&
              view.as_path().length() == owned.as_path.length(),
          "AS_PATH");
  require(view.med() == owned.med && view.local_pref() == owned.local_pref, "MULTI_EXIT_DISC, LOCAL_PREF");
  require(view.aggregator() == owned.aggregator, "AGGREGATOR");
  require(std::ranges::equal(view.communities(), owned.communities), "COMMUNITIES");
  require(std::ranges::equal(view.large_communities(), owned.large_communities), "LARGE_COMMUNITY");
}

void check_attributes(const UpdateView& view) {
  std::array<bool, 256> seen{};
  for (const AttributeView attribute : view.attributes()) {
    require(!seen[attribute.code], "an attribute shows once");
    seen[attribute.code] = true;
    const auto found = view.attribute(static_cast<AttributeCode>(attribute.code));
    require(found && found->value.data() == attribute.value.data(), "attribute() agrees with attributes()");
  }
  for (std::size_t code = 0; code < seen.size(); ++code) {
    require(seen[code] == view.attribute(static_cast<AttributeCode>(code)).has_value(), "and has no others");
  }
  for (const UpdateError& error : view.errors()) {
    const bool discarded = error.approach == ErrorApproach::AttributeDiscard;
    const bool repeat = error.subcode == update_error::kMalformedAttributeList;  // the first one counts
    require(!discarded || repeat || !view.attribute(error.attribute), "a discarded attribute is absent");
  }
}

}  // namespace

void run(BytesView input) {
  if (input.size() > kMaxExtendedMessageSize) return;
  Reader in(input);
  const DecodeContext context = context_by(in);
  const auto view = decode_update(in.rest(), context);
  if (!view.has_value()) {
    require(view.error().code == ErrorCode::UpdateMessage && view.error().subcode != 0, "an UPDATE Message Error");
    return;
  }
  check_errors(*view);
  check_attributes(*view);
  check_values(*view);
  walk(*view, view->reachable());
  walk(*view, view->unreachable());
  require(!view->end_of_rib() || (view->reachable().empty() && view->unreachable().empty()),
          "End-of-RIB has no routes");
  require(to_string(*view).size() < 64 * (input.size() + 64), "its text is bounded");
}

}  // namespace bgp::fuzz
