#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "bgp/testing/hex.hpp"
#include "bgp/testing/replay.hpp"
#include "bgp/wire/notification.hpp"
#include "bgp/wire/route_refresh.hpp"
#include "support/data.hpp"
#include "support/printers.hpp"
#include "tools/bgpcap/capture_decode.hpp"
#include "tools/bgpcap/explain.hpp"

namespace bgp::test {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<fs::path> captures() {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(tree_file("pcaps"))) {
    if (entry.path().extension().string().starts_with(".pcap")) found.push_back(entry.path());
  }
  std::ranges::sort(found);
  return found;
}

Capture opened(const fs::path& path) {
  auto capture = Capture::open(path.string());
  if (!capture) throw std::runtime_error(capture.error());
  if (!capture->problem().empty()) throw std::runtime_error(capture->problem());
  return std::move(*capture);
}

// Which of a connection's ends has that address.
std::optional<std::uint8_t> side_of(const CapturedConnection& connection, const IpAddress& address) {
  if (connection.ends[0].address == address) return std::uint8_t{0};
  if (connection.ends[1].address == address) return std::uint8_t{1};
  return std::nullopt;
}

// Our bgpd in the interop tests' lab.
std::optional<IpAddress> our_address(const Capture& capture) {
  for (const char* text : {"10.99.0.1", "2001:db8:99::1"}) {
    const IpAddress address = *IpAddress::parse(text);
    for (const CapturedConnection& connection : capture.connections()) {
      if (side_of(connection, address)) return address;
    }
  }
  return std::nullopt;
}

TEST(Pcaps, EachFile_IsSmallAndHasItsExpectedFileAndItsRow) {
  const std::string readme = text_of(tree_file("pcaps/README.md"));
  const auto files = captures();

  ASSERT_GE(files.size(), 5U);
  for (const fs::path& path : files) {
    EXPECT_LT(fs::file_size(path), 100'000U) << path;
    for (const char* beside : {".expected", ".story"}) {
      EXPECT_TRUE(fs::exists(fs::path(path).replace_extension(beside))) << path << ' ' << beside;
    }
    EXPECT_NE(readme.find("`" + path.filename().string() + "`"), std::string::npos) << path;
  }
}

TEST(Pcaps, EachFile_IsDecodedAsExpected) {
  for (const fs::path& path : captures()) {
    SCOPED_TRACE(path);
    std::ostringstream out;

    const bool good = cap::decode_capture(opened(path), {}, {}, out);

    EXPECT_TRUE(good);
    EXPECT_EQ(out.str(), text_of(fs::path(path).replace_extension(".expected")));
  }
}

TEST(Pcaps, EachFile_HasItsStory) {
  for (const fs::path& path : captures()) {
    SCOPED_TRACE(path);
    std::ostringstream out;

    cap::print_explanations(opened(path), {}, out);

    EXPECT_EQ(out.str(), text_of(fs::path(path).replace_extension(".story")));
  }
}

// What an UPDATE does, a line for each prefix and for an End-of-RIB.
std::vector<std::string> effect_of(const UpdateView& update) {
  std::vector<std::string> effect;
  for (const UnreachableGroup& group : update.unreachable()) {
    for (const Nlri& nlri : group.nlri) effect.push_back("unreachable " + to_string(nlri));
  }
  for (const ReachableGroup& group : update.reachable()) {
    const std::string attributes = to_string(update.path_attributes(group));
    for (const Nlri& nlri : group.nlri) effect.push_back("reachable " + to_string(nlri) + " " + attributes);
  }
  if (const auto family = update.end_of_rib()) effect.push_back("end-of-rib " + to_string(*family));
  return effect;
}

// An UPDATE is written in our order and without what is not needed, so its effect is compared.
Bytes encoded_again(const UpdateView& update, std::size_t max_message_size) {
  const DecodeContext& read = update.context();
  EncodeContext context;
  context.four_octet_as = read.four_octet_as;
  context.internal = read.internal;
  context.add_path = read.add_path;
  context.max_message_size = max_message_size;
  Bytes octets;
  Writer out(octets);
  for (const UnreachableGroup& group : update.unreachable()) {
    const std::vector<Nlri> nlri(group.nlri.begin(), group.nlri.end());
    EXPECT_EQ(encode_unreach(out, context, group.family, nlri), nlri.size());
  }
  for (const ReachableGroup& group : update.reachable()) {
    const std::vector<Nlri> nlri(group.nlri.begin(), group.nlri.end());
    EXPECT_EQ(encode_reach(out, context, group.family, update.path_attributes(group), nlri), nlri.size());
  }
  if (const auto family = update.end_of_rib()) encode_end_of_rib(out, *family);
  return octets;
}

std::vector<std::string> effects_of(BytesView messages, const DecodeContext& context) {
  std::vector<std::string> effects;
  Framer framer;
  framer.set_max_message_size(kMaxExtendedMessageSize);
  while (true) {
    const auto message = framer.next(messages);
    if (!message.has_value() || !*message) return effects;
    const auto update = decode_update((*message)->body(), context);
    if (!update.has_value()) return {to_string(update.error())};
    for (std::string& line : effect_of(*update)) effects.push_back(std::move(line));
  }
}

void expect_round_trip(const RawMessage& message, const CapturedTerms& terms) {
  const Bytes octets(message.octets.begin(), message.octets.end());
  switch (message.type) {
    case MessageType::Open: {
      const auto open = decode_open(message.body());
      ASSERT_TRUE(open.has_value());
      EXPECT_EQ(decode_open(BytesView(encode_open(*open)).subspan(kHeaderSize)), open);
      break;
    }
    case MessageType::Update: {
      const auto update = decode_update(message.body(), terms.context);
      ASSERT_TRUE(update.has_value());
      EXPECT_EQ(update->error_count(), 0U);
      const std::size_t size = terms.extended_message ? kMaxExtendedMessageSize : kMaxMessageSize;
      EXPECT_EQ(effects_of(encoded_again(*update, size), terms.context), effect_of(*update));
      break;
    }
    case MessageType::Notification: EXPECT_EQ(encode_notification(decode_notification(message.body())), octets); break;
    case MessageType::Keepalive: EXPECT_EQ(encode_keepalive(), octets); break;
    case MessageType::RouteRefresh: {
      const auto refresh = decode_route_refresh(message.octets, terms.enhanced_refresh);
      ASSERT_TRUE(refresh.has_value());
      EXPECT_EQ(encode_route_refresh(*refresh), octets);
      break;
    }
  }
}

TEST(Pcaps, EachMessage_SaysTheSameWhenItIsWrittenAgain) {
  for (const fs::path& path : captures()) {
    const Capture capture = opened(path);
    for (const CapturedItem& item : capture.items()) {
      SCOPED_TRACE(path.filename().string() + " #" + std::to_string(item.frame));
      if (item.is_message()) expect_round_trip(item.message(), capture.terms_of(item));
    }
  }
}

// What the other side's UPDATEs say, on the connection that became the session.
std::vector<std::string> said_to(const Capture& capture, const IpAddress& address) {
  std::vector<std::string> said;
  for (const CapturedItem& item : capture.items()) {
    if (!item.is_message() || item.type != MessageType::Update) continue;
    if (side_of(capture.connection_of(item), address) == item.side) continue;
    const auto update = decode_update(item.message().body(), capture.terms_of(item).context);
    for (std::string& line : effect_of(*update)) said.push_back(std::move(line));
  }
  return said;
}

// A session carries UPDATEs both ways, End-of-RIB at least.
bool has_session(const CapturedConnection& connection, const Capture& capture) {
  std::array<bool, 2> talks{};
  for (const CapturedItem& item : capture.items()) {
    if (&capture.connection_of(item) == &connection && item.is_message() && item.type == MessageType::Update) {
      talks.at(item.side) = true;
    }
  }
  return talks[0] && talks[1];
}

// OPEN and NOTIFICATION, octet by octet.
std::vector<std::string> decisions_of(const std::vector<ReplayedMessage>& messages) {
  std::vector<std::string> found;
  for (const ReplayedMessage& one : messages) {
    if (one.type == MessageType::Open || one.type == MessageType::Notification) found.push_back(hex_of(one.octets));
  }
  return found;
}

struct Listener : PeerHandler {
  void on_established(Session&, const SessionUp&) override { ++ups; }
  void on_down(Session&, const SessionDown&) override { ++downs; }
  void on_update(Session&, const UpdateView& update) override {
    for (std::string& line : effect_of(update)) heard.push_back(std::move(line));
  }

  std::vector<std::string> heard;  // the effects of the UPDATEs
  int ups = 0;
  int downs = 0;
};

IpAddress peer_of(const Capture& capture, const IpAddress& address) {
  for (const CapturedConnection& connection : capture.connections()) {
    if (const auto side = side_of(connection, address)) return connection.ends.at(1U - *side).address;
  }
  return {};
}

TEST(Pcaps, OurSideInARealSession_DecidesAsItDidAndHearsAllRoutes) {
  std::size_t replayed = 0;
  for (const fs::path& path : captures()) {
    SCOPED_TRACE(path);
    const Capture capture = opened(path);
    const auto ours = our_address(capture);
    if (!ours) continue;
    ++replayed;
    Listener listener;

    const auto replay = replay_together(capture, *ours, peer_of(capture, *ours), &listener);

    ASSERT_TRUE(replay) << replay.error();
    EXPECT_EQ(decisions_of(replay->ours), decisions_of(replay->theirs));
    EXPECT_EQ(replay->differences, std::vector<std::string>{});
    EXPECT_EQ(listener.heard, said_to(capture, *ours));
    const auto sessions = std::ranges::count_if(
        capture.connections(), [&](const CapturedConnection& each) { return has_session(each, capture); });
    EXPECT_EQ(listener.ups, sessions);
    EXPECT_EQ(listener.downs, sessions);
  }
  EXPECT_GE(replayed, 5U);
}

}  // namespace
}  // namespace bgp::test
