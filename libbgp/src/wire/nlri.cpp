// wire/nlri.cpp
//
// NLRI of every family: finding where each ends, judging, reading and writing them as AnyNlri. What a kind looks like
// stands in the file of that kind; docs/decisions/0010-malformed-nlri.md has what each fault leads to.
#include "bgp/wire/nlri.hpp"

#include "hash.hpp"
#include "nlri_octets.hpp"
#include "text.hpp"

namespace bgp {
namespace {

/// An NLRI whose octets say what they should, or nothing.
std::optional<AnyNlri> read_nlri(const NlriView& view, const RawNlri& raw) {
  const Family family = view.family();
  switch (nlri_kind(family)) {
    case NlriKind::Prefix: {
      const std::uint8_t length = raw.octets.front();
      const bool v6 = family.afi == Afi::Ipv6;
      if (length > (v6 ? 128 : 32)) return std::nullopt;
      return Nlri{Prefix::from_octets(v6, raw.octets.subspan(1), length), raw.path_id};
    }
    case NlriKind::Labeled: {
      auto read = read_labeled(raw, labeled_shape(family, view.label_form()));
      if (!read) return std::nullopt;
      return LabeledNlri{read->prefix, read->labels, read->path_id};
    }
    case NlriKind::Vpn: return read_labeled(raw, labeled_shape(family, view.label_form()));
    case NlriKind::Evpn: return read_evpn(raw);
    case NlriKind::FlowSpec: return read_flow_spec(raw, family);
    case NlriKind::RouteTarget: return read_route_target(raw);
    case NlriKind::LinkState: return read_link_state(raw, family);
    case NlriKind::Opaque: break;
  }
  return OpaqueNlri{Bytes(raw.octets.begin(), raw.octets.end()), raw.path_id};
}

std::optional<NlriError> check_one(const NlriView& view, NlriKind kind, const RawNlri& raw) {
  switch (kind) {
    case NlriKind::Prefix: break;  // the other check_nlri()
    case NlriKind::Labeled:
    case NlriKind::Vpn:
      if (read_labeled(raw, labeled_shape(view.family(), view.label_form()))) break;
      return NlriError{ErrorApproach::SessionReset,
                       "a length does not suit labels and prefix (RFC 7606 5.3, RFC 8277 2)"};
    case NlriKind::Evpn: return check_evpn(raw);
    case NlriKind::FlowSpec: return check_flow_spec(raw, view.family());
    case NlriKind::RouteTarget:
      if (read_route_target(raw)) break;
      return NlriError{ErrorApproach::SessionReset, "not 0 or 32 to 96 bits (RFC 7606 5.3, RFC 4684 4)"};
    case NlriKind::LinkState:
      if (link_state_is_whole(raw, view.family())) break;
      return NlriError{ErrorApproach::AttributeDiscard, "a link-state NLRI is malformed, passed over (RFC 9552 8.2.2)"};
    case NlriKind::Opaque: break;
  }
  return std::nullopt;
}

/// Octets of an NLRI from its length or type on, as its front says.
std::size_t size_of(Reader front, NlriKind kind) {
  switch (kind) {
    case NlriKind::Evpn: front.u8(); return 2U + front.u8();         // RFC 7432 7
    case NlriKind::LinkState: front.u16(); return 4U + front.u16();  // RFC 9552 5.2
    case NlriKind::FlowSpec: {                                       // RFC 8955 4.1
      const unsigned first = front.u8();
      return first < 0xf0 ? 1U + first : 2U + ((first & 0xfU) << 8 | front.u8());
    }
    default: return 1U + (front.u8() + 7U) / 8U;
  }
}

/// RFC 7606 5.4, RFC 9552 8.2.2: NLRI that a speaker discards while the others of the field count.
bool is_passed_over(const RawNlri& raw, NlriKind kind, Family family) {
  if (kind == NlriKind::Evpn) return !is_known_evpn_type(raw.octets.front());
  return kind == NlriKind::LinkState && !link_state_is_whole(raw, family);
}

/// What append_nlri() does behind the path identifier.
bool write_nlri(Writer& out, Family family, LabelForm labels, const AnyNlri& nlri) {
  const NlriKind kind = nlri_kind(family);
  if (const auto* prefix = std::get_if<Nlri>(&nlri)) {
    return kind == NlriKind::Prefix && write_prefix(out, family, prefix->prefix);
  }
  const LabeledShape shape = labeled_shape(family, labels);
  if (const auto* labeled = std::get_if<LabeledNlri>(&nlri)) {
    return kind == NlriKind::Labeled && write_labeled(out, shape, labeled->labels, {}, labeled->prefix);
  }
  if (const auto* vpn = std::get_if<VpnNlri>(&nlri)) {
    return kind == NlriKind::Vpn && write_labeled(out, shape, vpn->labels, vpn->rd, vpn->prefix);
  }
  if (const auto* evpn = std::get_if<EvpnNlri>(&nlri)) return kind == NlriKind::Evpn && write_evpn(out, *evpn);
  if (const auto* flow = std::get_if<FlowSpecNlri>(&nlri)) {
    return kind == NlriKind::FlowSpec && write_flow_spec(out, family, *flow);
  }
  if (const auto* target = std::get_if<RouteTargetNlri>(&nlri)) {
    return kind == NlriKind::RouteTarget && write_route_target(out, *target);
  }
  if (const auto* state = std::get_if<LinkStateNlri>(&nlri)) {
    return kind == NlriKind::LinkState && write_link_state(out, family, *state);
  }
  const Bytes& octets = std::get<OpaqueNlri>(nlri).octets;
  out.bytes(octets);
  return kind == NlriKind::Opaque && !octets.empty();
}

}  // namespace

std::optional<RawNlri> take_nlri(Reader& reader, NlriKind kind, bool add_path) {
  RawNlri raw;
  if (kind == NlriKind::Opaque) {
    raw.octets = reader.rest();
    return raw;
  }
  if (add_path) raw.path_id = reader.u32();  // RFC 7911 3
  raw.octets = reader.bytes(size_of(reader, kind));
  return reader.ok() ? std::optional(raw) : std::nullopt;
}

std::optional<NlriError> check_nlri(const NlriView& nlri) {
  constexpr const char* kOverrun = "an NLRI overruns the attribute (RFC 7606 5.3)";
  const NlriKind kind = nlri_kind(nlri.family());
  if (kind == NlriKind::Prefix) {
    if (check_nlri(nlri.family(), nlri.octets(), nlri.add_path())) return std::nullopt;
    return NlriError{ErrorApproach::SessionReset, "a length does not suit the family or the field (RFC 7606 5.3)"};
  }
  std::optional<NlriError> strongest;
  for (Reader reader(nlri.octets()); !reader.empty();) {
    const auto raw = take_nlri(reader, kind, nlri.add_path());
    if (!raw) return NlriError{ErrorApproach::SessionReset, kOverrun};
    const auto error = check_one(nlri, kind, *raw);
    if (error && (!strongest || strongest->approach < error->approach)) strongest = error;
  }
  return strongest;
}

AnyNlriRange NlriView::any() const { return {*this, false}; }

AnyNlriRange NlriView::any_as_written() const { return {*this, true}; }

AnyNlriRange::iterator AnyNlriRange::begin() const { return {nlri_, as_written_}; }

AnyNlriRange::iterator AnyNlriRange::end() const { return {}; }

AnyNlriRange::iterator::iterator(const NlriView& nlri, bool as_written) : nlri_(nlri), as_written_(as_written) {
  settle();
}

void AnyNlriRange::iterator::settle() {
  const Family family = nlri_.family();
  const NlriKind kind = nlri_kind(family);
  for (;;) {
    const BytesView octets = nlri_.octets();
    Reader reader(octets);
    const auto raw = take_nlri(reader, kind, nlri_.add_path());
    left_ = raw ? octets.size() : 0;
    size_ = octets.size() - reader.remaining();
    if (left_ == 0 || as_written_ || !is_passed_over(*raw, kind, family)) return;
    nlri_ = {family, octets.subspan(size_), nlri_.add_path(), nlri_.label_form()};
  }
}

AnyNlriRange::iterator& AnyNlriRange::iterator::operator++() {
  nlri_ = {nlri_.family(), nlri_.octets().subspan(size_), nlri_.add_path(), nlri_.label_form()};
  settle();
  return *this;
}

AnyNlri AnyNlriRange::iterator::operator*() const {
  Reader reader(nlri_.octets());
  const RawNlri raw = take_nlri(reader, nlri_kind(nlri_.family()), nlri_.add_path()).value_or(RawNlri{});
  if (auto nlri = read_nlri(nlri_, raw)) return *std::move(nlri);
  return OpaqueNlri{Bytes(raw.octets.begin(), raw.octets.end()), raw.path_id};
}

bool write_prefix(Writer& out, Family family, const Prefix& prefix) {
  if (prefix.address().is_v6() != (family.afi == Afi::Ipv6)) return false;
  out.u8(prefix.length());
  out.bytes(prefix.address().octets().first((prefix.length() + 7U) / 8U));
  return true;
}

bool append_nlri(Writer& out, Family family, bool add_path, LabelForm labels, const AnyNlri& nlri) {
  const std::size_t before = out.size();
  if (add_path && nlri_kind(family) != NlriKind::Opaque) out.u32(path_id_of(nlri));  // RFC 7911 3
  const bool written = write_nlri(out, family, labels, nlri);
  if (!written) out.truncate(before);
  return written;
}

std::string to_string(const OpaqueNlri& nlri) {
  const std::string text = hex_text(nlri.octets);
  return nlri.path_id == 0 ? text : text + '#' + std::to_string(nlri.path_id);
}

std::string to_string(const AnyNlri& nlri) {
  return std::visit([](const auto& one) { return to_string(one); }, nlri);
}

std::uint32_t path_id_of(const AnyNlri& nlri) {
  return std::visit([](const auto& one) { return one.path_id; }, nlri);
}

AnyNlri route_key(AnyNlri nlri) {
  if (auto* labeled = std::get_if<LabeledNlri>(&nlri)) labeled->labels.clear();
  if (auto* vpn = std::get_if<VpnNlri>(&nlri)) vpn->labels.clear();
  if (auto* evpn = std::get_if<EvpnNlri>(&nlri)) keep_key(*evpn);
  return nlri;
}

}  // namespace bgp

std::size_t std::hash<bgp::OpaqueNlri>::operator()(const bgp::OpaqueNlri& nlri) const noexcept {
  bgp::Hash state;
  state.octets(nlri.octets);
  state.number(nlri.path_id);
  return state.value();
}
