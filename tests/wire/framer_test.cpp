// Cutting a stream into messages (RFC 4271 4.1, 6.1; RFC 8654).
#include "bgp/wire/framer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "bgp/wire/open.hpp"
#include "support/hex.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

Notification header_error_of(const Bytes& stream, std::size_t max = kMaxMessageSize) {
  Framer framer;
  framer.set_max_message_size(max);
  BytesView in = stream;
  const auto message = framer.next(in);
  if (message.has_value()) {
    ADD_FAILURE() << "no error for " << hex_of(stream);
    return {};
  }
  return message.error();
}

Bytes header(std::uint16_t length, std::uint8_t type) {
  return "ffff..."_hex + Bytes{static_cast<std::uint8_t>(length >> 8), static_cast<std::uint8_t>(length), type};
}

/// Every message of a stream that arrives in pieces of `piece` octets.
std::vector<Bytes> in_pieces(BytesView stream, std::size_t piece, std::size_t max = kMaxMessageSize) {
  Framer framer;
  framer.set_max_message_size(max);
  std::vector<Bytes> messages;
  while (!stream.empty()) {
    const Bytes copy(stream.begin(), stream.begin() + static_cast<std::ptrdiff_t>(std::min(piece, stream.size())));
    stream = stream.subspan(copy.size());
    BytesView in = copy;
    while (!in.empty()) {
      const auto message = framer.next(in);
      if (!message) {
        ADD_FAILURE() << to_string(message.error());
        return messages;
      }
      if (*message) messages.emplace_back((*message)->octets.begin(), (*message)->octets.end());
    }
  }
  return messages;
}

TEST(Framer, Keepalive_IsCutWithoutACopy) {
  Framer framer;
  const Bytes stream = encode_keepalive();
  BytesView in = stream;

  const auto message = framer.next(in);

  ASSERT_TRUE(message.has_value() && message->has_value());
  EXPECT_EQ((*message)->type, MessageType::Keepalive);
  EXPECT_EQ((*message)->octets.data(), stream.data());
  EXPECT_TRUE((*message)->body().empty());
  EXPECT_TRUE(in.empty());
}

TEST(Framer, TwoMessages_ComeOneByOne) {
  Framer framer;
  const Bytes stream = framed(MessageType::Update, "00000000"_hex) + encode_keepalive();
  BytesView in = stream;

  const auto first = framer.next(in);
  ASSERT_TRUE(first.has_value() && first->has_value());
  EXPECT_EQ((*first)->type, MessageType::Update);
  EXPECT_EQ(hex_of((*first)->body()), "00000000");
  const auto second = framer.next(in);
  ASSERT_TRUE(second.has_value() && second->has_value());
  EXPECT_EQ((*second)->type, MessageType::Keepalive);
  const auto third = framer.next(in);
  ASSERT_TRUE(third.has_value());
  EXPECT_FALSE(third->has_value());
}

TEST(Framer, UnfinishedMessage_IsKeptAndCounted) {
  Framer framer;
  const Bytes stream = encode_keepalive();
  BytesView in = BytesView(stream).first(7);

  const auto none = framer.next(in);

  ASSERT_TRUE(none.has_value());
  EXPECT_FALSE(none->has_value());
  EXPECT_TRUE(in.empty());
  EXPECT_EQ(framer.pending(), 7U);
  in = BytesView(stream).subspan(7);
  const auto whole = framer.next(in);
  ASSERT_TRUE(whole.has_value() && whole->has_value());
  EXPECT_EQ((*whole)->octets.size(), 19U);
  EXPECT_EQ(framer.pending(), 0U);
}

TEST(Framer, AnyPieces_GiveTheSameMessages) {
  const std::vector<Bytes> messages{framed(MessageType::Update, Bytes(4077, 0)), encode_keepalive(),
                                    framed(MessageType::Notification, "0600"_hex),
                                    framed(MessageType::RouteRefresh, "00010001"_hex), encode_keepalive()};
  Bytes stream;
  for (const Bytes& message : messages) stream = stream + message;
  for (const std::size_t piece : {1U, 2U, 3U, 18U, 19U, 20U, 23U, 100U, 4095U, 4096U, 4097U, 100000U}) {
    EXPECT_EQ(in_pieces(stream, piece), messages) << piece;
  }
}

// Rules 4271-13 4271-15 4271-16
TEST(Framer, MarkerNotAllOnes_IsConnectionNotSynchronized) {  // RFC 4271 6.1
  for (std::size_t at = 0; at < 16; ++at) {
    Bytes message = encode_keepalive();
    message[at] = 0xfe;
    EXPECT_EQ(header_error_of(message), (Notification{ErrorCode::MessageHeader, 1, {}})) << at;
  }
}

// Rules 4271-02 4271-08 4271-15 4271-17 8654-05
TEST(Framer, LengthOutOfRange_IsBadMessageLengthWithTheField) {  // RFC 4271 6.1
  struct Case {
    std::uint16_t length;
    std::uint8_t type;
  };
  // OPEN below 29, UPDATE below 23, NOTIFICATION below 21, KEEPALIVE other than 19, anything below 19 or above 4,096
  for (const Case c : {Case{0, 2}, Case{18, 4}, Case{28, 1}, Case{22, 2}, Case{20, 3}, Case{20, 4}, Case{18, 5},
                       Case{4097, 2}, Case{4097, 1}, Case{65535, 2}, Case{65535, 4}, Case{18, 77}}) {
    const Bytes data{static_cast<std::uint8_t>(c.length >> 8), static_cast<std::uint8_t>(c.length)};
    EXPECT_EQ(header_error_of(header(c.length, c.type)), (Notification{ErrorCode::MessageHeader, 2, data}))
        << c.length << " type " << int{c.type};
  }
}

// Rules 4271-30
TEST(Framer, RefusedNotification_IsToldApart) {  // RFC 4271 6.4
  struct Case {
    std::uint16_t length;
    std::uint8_t type;
    bool notification;
  };
  for (const Case c : {Case{20, 3, true}, Case{0, 3, true}, Case{4097, 3, true}, Case{20, 4, false},
                       Case{4097, 2, false}, Case{28, 1, false}}) {
    for (const std::size_t piece : {std::size_t{19}, std::size_t{7}}) {
      const Bytes stream = header(c.length, c.type);
      Framer framer;
      EXPECT_FALSE(framer.refused_notification());
      for (BytesView rest = stream; !rest.empty();) {
        BytesView in = rest.first(std::min(piece, rest.size()));
        rest = rest.subspan(in.size());
        EXPECT_EQ(framer.next(in).has_value(), !rest.empty());
      }

      EXPECT_EQ(framer.refused_notification(), c.notification) << c.length << ' ' << int{c.type};
    }
  }
}

// Rules 4271-15 4271-18
TEST(Framer, UnknownType_IsBadMessageTypeWithTheType) {  // RFC 4271 6.1
  for (const int number : {0, 6, 7, 128, 255}) {
    const auto type = static_cast<std::uint8_t>(number);
    EXPECT_EQ(header_error_of(header(19, type)), (Notification{ErrorCode::MessageHeader, 3, {type}}));
  }
}

TEST(Framer, Header_IsJudgedBeforeTheBodyComes) {
  Framer framer;
  const Bytes bad = header(5000, 2);
  BytesView in = BytesView(bad).first(18);
  ASSERT_TRUE(framer.next(in).has_value());
  in = BytesView(bad).subspan(18);

  const auto message = framer.next(in);

  ASSERT_FALSE(message.has_value());
  EXPECT_EQ(message.error(), (Notification{ErrorCode::MessageHeader, 2, {0x13, 0x88}}));
}

// Rules 8654-02
TEST(Framer, ExtendedMessages_AreTakenOnceAllowed) {  // RFC 8654 4
  for (const MessageType type : {MessageType::Update, MessageType::Notification, MessageType::RouteRefresh}) {
    const Bytes stream = framed(type, Bytes(65535 - 19, 0));
    for (const std::size_t piece : {1000U, 65535U}) {
      EXPECT_EQ(in_pieces(stream, piece, kMaxExtendedMessageSize), std::vector<Bytes>{stream});
    }
  }
}

// Rules 8654-03
TEST(Framer, ExtendedOpenAndKeepalive_StayForbidden) {  // RFC 8654 4
  EXPECT_EQ(header_error_of(header(4097, 1), kMaxExtendedMessageSize),
            (Notification{ErrorCode::MessageHeader, 2, {0x10, 0x01}}));
  EXPECT_EQ(header_error_of(header(4097, 4), kMaxExtendedMessageSize),
            (Notification{ErrorCode::MessageHeader, 2, {0x10, 0x01}}));
}

TEST(Framer, LimitRaisedBetweenMessages_HoldsForTheNext) {  // RFC 8654 4: once the OPENs are through
  Framer framer;
  const Bytes stream = encode_keepalive() + framed(MessageType::Update, Bytes(5000, 0));
  BytesView in = stream;
  ASSERT_TRUE(framer.next(in).has_value());

  framer.set_max_message_size(kMaxExtendedMessageSize);
  const auto message = framer.next(in);

  ASSERT_TRUE(message.has_value() && message->has_value());
  EXPECT_EQ((*message)->octets.size(), 5019U);
}

}  // namespace
}  // namespace bgp
