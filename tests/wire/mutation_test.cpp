// Good messages cut at every point and changed in every octet: no crash (run it with sanitizers), and whatever is
// accepted can be walked, printed and encoded again.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "bgp/wire/framer.hpp"
#include "bgp/wire/notification.hpp"
#include "bgp/wire/open.hpp"
#include "bgp/wire/route_refresh.hpp"
#include "bgp/wire/update.hpp"
#include "support/hex.hpp"
#include "support/printers.hpp"
#include "support/update_body.hpp"

namespace bgp {
namespace {

using Try = std::function<void(BytesView)>;

/// Hands `attempt` every prefix of the octets and every version with one octet changed. Each comes in a buffer of its
/// exact size, so that a sanitizer sees a read beyond it.
void for_every_mutation(const Bytes& octets, const Try& attempt) {
  for (std::size_t size = 0; size <= octets.size(); ++size) {
    attempt(Bytes(octets.begin(), octets.begin() + static_cast<std::ptrdiff_t>(size)));
  }
  for (std::size_t at = 0; at < octets.size(); ++at) {
    for (unsigned value = 0; value < 256; ++value) {
      Bytes changed = octets;
      changed[at] = static_cast<std::uint8_t>(value);
      attempt(changed);
    }
  }
}

void try_update(BytesView body, const DecodeContext& context) {
  const auto view = decode_update(body, context);
  if (!view.has_value()) {
    EXPECT_EQ(view.error().code, ErrorCode::UpdateMessage);
    EXPECT_GE(view.error().subcode, 1);
    return;
  }
  EXPECT_FALSE(to_string(*view).empty() && !(view->reachable().empty() && view->unreachable().empty()));
  const bool withdrawn = std::ranges::any_of(
      view->errors(), [](const UpdateError& error) { return error.approach != ErrorApproach::AttributeDiscard; });
  if (withdrawn) {
    EXPECT_TRUE(view->reachable().empty());
  }
  EXPECT_EQ(view->errors().size(), std::min<std::size_t>(view->error_count(), 8));
  for (const AttributeView attribute : view->attributes()) {
    EXPECT_EQ(view->attribute(static_cast<AttributeCode>(attribute.code))->value.data(), attribute.value.data());
  }
}

std::vector<Bytes> update_bodies() {
  const std::string good = std::string(kOriginIgp) + kAsPath65002 + kNextHop;
  return {
      "00000000"_hex,
      update_body("18 0a0a0a 00", "", ""),
      update_body("", good, "18 0a0a0a 10 c0a8 20 c0000201"),
      update_body("08 0b", kMpReachIpv6 + good + kMpUnreachIpv6, kNlri),
      update_body("", kMpUnreachIpv6, ""),
      update_body("",
                  good + "80 04 04 00000005 40 05 04 00000064 40 06 00 c0 07 08 0000fdea c0000202 c0 08 04 fdea0001 "
                         "80 09 04 c0000202 80 0a 04 c0000202 c0 10 08 0002fdea00000001 c0 11 06 02 01 00010000 "
                         "c0 12 08 00010000 c0000202 c0 20 0c 0000fdea 00000001 00000002 c0 23 04 0000fdea",
                  kNlri),
  };
}

TEST(Mutation, Update_NeverCrashes) {
  std::vector<DecodeContext> contexts(4, both_families());
  contexts[1].four_octet_as = false;
  contexts[2].internal = true;
  contexts[3].add_path = contexts[3].families;
  for (const DecodeContext& context : contexts) {
    for (const Bytes& body : update_bodies()) {
      for_every_mutation(body, [&](BytesView octets) { try_update(octets, context); });
    }
  }
}

TEST(Mutation, Open_NeverCrashesAndWhatIsAcceptedEncodesAgain) {
  const std::vector<Bytes> bodies{
      "04 fde9 005a c0000201 00"_hex,
      "04 fde9 005a c0000201 2a 02 28 01 04 0001 00 01 02 00 06 00 40 06 8078 0001 01 80 41 04 0000fde9 "
      "45 04 0001 01 03 49 04 01 61 01 62 09 01 03"_hex,
      "04 fde9 005a c0000201 ff ff 0009 02 0006 4600 0902 0102"_hex,
  };
  for (const Bytes& body : bodies) {
    for_every_mutation(body, [](BytesView octets) {
      const auto open = decode_open(octets);
      if (!open.has_value()) {
        EXPECT_EQ(open.error().code, ErrorCode::OpenMessage);
        return;
      }
      const Bytes again = encode_open(*open);
      const auto second = decode_open(BytesView(again).subspan(kHeaderSize));
      ASSERT_TRUE(second.has_value()) << second.error();
      EXPECT_EQ(encode_open(*second), again);
    });
  }
}

TEST(Mutation, NotificationAndRouteRefresh_NeverCrash) {
  for (const char* body : {"06 02 05 68656c6c6f", "06 09 06 02 03 c3a962", "01 02 0012", "64 01"}) {
    for_every_mutation(octets_of_hex(body), [](BytesView octets) {
      const Notification notification = decode_notification(octets);
      EXPECT_FALSE(to_string(notification).empty());
      const Bytes again = encode_notification(notification);
      EXPECT_EQ(decode_notification(BytesView(again).subspan(kHeaderSize)), notification);
    });
  }
  for_every_mutation(framed(MessageType::RouteRefresh, "0001 01 01"_hex), [](BytesView octets) {
    for (const bool enhanced : {false, true}) {
      const auto refresh = decode_route_refresh(octets, enhanced);
      if (refresh.has_value()) {
        EXPECT_EQ(decode_route_refresh(encode_route_refresh(*refresh), enhanced), refresh);
      }
    }
  });
}

TEST(Mutation, Framer_NeverCrashesAndTakesEverything) {
  const Bytes stream = framed(MessageType::Open, "04 fde9 005a c0000201 00"_hex) + framed(MessageType::Keepalive, {}) +
                       framed(MessageType::Update, "00000000"_hex) + framed(MessageType::Notification, "0602"_hex);
  const std::size_t size = stream.size();
  for_every_mutation(stream, [size](BytesView octets) {
    Framer framer;
    std::size_t taken = 0;
    while (!octets.empty()) {
      const auto message = framer.next(octets);
      if (!message.has_value()) {
        EXPECT_EQ(message.error().code, ErrorCode::MessageHeader);
        return;
      }
      if (*message) taken += (*message)->octets.size();
    }
    EXPECT_LE(taken, size);
  });
}

}  // namespace
}  // namespace bgp
