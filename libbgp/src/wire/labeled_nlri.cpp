// wire/labeled_nlri.cpp
//
// Prefixes behind labels and Route Distinguishers (RFC 8277 2, RFC 4364 4.3.4): one length octet in bits that counts
// all of it.
#include "bgp/wire/labeled_nlri.hpp"

#include <algorithm>

#include "bgp/wire/vpn_nlri.hpp"
#include "hash.hpp"
#include "nlri_fields.hpp"
#include "nlri_octets.hpp"

namespace bgp {
namespace {

constexpr std::size_t kLabelBits = 24;  // label, three reserved bits, S (RFC 8277 2.2)
constexpr std::size_t kRdBits = 64;     // RFC 4364 4.2
constexpr std::uint32_t kBottomOfStack = 1;
constexpr std::uint32_t kNoLabel = 0x800000;  // RFC 8277 2.4; some write 0

/// Labels up to the one with the S bit; false when there is none within `bits`, which then cannot be parsed (RFC 8277
/// 2.3). Takes their bits off `bits`.
bool read_stack(Reader& reader, std::size_t& bits, bool withdrawn, LabelStack& labels) {
  while (bits >= kLabelBits) {
    const std::uint32_t label = read_u24(reader);
    bits -= kLabelBits;
    labels.push_back(label >> 4);
    if ((label & kBottomOfStack) != 0 || (withdrawn && (label == kNoLabel || label == 0))) return true;
  }
  return false;
}

bool read_labels(Reader& reader, std::size_t& bits, std::size_t most, LabelForm form, LabelStack& labels) {
  if (form == LabelForm::Stack) return read_stack(reader, bits, false, labels);
  if (bits < kLabelBits) return false;
  if (bits - kLabelBits > most) {
    // DEVIATES RFC 8277 2.2, 2.4: more bits than one label and an address have are taken for a stack of labels, as RFC
    // 3107 let it be without a capability and old speakers still send it, instead of resetting the session: the prefix
    // can be told, so what RFC 8277 2.1 says of too many labels can be done
    return read_stack(reader, bits, form == LabelForm::Withdrawn, labels);
  }
  labels.push_back(read_u24(reader) >> 4);  // RFC 8277 2.2: the S bit is ignored
  bits -= kLabelBits;
  return true;
}

}  // namespace

LabeledShape labeled_shape(Family family, LabelForm form) {
  const bool vpn = family.safi != Safi::LabeledUnicast;
  return {family.afi == Afi::Ipv6, family.safi != Safi::MplsVpnMulticast, vpn, form};
}

std::optional<VpnNlri> read_labeled(const RawNlri& raw, const LabeledShape& shape) {
  VpnNlri nlri;
  nlri.path_id = raw.path_id;
  const std::size_t rd_bits = shape.rd ? kRdBits : 0;
  const std::size_t most = rd_bits + (shape.v6 ? 128 : 32);
  Reader reader(raw.octets);
  std::size_t bits = reader.u8();
  if (shape.labels && !read_labels(reader, bits, most, shape.form, nlri.labels)) return std::nullopt;
  // RFC 8277 2.4: what stands for the labels of a withdrawal means nothing
  if (shape.form == LabelForm::Withdrawn) nlri.labels.clear();
  // RFC 7606 5.3: a length that does not suit the family
  if (bits < rd_bits || bits > most) return std::nullopt;
  if (shape.rd) nlri.rd = read_rd(reader);
  const auto length = static_cast<std::uint8_t>(bits - rd_bits);
  const BytesView octets = reader.rest();
  if (!reader.ok() || octets.size() != (length + 7U) / 8U) return std::nullopt;
  nlri.prefix = Prefix::from_octets(shape.v6, octets, length);
  return nlri;
}

std::size_t most_labels(const NlriView& nlri) {
  const LabeledShape shape = labeled_shape(nlri.family(), nlri.label_form());
  std::size_t most = 0;
  for (Reader reader(nlri.octets()); !reader.empty();) {
    const auto raw = take_nlri(reader, nlri_kind(nlri.family()), nlri.add_path());
    const auto read = raw ? read_labeled(*raw, shape) : std::nullopt;
    if (read) most = std::max(most, read->labels.size());
  }
  return most;
}

bool write_labeled(Writer& out, const LabeledShape& shape, const LabelStack& labels, RouteDistinguisher rd,
                   const Prefix& prefix) {
  if (prefix.address().is_v6() != shape.v6) return false;
  const bool withdrawn = shape.form == LabelForm::Withdrawn;
  std::size_t count = shape.labels ? 1 : 0;
  if (!withdrawn) {
    // RFC 8277 2.1: exactly one label unless the capability was exchanged; SAFI 129 has none
    const bool stack = shape.labels && shape.form == LabelForm::Stack && !labels.empty();
    if (!stack && labels.size() != count) return false;
    count = labels.size();
  }
  const std::size_t bits = count * kLabelBits + (shape.rd ? kRdBits : 0) + prefix.length();
  if (bits > 255) return false;  // RFC 8277 2.1: what the length octet can say
  out.u8(static_cast<std::uint8_t>(bits));
  if (withdrawn) {
    if (shape.labels) write_u24(out, kNoLabel);
  } else {
    std::size_t left = count;
    for (const std::uint32_t label : labels) write_u24(out, label << 4 | (--left == 0 ? kBottomOfStack : 0));
  }
  if (shape.rd) write_rd(out, rd);
  out.bytes(prefix.address().octets().first((prefix.length() + 7U) / 8U));
  return true;
}

std::string to_string(const LabeledNlri& nlri) {
  const std::string text = to_string(Nlri{nlri.prefix, nlri.path_id});
  return nlri.labels.empty() ? text : text + " label " + to_string(nlri.labels);
}

std::string to_string(const VpnNlri& nlri) {
  return "rd " + to_string(nlri.rd) + ' ' + to_string(LabeledNlri{nlri.prefix, nlri.labels, nlri.path_id});
}

}  // namespace bgp

std::size_t std::hash<bgp::LabeledNlri>::operator()(const bgp::LabeledNlri& nlri) const noexcept {
  return std::hash<bgp::Nlri>{}({nlri.prefix, nlri.path_id});  // labels seldom tell routes apart
}

std::size_t std::hash<bgp::VpnNlri>::operator()(const bgp::VpnNlri& nlri) const noexcept {
  bgp::Hash state;
  state.number(nlri.rd.value);
  state.number(std::hash<bgp::Nlri>{}({nlri.prefix, nlri.path_id}));
  return state.value();
}
