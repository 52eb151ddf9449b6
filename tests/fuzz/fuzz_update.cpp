// Any octets as an UPDATE: decoding never reads outside, the view keeps its promises, and what it calls reachable or
// unreachable comes back the same when it is encoded and decoded again. The first octet chooses the session.
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "bgp/wire/update.hpp"

namespace bgp {
namespace {

void require(bool promise, const char* what) {
  if (promise) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

DecodeContext context_by(std::uint8_t choice) {
  DecodeContext context;
  context.four_octet_as = (choice & 1) == 0;
  context.internal = (choice & 2) != 0;
  context.families = {kIpv4Unicast};
  if ((choice & 4) != 0) context.families = {kIpv6Unicast};
  if ((choice & 8) == 0) context.families = {kIpv4Unicast, kIpv6Unicast, {Afi::Ipv4, Safi::MplsVpn}};
  if ((choice & 16) != 0) context.add_path = context.families;
  return context;
}

EncodeContext same_session(const DecodeContext& context) {
  EncodeContext encode;
  encode.four_octet_as = context.four_octet_as;
  encode.internal = context.internal;
  encode.add_path = context.add_path;
  encode.max_message_size = kMaxExtendedMessageSize;
  return encode;
}

std::vector<Nlri> owned(const NlriView& view) { return {view.begin(), view.end()}; }

void check_promises(const UpdateView& view) {
  const auto errors = view.errors();
  const bool withdrawn = std::ranges::any_of(
      errors, [](const UpdateError& error) { return error.approach != ErrorApproach::AttributeDiscard; });
  require(!withdrawn || view.reachable().empty(), "nothing is reachable after treat-as-withdraw");
  require(errors.size() == std::min<std::size_t>(view.error_count(), 8), "the first eight errors are there");
  require(!view.end_of_rib() || (view.reachable().empty() && view.unreachable().empty()), "End-of-RIB has no routes");
  unsigned last = 0;
  for (const AttributeView attribute : view.attributes()) {
    const auto found = view.attribute(static_cast<AttributeCode>(attribute.code));
    require(found && found->value.data() == attribute.value.data(), "attribute() agrees with attributes()");
    last = attribute.code;
  }
  require(last < 256, "every attribute was read");
  require(to_string(view).size() < 10'000'000, "the text is bounded");
}

void check_reachable(const UpdateView& view, const ReachableGroup& group) {
  const std::vector<Nlri> nlri = owned(group.nlri);
  PathAttributes attributes = view.path_attributes(group);
  if (view.context().internal && !attributes.local_pref) attributes.local_pref = 100;  // what the encoder adds
  Bytes message;
  Writer out(message);
  const std::size_t taken = encode_reach(out, same_session(view.context()), group.family, attributes, nlri);
  if (taken == 0) return;  // a family kept as octets
  const auto again = decode_update(BytesView(message).subspan(kHeaderSize), view.context());
  require(again.has_value() && again->reachable().size() == 1, "what was reachable is again");
  const std::vector<Nlri> second = owned(again->reachable()[0].nlri);
  require(std::ranges::equal(second, std::span(nlri).first(taken)), "with the same NLRI");
  if (!view.context().four_octet_as) return;  // RFC 6793 4.2.3 may cut the segments differently
  require(again->path_attributes(again->reachable()[0]) == attributes, "and the same attributes");
}

void check_unreachable(const UpdateView& view, const UnreachableGroup& group) {
  const std::vector<Nlri> nlri = owned(group.nlri);
  Bytes message;
  Writer out(message);
  const std::size_t taken = encode_unreach(out, same_session(view.context()), group.family, nlri);
  if (taken == 0) return;
  const auto again = decode_update(BytesView(message).subspan(kHeaderSize), view.context());
  require(again.has_value() && again->unreachable().size() == 1, "what was unreachable is again");
  const std::vector<Nlri> second = owned(again->unreachable()[0].nlri);
  require(std::ranges::equal(second, std::span(nlri).first(taken)), "with the same NLRI");
}

void run(BytesView input) {
  if (input.empty() || input.size() > kMaxExtendedMessageSize) return;
  const DecodeContext context = context_by(input.front());
  const auto view = decode_update(input.subspan(1), context);
  if (!view.has_value()) {
    require(view.error().code == ErrorCode::UpdateMessage && view.error().subcode != 0, "an UPDATE Message Error");
    return;
  }
  check_promises(*view);
  for (const ReachableGroup& group : view->reachable()) check_reachable(*view, group);
  for (const UnreachableGroup& group : view->unreachable()) check_unreachable(*view, group);
}

}  // namespace
}  // namespace bgp

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  bgp::run({data, size});
  return 0;
}
