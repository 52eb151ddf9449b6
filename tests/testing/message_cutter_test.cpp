#include "message_cutter.hpp"

#include <gtest/gtest.h>

#include <string>

#include "bgp/testing/hex.hpp"

namespace bgp::test {
namespace {

const Bytes kKeepalive = framed(MessageType::Keepalive, {});
const Bytes kUpdate = framed(MessageType::Update, "0000 0000"_hex);

/// "K", "U" for messages, "?3" for skipped octets, "!3" for those of a wrong header.
std::string cut(MessageCutter& cutter, BytesView octets) {
  std::string text;
  cutter.add(octets);
  while (const auto found = cutter.next()) {
    if (const auto* skipped = std::get_if<MessageCutter::Skipped>(&*found)) {
      text += (skipped->error ? '!' : '?') + std::to_string(skipped->octets.size());
    } else {
      text += std::get<RawMessage>(*found).type == MessageType::Keepalive ? 'K' : 'U';
    }
  }
  return text;
}

TEST(MessageCutter, Messages_AreCutWhereverTheOctetsAreDivided) {
  const Bytes octets = kKeepalive + kUpdate + kKeepalive;
  for (std::size_t at = 0; at <= octets.size(); ++at) {
    MessageCutter cutter(true);
    std::string text = cut(cutter, BytesView(octets).first(at));
    text += cut(cutter, BytesView(octets).subspan(at));
    EXPECT_EQ(text, "KUK") << at;
    EXPECT_TRUE(cutter.pending().empty());
  }
}

TEST(MessageCutter, CaptureFromTheMiddle_FindsTheNextMarker) {
  MessageCutter cutter;

  EXPECT_EQ(cut(cutter, "010203"_hex + kKeepalive + kUpdate), "?3KU");
}

TEST(MessageCutter, MarkerOverTwoPieces_IsFound) {
  const Bytes octets = "0a0b0c0d0e"_hex + kKeepalive;
  for (std::size_t at = 0; at <= octets.size(); ++at) {
    MessageCutter cutter;
    std::string text = cut(cutter, BytesView(octets).first(at));
    text += cut(cutter, BytesView(octets).subspan(at));
    EXPECT_EQ(text.back(), 'K') << at;
  }
}

TEST(MessageCutter, WrongHeader_IsSaidWithItsNotificationAndPassedOver) {
  MessageCutter cutter(true);
  const Bytes wrong = framed(static_cast<MessageType>(9), "0102"_hex);

  const Bytes octets = wrong + kKeepalive;
  cutter.add(octets);
  const auto found = cutter.next();

  ASSERT_TRUE(found && std::holds_alternative<MessageCutter::Skipped>(*found));
  EXPECT_EQ(std::get<MessageCutter::Skipped>(*found).error, (Notification{ErrorCode::MessageHeader, 3, "09"_hex}));
  EXPECT_EQ(std::get<MessageCutter::Skipped>(*found).octets.size(), wrong.size());
}

TEST(MessageCutter, HeaderIsJudged_BeforeTheRestIsHere) {
  MessageCutter cutter(true);
  cutter.set_max_message_size(kMaxMessageSize);

  EXPECT_EQ(cut(cutter, "ffff... 1001 02"_hex).front(), '!');
}

TEST(MessageCutter, Lose_DropsTheUnfinishedMessageAndSearches) {
  MessageCutter cutter(true);
  EXPECT_EQ(cut(cutter, BytesView(kUpdate).first(20)), "");

  EXPECT_EQ(cutter.lose(), 20U);

  EXPECT_EQ(cut(cutter, "0000"_hex + kKeepalive), "?2K");
}

TEST(MessageCutter, LongMessageInManyPieces_IsWhole) {
  const Bytes octets = framed(MessageType::Update, Bytes(60000, 1));
  MessageCutter cutter(true);
  std::string text;
  for (std::size_t at = 0; at < octets.size(); at += 1000) {
    text += cut(cutter, BytesView(octets).subspan(at, std::min<std::size_t>(1000, octets.size() - at)));
  }
  EXPECT_EQ(text, "U");
}

}  // namespace
}  // namespace bgp::test
