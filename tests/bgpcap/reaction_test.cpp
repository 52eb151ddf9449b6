#include "tools/bgpcap/reaction.hpp"

#include <gtest/gtest.h>

#include "support/hex.hpp"
#include "support/printers.hpp"

namespace bgp::cap {
namespace {

const Bytes kOpen = framed(MessageType::Open, "04 fde9 005a c0000201 00"_hex);
const Bytes kKeepalive = framed(MessageType::Keepalive, {});

/// A session inside AS 65001, whose identifier is 192.0.2.1.
Context internal_session() {
  Context context = default_context();
  context.decode.internal = true;
  context.decode.local_asn = 65001;
  context.decode.peer_asn = 65001;
  context.decode.local_identifier = {0xc0000201};
  return context;
}

Reaction to(const Bytes& octets, const Context& context) {
  return reaction_to(RawMessage{static_cast<MessageType>(octets.at(18)), octets}, context);
}

TEST(CapReaction, WithoutAState_AMessageIsWhereItBelongs) {
  EXPECT_FALSE(to(kOpen, default_context()).ended);
  EXPECT_FALSE(to(kKeepalive, default_context()).ended);
}

TEST(CapReaction, InAnotherState_TheFsmSaysWhichNotification) {
  Context context = default_context();
  context.state = State::OpenSent;
  EXPECT_EQ(to(kKeepalive, context).notification, (Notification{ErrorCode::FiniteStateMachine, 1, "04"_hex}));

  context.state = State::Established;
  EXPECT_EQ(to(kOpen, context).notification, (Notification{ErrorCode::FiniteStateMachine, 3, "01"_hex}));
}

TEST(CapReaction, OurOwnIdentifierInsideOurAs_IsRefused) {
  EXPECT_EQ(to(kOpen, internal_session()).notification, (Notification{ErrorCode::OpenMessage, 3, {}}));
}

TEST(CapReaction, ReceivedNotification_EndsWithoutAnother) {
  const Reaction reaction = to(framed(MessageType::Notification, "06 04"_hex), default_context());

  EXPECT_TRUE(reaction.ended);
  EXPECT_EQ(reaction.notification, std::nullopt);
}

TEST(CapReaction, WrongHeader_IsAnsweredAsTheFramerSays) {
  const Notification error{ErrorCode::MessageHeader, 3, "09"_hex};

  EXPECT_EQ(reaction_to_header_error(error, default_context()).notification, error);
}

TEST(CapReaction, Malformed_IsAKnownCapabilityWithoutItsForm) {
  EXPECT_TRUE(malformed(decode_capability(65, "fdea"_hex)));
  EXPECT_FALSE(malformed(decode_capability(65, "0000fdea"_hex)));
  EXPECT_FALSE(malformed(decode_capability(200, "fdea"_hex)));
}

}  // namespace
}  // namespace bgp::cap
