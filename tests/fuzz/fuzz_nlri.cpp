// Any octets as the NLRI of a field of any family, with and without path identifiers and stacks of labels: what is good
// is walked to its end, and is the same after it was written and read again.
#include <vector>

#include "bgp/wire/nlri.hpp"
#include "fuzz/choice.hpp"
#include "fuzz/target.hpp"

namespace bgp::fuzz {
namespace {

std::vector<AnyNlri> walked(const NlriView& view) {
  std::vector<AnyNlri> nlri;
  for (const AnyNlri& one : view.any_as_written()) nlri.push_back(one);
  return nlri;
}

std::size_t labels_of(const AnyNlri& nlri) {
  if (const auto* labeled = std::get_if<LabeledNlri>(&nlri)) return labeled->labels.size();
  const auto* vpn = std::get_if<VpnNlri>(&nlri);
  return vpn != nullptr ? vpn->labels.size() : 0;
}

void check_good(const NlriView& view) {
  const std::vector<AnyNlri> nlri = walked(view);
  require(nlri.size() <= view.octets().size() && nlri.empty() == view.octets().empty(),
          "a walk ends within the octets");
  require(std::ranges::distance(view.any()) <= std::ranges::distance(view.any_as_written()), "some are passed over");
  Bytes octets;
  Writer out(octets);
  for (const AnyNlri& one : nlri) {
    require(to_string(one).find_first_of("\n\x1b") == std::string::npos, "its text is safe");
    require(route_key(route_key(one)) == route_key(one), "a key is the key of itself");
    const bool written = append_nlri(out, view.family(), view.add_path(), view.label_form(), one);
    // RFC 8277 2.1: a stack that an old speaker sent without the capability is read but never written
    if (!written && view.label_form() == LabelForm::One && labels_of(one) > 1) return;
    require(written, "it can be written");
  }
  const NlriView again(view.family(), octets, view.add_path(), view.label_form());
  require(!check_nlri(again) && walked(again) == nlri, "it is the same when it is read again");
  Bytes second;
  Writer out_again(second);
  for (const AnyNlri& one : walked(again)) {
    append_nlri(out_again, view.family(), view.add_path(), view.label_form(), one);
  }
  require(second == octets, "and is written alike");
}

}  // namespace

void run(BytesView input) {
  if (input.size() < 2 || input.size() > kMaxExtendedMessageSize) return;
  Reader in(input);
  const std::vector<Family> families = families_by(0xff);
  const Family family = families[in.u8() % families.size()];
  const std::uint8_t choice = in.u8();
  const auto form = static_cast<LabelForm>((choice >> 1) % 3);
  const NlriView view(family, in.rest(), (choice & 1) != 0, form);
  const auto error = check_nlri(view);
  if (!error) {
    check_good(view);
  } else {
    require(std::string_view(error->reason).find("RFC") != std::string_view::npos, "an error names its RFC");
    std::size_t count = 0;
    for (const AnyNlri& one : view.any()) count += to_string(one).empty() ? 0U : 1U;
    require(count <= view.octets().size(), "a walk of bad ones ends too");
  }
}

}  // namespace bgp::fuzz
