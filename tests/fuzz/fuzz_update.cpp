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
    for (const Nlri& nlri : group.nlri) {
      require(nlri.path_id == 0 || group.nlri.add_path(), "path identifiers only where they were agreed");
      require(nlri.prefix.length() <= nlri.prefix.address().bits(), "a prefix is no longer than its address");
      ++of_group;
    }
    require(of_group <= group.nlri.octets().size(), "a walk ends within the octets");
    require(std::ranges::find(view.context().families, group.family) != view.context().families.end(),
            "a family that was negotiated");
    count += of_group;
  }
  return count;
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
  walk(*view, view->reachable());
  walk(*view, view->unreachable());
  require(!view->end_of_rib() || (view->reachable().empty() && view->unreachable().empty()),
          "End-of-RIB has no routes");
  require(to_string(*view).size() < 64 * (input.size() + 64), "its text is bounded");
}

}  // namespace bgp::fuzz
