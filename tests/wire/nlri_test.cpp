// NLRI of every family as one type: what is written is read again, whatever is cut or changed does no harm.
#include "bgp/wire/nlri.hpp"

#include <gtest/gtest.h>

#include <string>
#include <unordered_set>
#include <vector>

#include "support/generate_nlri.hpp"
#include "support/hex.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

/// A field of one family: how its NLRI are written.
struct Field {
  Family family;
  bool add_path;
  LabelForm form;
};

/// Every generated family in every form that it can have.
std::vector<Field> fields() {
  std::vector<Field> all;
  for (const Family family : generated_families()) {
    const NlriKind kind = nlri_kind(family);
    const bool labels = kind == NlriKind::Labeled || kind == NlriKind::Vpn;
    for (const LabelForm form : {LabelForm::One, LabelForm::Stack, LabelForm::Withdrawn}) {
      if (form != LabelForm::One && !labels) continue;
      all.push_back({family, false, form});
      if (kind != NlriKind::Opaque) all.push_back({family, true, form});
    }
  }
  return all;
}

std::string text(const Field& field) {
  return to_string(field.family) + (field.add_path ? " add-path" : "") + " form " +
         std::to_string(static_cast<int>(field.form));
}

Bytes octets_of(const Field& field, const std::vector<AnyNlri>& list) {
  Bytes octets;
  Writer out(octets);
  for (const AnyNlri& nlri : list) EXPECT_TRUE(append_nlri(out, field.family, field.add_path, field.form, nlri));
  return octets;
}

NlriView view_of(const Field& field, BytesView octets) { return {field.family, octets, field.add_path, field.form}; }

std::vector<AnyNlri> values_of(const NlriView& view) {
  const AnyNlriRange range = view.any_as_written();
  return {range.begin(), range.end()};
}

std::vector<AnyNlri> some(NlriGenerator& random, const Field& field, std::uint32_t most = 8) {
  // what a family without a type carries is one value, whatever stands in it
  std::uint32_t count = nlri_kind(field.family) == NlriKind::Opaque ? 1 : 1 + random.below(most);
  std::vector<AnyNlri> list;
  for (; count > 0; --count) list.push_back(random.nlri(field.family, field.add_path, field.form));
  return list;
}

// Rules 7911-04 4760-03
TEST(NlriProperty, WhatIsWritten_IsReadAgain) {
  NlriGenerator random(20261);
  for (const Field& field : fields()) {
    for (int i = 0; i < 100; ++i) {
      const std::vector<AnyNlri> list = some(random, field);

      const Bytes octets = octets_of(field, list);

      ASSERT_FALSE(check_nlri(view_of(field, octets))) << text(field) << ' ' << hex_of(octets);
      ASSERT_EQ(values_of(view_of(field, octets)), list) << text(field) << ' ' << hex_of(octets);
    }
  }
}

TEST(NlriProperty, CanonicalOctets_AreWrittenAgain) {
  NlriGenerator random(20262);
  for (const Field& field : fields()) {
    for (int i = 0; i < 100; ++i) {
      const Bytes octets = octets_of(field, some(random, field));

      ASSERT_EQ(octets_of(field, values_of(view_of(field, octets))), octets) << text(field);
    }
  }
}

/// Whatever the octets are: no crash, and what passes the check can be printed and written again.
void try_octets(const Field& field, const Bytes& octets) {
  const NlriView view = view_of(field, octets);
  const auto error = check_nlri(view);
  const std::vector<AnyNlri> list = values_of(view);
  for (const AnyNlri& nlri : list) ASSERT_FALSE(to_string(nlri).empty());
  for (const AnyNlri& nlri : view.any()) ASSERT_FALSE(to_string(nlri).empty());
  if (error) return;
  Field again_field = field;
  // labels that an old speaker stacked without being asked to (RFC 3107) are written as a stack only
  if (field.form == LabelForm::One && nlri_kind(field.family) != NlriKind::Opaque) again_field.form = LabelForm::Stack;
  const Bytes again = octets_of(again_field, list);
  ASSERT_EQ(values_of(view_of(again_field, again)), list) << text(field) << ' ' << hex_of(octets);
}

TEST(NlriProperty, EveryTruncationAndEveryChangedOctet_DoesNoHarm) {
  NlriGenerator random(20263);
  for (const Field& field : fields()) {
    for (const std::uint32_t most : {1U, 2U}) {
      const Bytes octets = octets_of(field, some(random, field, most));
      for (std::size_t size = 0; size < octets.size(); ++size) {
        try_octets(field, Bytes(octets.begin(), octets.begin() + static_cast<std::ptrdiff_t>(size)));
      }
      for (std::size_t at = 0; at < octets.size(); ++at) {
        for (const unsigned change : {1U, 2U, 4U, 8U, 16U, 32U, 64U, 128U, 255U}) {
          Bytes changed = octets;
          changed[at] = static_cast<std::uint8_t>(changed[at] ^ change);
          try_octets(field, changed);
        }
      }
    }
  }
}

TEST(NlriProperty, Text_IsOnePieceOfALine) {
  NlriGenerator random(20264);
  for (const Field& field : fields()) {
    const std::string printed = to_string(random.nlri(field.family, field.add_path, field.form));
    EXPECT_FALSE(printed.empty());
    EXPECT_EQ(printed.find('\n'), std::string::npos) << printed;
  }
}

TEST(AppendNlri, KindOfAnotherFamily_IsRefusedAndNothingIsWritten) {
  NlriGenerator random(20265);
  for (const Field& field : fields()) {
    for (const Family other : generated_families()) {
      if (nlri_kind(field.family) == nlri_kind(other)) continue;
      Bytes octets;
      Writer out(octets);
      EXPECT_FALSE(append_nlri(out, field.family, field.add_path, field.form, random.nlri(other, false, field.form)));
      EXPECT_TRUE(octets.empty()) << text(field);
    }
  }
}

TEST(AppendNlri, PrefixOfTheOtherAddressFamily_IsRefused) {
  Bytes octets;
  Writer out(octets);

  EXPECT_FALSE(append_nlri(out, kIpv4Unicast, false, LabelForm::One, Nlri{*Prefix::parse("2001:db8::/32"), 0}));
  EXPECT_FALSE(append_nlri(out, {Afi::Ipv6, Safi::MplsVpn}, false, LabelForm::One,
                           VpnNlri{RouteDistinguisher{}, *Prefix::parse("10.0.0.0/8"), {16}, 0}));
  EXPECT_TRUE(octets.empty());
}

TEST(RouteKey, AnnouncementAndWithdrawal_AreEqual) {  // RFC 8277 2.4
  NlriGenerator random(20266);
  for (const Family family : generated_families()) {
    const Field announced{family, false, LabelForm::One};
    const Field withdrawn{family, false, LabelForm::Withdrawn};
    const AnyNlri nlri = random.nlri(family, false, LabelForm::One);

    const Bytes octets = octets_of(withdrawn, {nlri});

    ASSERT_EQ(route_key(values_of(view_of(withdrawn, octets)).at(0)), route_key(nlri)) << text(announced);
  }
}

TEST(AnyNlri, Hash_TellsValuesApartAndAgreesWithEquality) {
  NlriGenerator random(20267);
  std::unordered_set<AnyNlri> set;
  std::vector<AnyNlri> list;
  for (const Field& field : fields()) list.push_back(random.nlri(field.family, field.add_path, field.form));
  set.insert(list.begin(), list.end());
  const std::size_t size = set.size();

  set.insert(list.begin(), list.end());

  EXPECT_EQ(set.size(), size);
  EXPECT_GT(size, list.size() / 2);
}

TEST(NlriView, AnyOfAFamilyWithoutAType_IsItsOctets) {
  const Bytes octets = "0102030405"_hex;

  const NlriView view({Afi::Ipv4, Safi::SrPolicy}, octets, false);

  EXPECT_FALSE(check_nlri(view));
  EXPECT_EQ(values_of(view), (std::vector<AnyNlri>{OpaqueNlri{octets, 0}}));
  EXPECT_EQ(to_string(values_of(view).at(0)), "0x0102030405");
}

TEST(NlriView, AnyOfNothing_IsEmpty) {
  for (const Field& field : fields()) EXPECT_TRUE(values_of(view_of(field, {})).empty()) << text(field);
}

}  // namespace
}  // namespace bgp
