// wire/update_decode.cpp
//
// From the body of an UPDATE to its effect, in one pass: cut into its three fields, read the attributes, judge by RFC
// 7606, arrange the groups. What makes a single attribute malformed stands in attribute_rules.cpp.
#include "attribute_accept.hpp"
#include "attribute_octets.hpp"
#include "attribute_rules.hpp"
#include "bgp/wire/bytes.hpp"
#include "bgp/wire/update.hpp"
#include "next_hop.hpp"
#include "nlri_octets.hpp"
#include "prefix_octets.hpp"

namespace bgp {
namespace {

constexpr std::uint64_t bit_of(AttributeCode code) { return std::uint64_t{1} << static_cast<unsigned>(code); }

/// RFC 4271 5: what reachable NLRI must have; RFC 4760 3: only the NLRI field needs NEXT_HOP.
constexpr std::uint64_t kMandatory = bit_of(AttributeCode::Origin) | bit_of(AttributeCode::AsPath);
constexpr std::uint64_t kMandatoryWithNlri = kMandatory | bit_of(AttributeCode::NextHop);
constexpr std::uint64_t kMp = bit_of(AttributeCode::MpReachNlri) | bit_of(AttributeCode::MpUnreachNlri);

/// What is wrong with the message, and what follows. Most messages never make one.
struct Trouble {
  bool broken = false;  // the last attribute is not whole
  CodeSet discarded;
  std::optional<UpdateError> strongest;
  BytesView strongest_data;
  std::uint8_t reset_subcode = 0;
  BytesView reset_data;
};

Family read_family(Reader& reader) {
  const auto afi = static_cast<Afi>(reader.u16());
  return {afi, static_cast<Safi>(reader.u8())};
}

}  // namespace

class UpdateDecoder {
 public:
  /// `all`: where every error goes, a session reset included; the view keeps the first ones.
  explicit UpdateDecoder(UpdateView& view, std::vector<UpdateError>* all = nullptr)
      : view_(view), context_(view.context()), all_(all) {}

  static UpdateView::Made made() { return {}; }

  /// False when the session must reset.
  [[gnu::always_inline]] bool run() {
    if (!(cut() && read_attributes() && check_fields())) return false;
    if (is_usual()) [[likely]] {
      add_classic_reachable();
      return true;
    }
    return conclude();
  }
  /// Then: the NOTIFICATION.
  [[nodiscard]] Notification notification() const {
    const BytesView data = trouble_->reset_data;
    return {ErrorCode::UpdateMessage, trouble_->reset_subcode, Bytes(data.begin(), data.end())};
  }

 private:
  // The way of the usual UPDATE, inlined into one function. Each step is false when the session must reset: then
  // trouble_ says how.
  [[gnu::always_inline]] bool cut();
  [[gnu::always_inline]] bool read_attributes();
  [[gnu::always_inline]] std::uint64_t take_usual_beginning(BytesView& rest);
  [[gnu::always_inline]] bool check_fields();
  [[gnu::always_inline]] void add_classic_reachable();

  // The way of what is less common, or wrong.
  [[gnu::noinline]] bool conclude();
  bool judge();
  void arrange();
  [[gnu::noinline]] bool judge_attribute(BytesView whole);
  bool read_mp_reach(const AttributeOctets& attribute);
  bool read_mp_unreach(const AttributeOctets& attribute);
  bool check_mp_nlri(const NlriView& nlri, const AttributeOctets& attribute);
  void arrange_end_of_rib();
  [[gnu::cold]] bool repeated_attribute(BytesView whole);
  [[gnu::cold]] bool broken_attribute(BytesView rest);
  [[gnu::cold]] void missing_attributes();

  /// Records what was wrong and does what the approach asks of an attribute.
  [[gnu::cold]] bool found(const Finding& finding, AttributeCode attribute, BytesView data);
  [[gnu::cold]] bool reset(std::uint8_t subcode, BytesView data = {}, const char* reason = nullptr);
  [[gnu::cold]] void discard(AttributeCode code);

  /// Until arrange() the view shows every attribute of the message, discarded ones too.
  bool seen(AttributeCode code) const { return view_.has(code); }
  /// Any but MP_UNREACH_NLRI.
  bool other_attributes() const {
    CodeSet others = view_.shown_;
    others.erase(static_cast<std::uint8_t>(AttributeCode::MpUnreachNlri));
    return (trouble_ && trouble_->broken) || !others.empty();
  }
  NlriView nlri_view(Family family, BytesView octets, LabelForm labels = LabelForm::One) const {
    return {family, octets, nlri_kind(family) != NlriKind::Opaque && context_.add_path.contains(family), labels};
  }
  /// Of the Withdrawn Routes or the NLRI field.
  NlriView ipv4_view(BytesView octets) const {
    return {kIpv4Unicast, octets, context_.add_path.contains(kIpv4Unicast)};
  }
  void add_unreachable(Family family, NlriView nlri) {
    if (!nlri.empty()) view_.unreachable_.add([&] { return UnreachableGroup{family, nlri}; });
  }

  /// Nothing wrong, and nothing but reachable NLRI in the classic field, with what they must have.
  bool is_usual() const {
    return !trouble_ && (view_.shown_.below_64() & (kMandatoryWithNlri | kMp)) == kMandatoryWithNlri &&
           withdrawn_.empty() && !nlri_.empty() && context_.families.contains(kIpv4Unicast);
  }

  Trouble& trouble() { return trouble_ ? *trouble_ : trouble_.emplace(); }
  /// The session goes on, the routes do not.
  bool is_strong() const {
    return trouble_ && trouble_->strongest && trouble_->strongest->approach >= ErrorApproach::TreatAsWithdraw;
  }

  UpdateView& view_;
  const DecodeContext& context_;
  std::vector<UpdateError>* all_;
  BytesView withdrawn_, nlri_;
  std::optional<ReachableGroup> reach_;      // an MP_REACH_NLRI of a negotiated family
  std::optional<UnreachableGroup> unreach_;  // likewise
  bool mp_reach_has_nlri_ = false;           // whatever its family
  std::optional<Trouble> trouble_;
};

/// The errors for which RFC 7606 leaves nothing but the reset that RFC 4271 and RFC 4760 ask for.
static const char* reset_reason(std::uint8_t subcode) {
  switch (subcode) {
    case update_error::kMalformedAttributeList:
      return "a length exceeds the message, or an MP attribute is repeated (RFC 7606 3 b, 3 g)";
    case update_error::kUnrecognizedWellKnownAttribute: return "well-known attribute not recognized (RFC 4271 6.3)";
    case update_error::kInvalidNetworkField: return "the NLRI cannot be found (RFC 7606 3 j, 5.3)";
    default: return "an MP attribute cannot be parsed (RFC 7606 3 j, 5.3, 7.11)";
  }
}

bool UpdateDecoder::reset(std::uint8_t subcode, BytesView data, const char* reason) {
  if (all_ != nullptr) {
    const auto code = static_cast<AttributeCode>(data.size() > 1 ? data[1] : 0);  // `data` is an attribute or nothing
    all_->push_back({ErrorApproach::SessionReset, code, subcode, reason != nullptr ? reason : reset_reason(subcode)});
  }
  // RFC 4271 6.3 names the attribute as data except here; 6: data is empty where none is named
  if (subcode == update_error::kMalformedAttributeList || subcode == update_error::kMalformedAsPath) data = {};
  trouble().reset_subcode = subcode;
  trouble().reset_data = data;
  return false;
}

bool UpdateDecoder::found(const Finding& finding, AttributeCode attribute, BytesView data) {
  if (finding.approach == ErrorApproach::SessionReset) return reset(finding.subcode, data);
  const UpdateError error{finding.approach, attribute, finding.subcode, finding.reason};
  if (all_ != nullptr) all_->push_back(error);
  if (!view_.errors_.full()) view_.errors_.push_back(error);
  ++view_.error_count_;
  // RFC 7606 3 h: the strongest is followed
  std::optional<UpdateError>& strongest = trouble().strongest;
  if (!strongest || strongest->approach < error.approach) {
    strongest = error;
    trouble().strongest_data = data;
  }
  return true;
}

void UpdateDecoder::discard(AttributeCode code) {
  trouble().discarded.insert(static_cast<std::uint8_t>(code));
  view_.all_shown_ = false;
}

/// RFC 7606 3 b: lengths that exceed the message leave nothing to go on with.
inline bool UpdateDecoder::cut() {
  Reader reader(view_.body_);
  withdrawn_ = reader.bytes(reader.u16());
  view_.attributes_ = reader.bytes(reader.u16());
  nlri_ = reader.rest();
  return reader.ok() || reset(update_error::kMalformedAttributeList);
}

/// With these three, in this form, nearly every UPDATE begins. One load of their first four octets sees flags, code,
/// length and what of the value decides; whatever is not plainly good is left to the loop of read_attributes().
/// Returns the codes that were taken.
inline std::uint64_t UpdateDecoder::take_usual_beginning(BytesView& rest) {
  constexpr std::size_t kOriginSize = 4, kNextHopSize = 7;
  const std::uint8_t* const begin = rest.data();
  if (rest.size() < kOriginSize || load_u32(begin) - 0x40010100U > 2) return 0;
  view_.places_[static_cast<std::size_t>(AttributeCode::Origin)] = 0;
  rest = rest.subspan(kOriginSize);

  const std::size_t size = whole_attribute(rest);
  if (size == 0) return bit_of(AttributeCode::Origin);
  const AttributeView as_path = attribute_at(rest.data());
  if (as_path.code != static_cast<std::uint8_t>(AttributeCode::AsPath) ||
      !is_plainly_good(AttributeCode::AsPath, as_path, context_)) {
    return bit_of(AttributeCode::Origin);
  }
  view_.places_[static_cast<std::size_t>(AttributeCode::AsPath)] = kOriginSize;
  rest = rest.subspan(size);

  // RFC 4271 6.3: the first octet of the next hop, not 0 and below 224
  if (rest.size() < kNextHopSize || load_u32(rest.data()) - 0x40030401U > 222) return kMandatory;
  view_.places_[static_cast<std::size_t>(AttributeCode::NextHop)] = static_cast<std::uint16_t>(rest.data() - begin);
  rest = rest.subspan(kNextHopSize);
  return kMandatoryWithNlri;
}

inline bool UpdateDecoder::read_attributes() {
  // Values of our own, which stay in registers: members could change with every call
  const DecodeContext& context = context_;
  const std::uint8_t* const begin = view_.attributes_.data();
  BytesView rest = view_.attributes_;
  std::uint64_t common = take_usual_beginning(rest);  // the codes that have a place
  while (!rest.empty()) {
    const std::size_t size = whole_attribute(rest);
    if (size == 0) [[unlikely]]
      break;
    const BytesView whole = rest.first(size);
    const AttributeView attribute = attribute_at(whole.data());
    rest = rest.subspan(size);
    if (attribute.code < UpdateView::kPlaces) [[likely]] {
      const std::uint64_t bit = std::uint64_t{1} << attribute.code;
      if ((common & bit) != 0) [[unlikely]] {
        if (!repeated_attribute(whole)) return false;
        continue;
      }
      common |= bit;
      view_.places_[attribute.code] = static_cast<std::uint16_t>(whole.data() - begin);
    } else {
      if (view_.shown_.contains(attribute.code)) {
        if (!repeated_attribute(whole)) return false;
        continue;
      }
      view_.shown_.insert(attribute.code);
    }
    if (!is_plainly_good(static_cast<AttributeCode>(attribute.code), attribute, context) && !judge_attribute(whole))
      return false;
  }
  view_.shown_.insert_below_64(common);
  return rest.empty() || broken_attribute(rest);
}

/// RFC 7606 4: an attribute that overruns the block, or too few octets for one.
bool UpdateDecoder::broken_attribute(BytesView rest) {
  trouble().broken = true;
  view_.attributes_ = view_.attributes_.first(view_.attributes_.size() - rest.size());
  Reader reader(rest);
  reader.u8();
  const auto code = static_cast<AttributeCode>(reader.u8());
  // RFC 7606 3 j: the NLRI of a cut-off MP attribute cannot be found
  if (reader.ok() && (code == AttributeCode::MpReachNlri || code == AttributeCode::MpUnreachNlri)) {
    return reset(update_error::kOptionalAttributeError, rest);
  }
  return found({ErrorApproach::TreatAsWithdraw, update_error::kMalformedAttributeList,
                "the last attribute does not fit the attribute field (RFC 7606 4)"},
               AttributeCode{}, {});
}

/// RFC 7606 3 g.
bool UpdateDecoder::repeated_attribute(BytesView whole) {
  view_.all_shown_ = false;
  const auto code = static_cast<AttributeCode>(attribute_at(whole.data()).code);
  if (code == AttributeCode::MpReachNlri || code == AttributeCode::MpUnreachNlri) {
    return reset(update_error::kMalformedAttributeList);
  }
  return found({ErrorApproach::AttributeDiscard, update_error::kMalformedAttributeList,
                "repeated, the first one counts (RFC 7606 3 g)"},
               code, whole);
}

bool UpdateDecoder::judge_attribute(BytesView whole) {
  const AttributeOctets attribute{attribute_at(whole.data()), whole};
  const auto code = static_cast<AttributeCode>(attribute.code);
  const bool mp = code == AttributeCode::MpReachNlri || code == AttributeCode::MpUnreachNlri;
  constexpr std::uint8_t kKind = attribute_flags::kOptional | attribute_flags::kTransitive;
  const AttributeRule& rule = attribute_rule(attribute.code);
  if (!rule.recognized) {
    // RFC 4271 6.3: a well-known attribute that nobody knows; any optional one is kept as it came
    const bool optional = (attribute.flags & attribute_flags::kOptional) != 0;
    return optional || reset(update_error::kUnrecognizedWellKnownAttribute, attribute.whole);
  }
  Finding finding;
  if ((attribute.flags & kKind) != rule.flags) {
    const std::uint8_t subcode = mp ? update_error::kOptionalAttributeError : update_error::kAttributeFlagsError;
    finding = {wrong_flags(rule, attribute.flags), subcode, "Optional or Transitive bit is wrong (RFC 7606 3 c)"};
  } else if (rule.check) {
    finding = rule.check(attribute.value, context_);
  }
  if (finding) {
    discard(code);
    return found(finding, code, attribute.whole);
  }
  if (code == AttributeCode::MpReachNlri) return read_mp_reach(attribute);
  if (code == AttributeCode::MpUnreachNlri) return read_mp_unreach(attribute);
  return true;
}

/// RFC 4760 3: family, next hop behind its length, a reserved octet, NLRI.
bool UpdateDecoder::read_mp_reach(const AttributeOctets& attribute) {
  Reader reader(attribute.value);
  const Family family = read_family(reader);
  const BytesView next_hop = reader.bytes(reader.u8());
  reader.u8();
  const BytesView octets = reader.rest();
  // RFC 7606 5.3: less than 5 octets, or a next hop that leaves no room: the NLRI cannot be found
  if (!reader.ok()) return reset(update_error::kOptionalAttributeError, attribute.whole);
  mp_reach_has_nlri_ = !octets.empty();
  if (!context_.families.contains(family)) {
    discard(AttributeCode::MpReachNlri);
    return found({ErrorApproach::AttributeDiscard, update_error::kOptionalAttributeError,
                  "its family was not negotiated (RFC 4760 8)"},
                 AttributeCode::MpReachNlri, attribute.whole);
  }
  reach_ = {family, read_next_hop(family, next_hop), nlri_view(family, octets, context_.multiple_labels.form(family))};
  // RFC 7606 7.11: behind a next hop of an unexpected length the NLRI cannot be found
  if (!next_hop_length_fits(family, next_hop.size(), context_)) {
    return reset(update_error::kOptionalAttributeError, attribute.whole);
  }
  if (!check_mp_nlri(reach_->nlri, attribute)) return false;
  if (has_labels(family) && most_labels(reach_->nlri) > context_.multiple_labels.most(family)) {
    return found({ErrorApproach::TreatAsWithdraw, update_error::kOptionalAttributeError,
                  "more labels than we said that we take (RFC 8277 2.1)"},
                 AttributeCode::MpReachNlri, attribute.whole);
  }
  // RFC 4271 6.3 and RFC 7606 3 e, for the next hop where RFC 4760 put it
  if (next_hop_must_be_host(family) && !may_be_host(reach_->next_hop.address)) {
    return found({ErrorApproach::TreatAsWithdraw, update_error::kInvalidNextHop,
                  "the next hop is not a host address (RFC 4271 6.3, RFC 7606 3 e)"},
                 AttributeCode::MpReachNlri, attribute.whole);
  }
  return true;
}

/// RFC 4760 4: family, NLRI.
bool UpdateDecoder::read_mp_unreach(const AttributeOctets& attribute) {
  Reader reader(attribute.value);
  const Family family = read_family(reader);
  const BytesView octets = reader.rest();
  // RFC 7606 5.3: less than 3 octets
  if (!reader.ok()) return reset(update_error::kOptionalAttributeError, attribute.whole);
  if (!context_.families.contains(family)) {
    discard(AttributeCode::MpUnreachNlri);
    return found({ErrorApproach::AttributeDiscard, update_error::kOptionalAttributeError,
                  "its family was not negotiated (RFC 4760 8)"},
                 AttributeCode::MpUnreachNlri, attribute.whole);
  }
  unreach_ = {family, nlri_view(family, octets, LabelForm::Withdrawn)};
  return check_mp_nlri(unreach_->nlri, attribute);
}

/// RFC 7606 3 j and 5.3; milder where the family's RFC says so.
bool UpdateDecoder::check_mp_nlri(const NlriView& nlri, const AttributeOctets& attribute) {
  if (is_prefix_family(nlri.family()) && check_nlri(nlri.family(), nlri.octets(), nlri.add_path())) return true;
  const auto error = check_nlri(nlri);
  if (!error) return true;
  if (error->approach == ErrorApproach::AttributeDiscard) {
    // One NLRI is left out; the attribute stays, so the finding names none
    return found({error->approach, update_error::kMalformedAttributeList, error->reason}, AttributeCode{}, {});
  }
  return found({error->approach, update_error::kOptionalAttributeError, error->reason},
               static_cast<AttributeCode>(attribute.code), attribute.whole);
}

/// RFC 7606 3 i, 3 j and 5.3: both IPv4 fields must be whole, or nothing can be withdrawn.
inline bool UpdateDecoder::check_fields() {
  const bool add_path = context_.add_path.contains(kIpv4Unicast);
  return (are_whole_ipv4_prefixes(withdrawn_, add_path) && are_whole_ipv4_prefixes(nlri_, add_path)) ||
         reset(update_error::kInvalidNetworkField);
}

/// RFC 7606 3 d.
void UpdateDecoder::missing_attributes() {
  for (const AttributeCode code : {AttributeCode::Origin, AttributeCode::AsPath, AttributeCode::NextHop}) {
    const bool mandatory = code != AttributeCode::NextHop || !nlri_.empty();
    if (seen(code) || !mandatory) continue;
    found({ErrorApproach::TreatAsWithdraw, update_error::kMissingWellKnownAttribute,
           "mandatory attribute is missing (RFC 7606 3 d)"},
          code, {});
  }
}

bool UpdateDecoder::conclude() {
  if (!judge()) return false;
  // Asked before the discarded ones are taken out: they are attributes too
  const bool may_end_rib = withdrawn_.empty() && nlri_.empty() && !other_attributes();
  if (trouble_) view_.shown_.erase(trouble_->discarded);
  arrange();
  if (may_end_rib) arrange_end_of_rib();
  return true;
}

/// What can only be said of the message as a whole.
bool UpdateDecoder::judge() {
  const bool reachable = !nlri_.empty() || mp_reach_has_nlri_;
  if (reachable) missing_attributes();
  // RFC 7606 5.2: without reachable NLRI nothing stronger than attribute discard can be trusted
  if (!reachable && is_strong() && other_attributes()) {
    return reset(trouble_->strongest->subcode, trouble_->strongest_data,
                 "nothing reachable beside a strong error (RFC 7606 5.2)");
  }
  return true;
}

void UpdateDecoder::arrange() {
  const bool ipv4 = context_.families.contains(kIpv4Unicast);
  if (!ipv4 && !(withdrawn_.empty() && nlri_.empty())) [[unlikely]] {
    found({ErrorApproach::AttributeDiscard, update_error::kMalformedAttributeList,
           "IPv4 unicast was not negotiated (RFC 4760 8)"},
          AttributeCode{}, {});
  }
  if (ipv4 && !withdrawn_.empty()) add_unreachable(kIpv4Unicast, ipv4_view(withdrawn_));
  if (unreach_) add_unreachable(unreach_->family, unreach_->nlri);
  if (is_strong()) [[unlikely]] {
    // RFC 7606 2: as though all contained routes had been withdrawn
    if (ipv4) add_unreachable(kIpv4Unicast, ipv4_view(nlri_));
    if (reach_) add_unreachable(reach_->family, reach_->nlri);
  } else {
    if (ipv4 && !nlri_.empty()) add_classic_reachable();
    if (reach_ && !reach_->nlri.empty()) view_.reachable_.push_back(*reach_);
  }
}

/// The NLRI field and NEXT_HOP (RFC 4271 4.3).
inline void UpdateDecoder::add_classic_reachable() {
  const std::uint8_t* const next_hop = view_.place_of(static_cast<std::uint8_t>(AttributeCode::NextHop));
  const std::uint32_t address = load_u32(attribute_at(next_hop).value.data());
  view_.reachable_.add(
      [&]() -> ReachableGroup { return {kIpv4Unicast, {IpAddress::v4(address), std::nullopt}, ipv4_view(nlri_)}; });
}

/// RFC 4724 2: an empty UPDATE for IPv4 unicast, one with an empty MP_UNREACH_NLRI alone for any family.
void UpdateDecoder::arrange_end_of_rib() {
  if (view_.attributes_.empty()) {
    if (context_.families.contains(kIpv4Unicast)) view_.end_of_rib_ = kIpv4Unicast;
  } else if (unreach_ && unreach_->nlri.empty()) {
    view_.end_of_rib_ = unreach_->family;
  }
}

Result<UpdateView> decode_update(BytesView body, const DecodeContext& context) {
  // Made in place: a view has some hundred octets, and is not moved on the way out
  Result<UpdateView> result(std::in_place, UpdateDecoder::made(), body, context);
  UpdateDecoder decoder(*result);
  if (!decoder.run()) [[unlikely]]
    result = std::unexpected(decoder.notification());
  return result;
}

std::vector<UpdateError> all_errors(BytesView body, const DecodeContext& context) {
  std::vector<UpdateError> errors;
  UpdateView view(UpdateDecoder::made(), body, context);
  UpdateDecoder(view, &errors).run();
  return errors;
}

}  // namespace bgp
