#include "tools/bgpcap/story.hpp"

#include <algorithm>
#include <unordered_set>

#include "bgp/session/compare_opens.hpp"
#include "bgp/wire/attribute_view.hpp"
#include "bgp/wire/notification.hpp"

namespace bgp::cap {
namespace {

using test::Capture;
using test::CapturedItem;
using Kind = CapturedItem::Kind;

/// Where an attribute begins in a whole UPDATE.
std::optional<std::size_t> offset_of(BytesView message, AttributeCode code) {
  Reader reader(message.subspan(kHeaderSize));
  reader.bytes(reader.u16());
  Reader attributes = reader.sub(reader.u16());
  std::size_t at = message.size() - reader.remaining() - attributes.remaining();
  while (attributes.remaining() >= 3) {
    const std::size_t before = attributes.remaining();
    const std::uint8_t flags = attributes.u8();
    if (attributes.u8() == static_cast<std::uint8_t>(code)) return at;
    const bool extended = (flags & attribute_flags::kExtendedLength) != 0;
    attributes.bytes(extended ? attributes.u16() : attributes.u8());
    if (!attributes.ok()) break;
    at += before - attributes.remaining();
  }
  return std::nullopt;
}

class Teller {
 public:
  explicit Teller(const Capture& capture) : capture_(capture), stories_(capture.connections().size()) {
    routes_.resize(stories_.size());
    for (std::size_t i = 0; i < stories_.size(); ++i) {
      stories_[i].index = i;
      const auto& sides = capture.connections()[i].sides;
      for (const std::size_t side : {0U, 1U}) stories_[i].sides[side].missing = sides[side].missing;
      if (!sides[0].open || !sides[1].open) continue;
      const NegotiationReport report = compare_opens(*sides[0].open, *sides[1].open);
      stories_[i].hold_time = report.first.hold_time;
    }
  }

  std::vector<Story> tell() {
    for (const CapturedItem& item : capture_.items()) add(item);
    for (Story& story : stories_) {
      for (const std::size_t side : {0U, 1U}) {
        story.sides[side].prefixes = routes_[story.index][side].size();
        if (story.up) silence(story.sides[side], story.notification ? story.notification->at : story.last);
      }
    }
    return std::move(stories_);
  }

 private:
  void add(const CapturedItem& item) {
    Story& story = stories_[item.connection];
    StorySide& side = story.sides[item.side];
    const Moment now{item.frame, item.time};
    if (!story.first) story.first = now;
    story.last = now;
    switch (item.kind) {
      case Kind::Message: message(story, side, item, now); break;
      case Kind::HeaderError:
        if (!story.malformed) story.malformed = {now, item.side, item.octets, "its header is wrong", std::nullopt};
        break;
      case Kind::Syn:
      case Kind::SynAck:
        if (!side.syn) side.syn = now;
        ++side.syns;
        side.answered = side.answered || item.kind == Kind::SynAck;
        break;
      case Kind::Fin:
        if (!side.fin) side.fin = now;
        break;
      case Kind::Reset:
        if (!side.reset) side.reset = now;
        break;
      case Kind::ZeroWindow: side.zero_window = now; break;
      case Kind::WindowOpen: side.zero_window = {}; break;
      case Kind::Retransmission: side.retransmissions.push_back(now); break;
      default: break;
    }
  }

  static void silence(StorySide& side, const Moment& now) {
    if (!side.last_message) return;
    const Time passed = now.time - side.last_message.time;
    if (passed <= side.longest_silence) return;
    side.longest_silence = passed;
    side.after_silence = now;
  }

  void message(Story& story, StorySide& side, const CapturedItem& item, const Moment& now) {
    ++side.messages[std::min<std::size_t>(static_cast<std::size_t>(item.type), 5)];
    const bool was_over = story.notification.has_value();  // what is said behind it is said to nobody
    const bool was_up = story.up && !was_over;
    switch (item.type) {
      case MessageType::Open:
        if (!side.open) side.open = now;
        if (const auto open = decode_open(item.message().body()); !open)
          wrong(story, item, now, to_string(open.error()));
        break;
      case MessageType::Keepalive:
        if (!side.first_keepalive) side.first_keepalive = now;
        if (!story.up && both(story, &StorySide::open) && both(story, &StorySide::first_keepalive)) story.up = now;
        break;
      case MessageType::Notification:
        if (!story.notification) {
          story.notification = {now, item.side, decode_notification(item.message().body())};
        }
        break;
      case MessageType::Update: update(story, item, now); break;
      case MessageType::RouteRefresh:
        if (auto refresh = decode_route_refresh(item.octets, capture_.terms_of(item).enhanced_refresh))
          story.refreshes.push_back({now, item.side, std::move(*refresh)});
        break;
    }
    side.longest = std::max(side.longest, item.octets.size());
    if (was_up) silence(side, now);
    if (!was_over) side.last_message = now;
  }

  static bool both(const Story& story, Moment StorySide::* moment) {
    return (story.sides[0].*moment) && (story.sides[1].*moment);
  }

  static void wrong(Story& story, const CapturedItem& item, const Moment& now, std::string reason) {
    if (!story.malformed) story.malformed = {now, item.side, item.octets, std::move(reason), std::nullopt};
  }

  void update(Story& story, const CapturedItem& item, const Moment& now) {
    const DecodeContext& context = capture_.terms_of(item).context;
    const auto update = decode_update(item.message().body(), context);
    if (!update) {
      wrong(story, item, now, to_string(update.error()));
      const auto errors = all_errors(item.message().body(), context);
      if (story.malformed->at.frame != now.frame || errors.empty()) return;
      story.malformed->reason = to_string(errors.back());
      story.malformed->offset = offset_of(item.octets, errors.back().attribute);
      return;
    }
    auto& routes = routes_[item.connection][item.side];
    for (const auto& group : update->unreachable()) {
      for (const Nlri& one : group.nlri) routes.erase(one);
    }
    for (const auto& group : update->reachable()) {
      for (const Nlri& one : group.nlri) routes.insert(one);
    }
  }

  const Capture& capture_;
  std::vector<Story> stories_;
  std::vector<std::array<std::unordered_set<Nlri>, 2>> routes_;
};

}  // namespace

std::vector<Story> stories_of(const Capture& capture) { return Teller(capture).tell(); }

std::string name_of(const test::CapturedConnection& connection, std::size_t side) {
  return to_string(connection.ends[side].address);
}

}  // namespace bgp::cap
