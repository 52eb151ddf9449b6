// What any UPDATE made reachable or unreachable comes back the same when it is encoded and decoded again, and what was
// encoded once encodes to the same octets again. Three octets choose the session.
#include <algorithm>
#include <vector>

#include "bgp/wire/update.hpp"
#include "fuzz/choice.hpp"
#include "fuzz/target.hpp"

namespace bgp::fuzz {
namespace {

std::vector<AnyNlri> owned(const NlriView& view) {
  std::vector<AnyNlri> nlri;
  for (const AnyNlri& one : view.any()) nlri.push_back(one);
  return nlri;
}

struct Encoded {
  Bytes message;
  std::size_t taken = 0;
};

Encoded reach(const DecodeContext& context, Family family, const PathAttributes& attributes,
              const std::vector<AnyNlri>& nlri) {
  Encoded encoded;
  Writer out(encoded.message);
  encoded.taken = encode_reach(out, same_session(context), family, attributes, nlri);
  require(encoded.taken <= nlri.size() && encoded.message.size() <= kMaxExtendedMessageSize, "it stays in its bounds");
  require(encoded.taken != 0 || encoded.message.empty(), "nothing taken, nothing written");
  return encoded;
}

void check_reachable(const UpdateView& view, const ReachableGroup& group) {
  const std::vector<AnyNlri> nlri = owned(group.nlri);
  const DecodeContext& context = view.context();
  // AS4_PATH may put another AS in front, which the two octets of the next AS_PATH do not show (RFC 6793 4.2.3)
  if (context.enforce_first_as && !context.four_octet_as) return;
  PathAttributes attributes = view.path_attributes(group);
  const bool wants_local_pref = context.internal || context.confederation;
  if (wants_local_pref && !attributes.local_pref) attributes.local_pref = 100;  // what the encoder adds
  const Encoded first = reach(view.context(), group.family, attributes, nlri);
  if (first.taken == 0) return;  // malformed, or no room
  const auto again = decode_update(BytesView(first.message).subspan(kHeaderSize), view.context());
  require(again.has_value() && again->reachable().size() == 1, "what was reachable is again");
  const std::vector<AnyNlri> second = owned(again->reachable()[0].nlri);
  require(std::ranges::equal(second, std::span(nlri).first(first.taken)), "with the same NLRI");
  const PathAttributes same = again->path_attributes(again->reachable()[0]);
  if (!view.context().four_octet_as) return;  // RFC 6793 4.2.3 may cut the segments differently
  require(same == attributes && std::hash<PathAttributes>{}(same) == std::hash<PathAttributes>{}(attributes),
          "and the same attributes");
  require(to_string(same) == to_string(attributes), "and the same text");
  require(reach(view.context(), group.family, same, second).message == first.message, "and encodes to the same octets");
}

void check_unreachable(const UpdateView& view, const UnreachableGroup& group) {
  const std::vector<AnyNlri> nlri = owned(group.nlri);
  Bytes message;
  Writer out(message);
  const std::size_t taken = encode_unreach(out, same_session(view.context()), group.family, nlri);
  if (taken == 0) return;
  require(message.size() <= kMaxExtendedMessageSize, "it stays in its bounds");
  const auto again = decode_update(BytesView(message).subspan(kHeaderSize), view.context());
  require(again.has_value() && again->unreachable().size() == 1, "what was unreachable is again");
  // What was to become reachable and is treated as withdrawn has labels, a withdrawal has none (RFC 8277 2.4)
  const auto key = [](const AnyNlri& one) { return route_key(one); };
  const std::vector<AnyNlri> second = owned(again->unreachable()[0].nlri);
  require(std::ranges::equal(second, std::span(nlri).first(taken), {}, key, key), "with the same keys");
}

}  // namespace

void run(BytesView input) {
  if (input.size() > kMaxExtendedMessageSize) return;
  Reader in(input);
  const DecodeContext context = context_by(in);
  const auto view = decode_update(in.rest(), context);
  if (!view.has_value()) return;
  for (const ReachableGroup& group : view->reachable()) check_reachable(*view, group);
  for (const UnreachableGroup& group : view->unreachable()) check_unreachable(*view, group);
}

}  // namespace bgp::fuzz
