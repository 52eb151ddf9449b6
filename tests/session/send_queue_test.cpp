// The two lanes of what a connection is about to send.
#include "bgp/session/send_queue.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "bgp/wire/open.hpp"
#include "support/hex.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

const Bytes kUpdate = framed(MessageType::Update, "0000 0000"_hex);
const Bytes kLongUpdate = framed(MessageType::Update, "0000 0006 40010100 0000"_hex);
const Bytes kRefresh = framed(MessageType::RouteRefresh, "0001 00 01"_hex);
const Bytes kNotification = framed(MessageType::Notification, "06 02"_hex);

SharedOctets shared(Bytes octets) { return std::make_shared<const Bytes>(std::move(octets)); }

Bytes gathered(const SendQueue& queue) {
  std::array<BytesView, 64> buffers;
  Bytes octets;
  const std::size_t used = queue.gather(buffers);
  for (std::size_t i = 0; i < used; ++i) octets.insert(octets.end(), buffers[i].begin(), buffers[i].end());
  return octets;
}

std::vector<MessageType> send(SendQueue& queue, std::size_t octets) {
  std::vector<MessageType> completed;
  queue.sent(octets, [&](MessageType type) { completed.push_back(type); });
  return completed;
}

/// What the peer has got when everything is sent, `portion` octets at a time.
Bytes drained(SendQueue& queue, std::size_t portion, std::vector<MessageType>& completed) {
  Bytes stream;
  while (!queue.empty()) {
    const Bytes next = gathered(queue);
    const std::size_t taken = std::min(portion, next.size());
    stream.insert(stream.end(), next.begin(), next.begin() + static_cast<std::ptrdiff_t>(taken));
    queue.sent(taken, [&](MessageType type) { completed.push_back(type); });
  }
  return stream;
}

TEST(SendQueue, Empty_GivesNothing) {
  SendQueue queue(100);

  EXPECT_TRUE(queue.empty());
  EXPECT_TRUE(queue.has_room());
  EXPECT_FALSE(queue.mid_message());
  EXPECT_EQ(queue.size(), 0U);
  EXPECT_EQ(gathered(queue), Bytes{});
}

TEST(SendQueue, Control_PassesWaitingUpdates) {
  SendQueue queue(1000);
  queue.push_data(shared(kUpdate));
  queue.push_control(encode_keepalive());

  EXPECT_EQ(gathered(queue), encode_keepalive() + kUpdate);
  EXPECT_EQ(queue.size(), 19U + 23U);
}

TEST(SendQueue, EachLane_KeepsItsOrder) {
  SendQueue queue(1000);
  queue.push_data(shared(kUpdate));
  queue.push_control(kRefresh);
  queue.push_data(shared(kLongUpdate));
  queue.push_control(encode_keepalive());

  std::vector<MessageType> completed;
  EXPECT_EQ(drained(queue, 1000, completed), kRefresh + encode_keepalive() + kUpdate + kLongUpdate);
  EXPECT_EQ(completed,
            (std::vector{MessageType::RouteRefresh, MessageType::Keepalive, MessageType::Update, MessageType::Update}));
}

TEST(SendQueue, AnyPortion_GivesTheSameStreamAndTheSameCompletions) {
  for (std::size_t portion = 1; portion <= 90; ++portion) {
    SendQueue queue(1000);
    queue.push_control(kRefresh);
    queue.push_data(shared(kUpdate + kLongUpdate));
    queue.push_data(shared(kUpdate));

    std::vector<MessageType> completed;
    ASSERT_EQ(drained(queue, portion, completed), kRefresh + kUpdate + kLongUpdate + kUpdate) << portion;
    ASSERT_EQ(completed,
              (std::vector{MessageType::RouteRefresh, MessageType::Update, MessageType::Update, MessageType::Update}));
    ASSERT_EQ(queue.size(), 0U);
  }
}

// RFC 4271 4.4 and 6.5: a backlog is no excuse for a late KEEPALIVE, and no reason to cut an UPDATE in two
TEST(SendQueue, AKeepalive_PassesTheUpdatesAtTheNextBorder_WhereverTheSocketStopped) {
  const Bytes backlog = kUpdate + kLongUpdate + kUpdate;
  for (std::size_t written = 0; written <= backlog.size(); ++written) {
    SendQueue queue(1000);
    queue.push_data(shared(backlog));
    std::vector<MessageType> completed = send(queue, written);
    Bytes stream(backlog.begin(), backlog.begin() + static_cast<std::ptrdiff_t>(written));

    queue.push_control(encode_keepalive());

    const std::size_t first = kUpdate.size();
    const std::size_t second = first + kLongUpdate.size();
    const std::size_t border = written == 0        ? 0
                               : written <= first  ? first
                               : written <= second ? second
                                                   : backlog.size();
    Bytes expected = backlog;
    const Bytes keepalive = encode_keepalive();
    expected.insert(expected.begin() + static_cast<std::ptrdiff_t>(border), keepalive.begin(), keepalive.end());
    EXPECT_EQ(queue.mid_message(), written != border);
    stream = stream + drained(queue, 7, completed);
    ASSERT_EQ(stream, expected) << "after " << written << " octets";
    ASSERT_EQ(completed.size(), 4U);
  }
}

TEST(SendQueue, NothingPassesAHalfWrittenControlMessage) {
  SendQueue queue(1000);
  queue.push_control(kRefresh);
  (void)send(queue, 5);
  queue.push_control(encode_keepalive());
  queue.push_data(shared(kUpdate));

  EXPECT_TRUE(queue.mid_message());
  EXPECT_EQ(gathered(queue), Bytes(kRefresh.begin() + 5, kRefresh.end()) + encode_keepalive() + kUpdate);
}

TEST(SendQueue, ASecondWaitingKeepalive_IsDropped) {
  SendQueue queue(1000);
  queue.push_control(encode_keepalive());
  queue.push_control(kRefresh);
  queue.push_control(encode_keepalive());

  EXPECT_EQ(gathered(queue), encode_keepalive() + kRefresh);

  (void)send(queue, queue.size());
  queue.push_control(encode_keepalive());
  EXPECT_EQ(gathered(queue), encode_keepalive());
}

TEST(SendQueue, OtherControlMessages_AreNeverDropped) {
  SendQueue queue(1000);
  queue.push_control(kRefresh);
  queue.push_control(kRefresh);

  EXPECT_EQ(gathered(queue), kRefresh + kRefresh);
}

TEST(SendQueue, Room_IsMeasuredOnTheDataLaneAlone) {
  SendQueue queue(40);
  queue.push_control(kRefresh);
  queue.push_control(encode_keepalive());
  EXPECT_TRUE(queue.has_room());

  queue.push_data(shared(kUpdate));
  EXPECT_TRUE(queue.has_room());
  queue.push_data(shared(kUpdate));
  EXPECT_FALSE(queue.has_room());

  (void)send(queue, kRefresh.size() + 19 + 6);
  EXPECT_FALSE(queue.has_room());  // 40 octets wait
  (void)send(queue, 1);
  EXPECT_TRUE(queue.has_room());
}

TEST(SendQueue, NoMessages_TakeNoPlace) {
  SendQueue queue(1000);
  queue.push_data(shared({}));

  EXPECT_TRUE(queue.empty());
}

TEST(SendQueue, FewBuffers_AreFilledInOrder) {
  SendQueue queue(1000);
  queue.push_control(kRefresh);
  queue.push_data(shared(kUpdate));
  queue.push_data(shared(kLongUpdate));
  std::array<BytesView, 2> buffers;

  ASSERT_EQ(queue.gather(buffers), 2U);
  EXPECT_TRUE(std::ranges::equal(buffers[0], kRefresh));
  EXPECT_TRUE(std::ranges::equal(buffers[1], kUpdate));
  EXPECT_EQ(queue.gather({}), 0U);
}

TEST(SendQueue, SharedOctets_AreNotCopied) {
  SendQueue one(1000);
  SendQueue two(1000);
  const SharedOctets octets = shared(kUpdate);
  one.push_data(octets);
  two.push_data(octets);
  std::array<BytesView, 1> first;
  std::array<BytesView, 1> second;

  ASSERT_EQ(one.gather(first) + two.gather(second), 2U);
  EXPECT_EQ(first[0].data(), octets->data());
  EXPECT_EQ(second[0].data(), octets->data());
}

TEST(SendQueue, Sent_CountsWholeMessagesOnly) {
  SendQueue queue(1000);
  queue.push_data(shared(kUpdate));

  EXPECT_EQ(send(queue, kUpdate.size() - 1), std::vector<MessageType>{});
  EXPECT_EQ(send(queue, 1), std::vector{MessageType::Update});
  EXPECT_TRUE(queue.empty());
}

// RFC 4271 4.5, 6: the NOTIFICATION is the last message, and nothing may stand inside another
TEST(SendQueue, Farewell_IsTheRestOfAMessage_TheControlLane_AndTheNotification) {
  const Bytes backlog = kLongUpdate + kUpdate;
  for (std::size_t written = 0; written <= backlog.size(); ++written) {
    SendQueue queue(1000);
    queue.push_data(shared(backlog));
    (void)send(queue, written);
    queue.push_control(encode_keepalive());
    const std::size_t border = written == 0 ? 0 : written <= kLongUpdate.size() ? kLongUpdate.size() : backlog.size();
    const Bytes rest(backlog.begin() + static_cast<std::ptrdiff_t>(written),
                     backlog.begin() + static_cast<std::ptrdiff_t>(border));

    EXPECT_EQ(queue.farewell(kNotification), rest + encode_keepalive() + kNotification) << written;

    EXPECT_TRUE(queue.empty());
    EXPECT_FALSE(queue.mid_message());
    EXPECT_EQ(queue.size(), 0U);
  }
}

TEST(SendQueue, Farewell_FinishesAHalfWrittenControlMessage) {
  SendQueue queue(1000);
  queue.push_control(kRefresh);
  queue.push_control(encode_keepalive());
  queue.push_data(shared(kUpdate));
  (void)send(queue, 3);

  EXPECT_EQ(queue.farewell(kNotification),
            Bytes(kRefresh.begin() + 3, kRefresh.end()) + encode_keepalive() + kNotification);
}

TEST(SendQueue, Clear_ForgetsAHalfWrittenMessageToo) {
  SendQueue queue(1000);
  queue.push_data(shared(kUpdate));
  (void)send(queue, 3);

  queue.clear();
  queue.push_control(encode_keepalive());

  EXPECT_EQ(gathered(queue), encode_keepalive());
  EXPECT_EQ(send(queue, 19), std::vector{MessageType::Keepalive});
}

}  // namespace
}  // namespace bgp
