// The NLRI of the families that are no plain prefixes, in every message of BGP_EXTRA_DATA: each has its type, and is
// written again as it came. Their fields are compared with the truth through JSON (tests/json/corpus_truth_test.cpp).
#include <gtest/gtest.h>

#include <iostream>
#include <map>

#include "bgp/wire/update.hpp"
#include "corpus.hpp"
#include "support/data.hpp"
#include "support/hex.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

using boost::json::object;

struct Counts {
  std::size_t same = 0, rewritten = 0;
};
using CountsByFamily = std::map<std::string, Counts>;

/// Every family of the message, so that what was negotiated does not matter.
std::vector<Family> families_of(BytesView body) {
  std::vector<Family> families{kIpv4Unicast};
  const DecodeContext context;
  if (const auto view = decode_update(body, context)) {
    Reader reader(body);
    reader.bytes(reader.u16());
    Reader attributes = reader.sub(reader.u16());
    while (!attributes.empty()) {
      const bool extended = (attributes.u8() & attribute_flags::kExtendedLength) != 0;
      const std::uint8_t code = attributes.u8();
      Reader value(attributes.bytes(extended ? attributes.u16() : attributes.u8()));
      if (code != 14 && code != 15) continue;
      const auto afi = static_cast<Afi>(value.u16());
      families.push_back({afi, static_cast<Safi>(value.u8())});
    }
  }
  return families;
}

void count_nlri(const NlriView& nlri, CountsByFamily& counts) {
  const NlriKind kind = nlri_kind(nlri.family());
  if (kind == NlriKind::Prefix || kind == NlriKind::Opaque) return;
  Bytes again;
  Writer out(again);
  bool stacks = false;
  for (const AnyNlri& one : nlri.any_as_written()) {
    EXPECT_FALSE(std::holds_alternative<OpaqueNlri>(one)) << nlri.family() << ' ' << to_string(one);
    stacks |= !append_nlri(out, nlri.family(), nlri.add_path(), nlri.label_form(), one);
  }
  Counts& count = counts[to_string(nlri.family())];
  const bool same = !stacks && hex_of(again) == hex_of(nlri.octets());
  ++(same ? count.same : count.rewritten);
  // What stands for labels in a withdrawal means nothing (RFC 8277 2.4), and some vectors stack labels unasked
  EXPECT_TRUE(same || kind == NlriKind::Labeled) << hex_of(nlri.octets()) << "\n  " << hex_of(again);
}

void read_message(const object& message, CountsByFamily& counts) {
  const std::string kind = corpus::text(message, "kind");
  Bytes octets = octets_of_hex(corpus::text(message, "hex"));
  BytesView body = octets;
  if (kind != "update-body") {
    if (octets.size() < kHeaderSize || octets[18] != static_cast<std::uint8_t>(MessageType::Update)) return;
    body = body.subspan(kHeaderSize);
  }
  DecodeContext context;
  context.internal = true;
  context.families = families_of(body);
  context.extended_next_hop = context.families;
  if (const auto* given = message.if_contains("context"); given && given->is_object()) {
    context.add_path = corpus::families(given->as_object(), "addpath");
    context.multiple_labels = corpus::label_counts(given->as_object(), "multi_label");
    context.four_octet_as = corpus::flag(given->as_object(), "as4", true);
  }
  const auto view = decode_update(body, context);
  if (!view) return;  // what a vector must do is compared elsewhere
  for (const ReachableGroup& group : view->reachable()) count_nlri(group.nlri, counts);
  for (const UnreachableGroup& group : view->unreachable()) count_nlri(group.nlri, counts);
}

TEST(CorpusNlri, EveryTypedFamily_IsReadAndWrittenAsItCame) {
  if (!has_extra_data()) GTEST_SKIP() << "BGP_EXTRA_DATA is not set: no NLRI is read";
  CountsByFamily counts;
  for (const char* folder : {"truth/captures", "vectors"}) {
    for (const auto& file : std::filesystem::directory_iterator(extra_data(folder))) {
      if (file.path().extension() != ".jsonl") continue;
      for (const object& message : corpus::lines_of(file.path())) {
        if (corpus::text(message, "hex").empty() || message.contains("malformed")) continue;
        const std::string kind = corpus::text(message, "kind");
        if (kind != "msg" && kind != "message" && kind != "update-body") continue;
        SCOPED_TRACE(file.path().filename().string() + ' ' + corpus::text(message, "name"));
        read_message(message, counts);
      }
    }
  }
  for (const auto& [family, count] : counts) {
    std::cout << family << ": " << count.same << " fields written as they came, " << count.rewritten << " otherwise\n";
  }
  EXPECT_GE(counts["ipv4-mpls-vpn"].same, 100U);
  EXPECT_GE(counts.size(), 8U);
}

}  // namespace
}  // namespace bgp
