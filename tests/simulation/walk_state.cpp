#include "simulation/walk_state.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace bgp::test {

namespace {

constexpr std::size_t other(std::size_t side) { return 1 - side; }

void violate(Product::Next& next, std::string what) {
  if (next.violation.empty()) next.violation = std::move(what);
}

Channel* find(WalkState& state, std::size_t side, SmallId id) {
  const auto found = std::ranges::find_if(
      state.channels, [=](const Channel& c) { return c.used != 0 && c.is(side, Channel::Lives) && c.id[side] == id; });
  return found == state.channels.end() ? nullptr : &*found;
}

/// Forgets connections that are over at both ends; the others keep their order.
void tidy(WalkState& state) {
  std::array<Channel, kConnections> kept{};
  std::size_t count = 0;
  for (const Channel& channel : state.channels) {
    const bool lives = channel.is(0, Channel::Lives) || channel.is(1, Channel::Lives);
    if (channel.used != 0 && (lives || channel.arrived == 0)) kept[count++] = channel;
  }
  state.channels = kept;
}

}  // namespace

void Line::push(Input input) {
  unsigned place = 0;
  Input last = Input::None;
  for (; place < 32 && ((bits_ >> place) & 15U) != 0; place += 4) last = static_cast<Input>((bits_ >> place) & 15U);
  if (place == 32) throw std::logic_error("more than eight messages in flight");
  if (input == Input::Keepalive && last == Input::Keepalive) return;
  bits_ |= static_cast<std::uint32_t>(input) << place;
}

void Channel::end_life(std::size_t side) {
  end[side] = 0;
  id[side] = 0;
  line[side].clear();
  held[side].clear();
}

bool WalkState::quiet() const {
  return std::ranges::all_of(channels, [](const Channel& channel) {
    return channel.used == 0 || (channel.arrived != 0 && channel.line[0].empty() && channel.line[1].empty());
  });
}

Product::Product(const World& world)
    : world_(world),
      speakers_{Speakers(world.configs[0], world.configs[1]), Speakers(world.configs[1], world.configs[0])} {}

WalkState Product::start() {
  Next next;
  next.state.timers = static_cast<std::uint8_t>(world_.timers);
  next.state.losses = static_cast<std::uint8_t>(world_.losses);
  for (std::size_t side = 0; side < 2; ++side) carry_out(next, side, speakers_[side].start());
  return next.state;
}

void Product::choices(const WalkState& state, std::vector<Choice>& choices) const {
  using Kind = Choice::Kind;
  choices.clear();
  for (std::uint8_t i = 0; i < kConnections; ++i) {
    const Channel& channel = state.channels[i];
    if (channel.used == 0) continue;
    if (channel.arrived == 0) {
      choices.push_back({Kind::Arrive, i});
      if (!channel.is(channel.dialer, Channel::Lives)) {
        choices.push_back({Kind::Vanish, i});
      } else if (state.losses > 0) {
        choices.push_back({Kind::Refuse, i});
      }
    }
    for (std::uint8_t side = 0; side < 2; ++side) {
      if (!channel.line[side].empty()) choices.push_back({Kind::Deliver, i, side});
    }
    const bool whole = channel.is(0, Channel::Lives) && channel.is(1, Channel::Lives);
    if (state.losses > 0 && channel.arrived != 0 && whole) choices.push_back({Kind::Break, i});
  }
  if (state.timers == 0) return;
  for (std::uint8_t side = 0; side < 2; ++side) {
    if (speakers_[side].until_timer(state.speaker[side])) choices.push_back({Kind::Timer, 0, side});
    if (speakers_[side].minds_a_second(state.speaker[side])) choices.push_back({Kind::Wait, 0, side});
  }
}

Product::Next Product::after(const WalkState& state, const Choice& choice) {
  Next next = act(state, choice);
  if (!next.beyond) check(next);
  return next;
}

Product::Next Product::act(const WalkState& state, const Choice& choice) {
  Next next{state, false, {}};
  Channel& channel = next.state.channels[choice.channel];
  switch (choice.kind) {
    case Choice::Kind::Arrive: {
      const std::size_t side = other(channel.dialer);
      const Step& step = speakers_[side].take(state.speaker[side], Input::Accepted, 0);
      channel.arrived = 1;
      channel.id[side] = step.accepted;
      channel.mark(side, Channel::Lives);
      if (channel.is(channel.dialer, Channel::Lives)) {
        channel.line[channel.dialer].push(Input::Acked);
      } else {
        channel.line[side].push(Input::Fails);
      }
      carry_out(next, side, step);
      break;
    }
    case Choice::Kind::Vanish: channel.used = 0; break;
    case Choice::Kind::Refuse:
      --next.state.losses;
      channel.arrived = 1;
      channel.line[channel.dialer].push(Input::Fails);
      break;
    case Choice::Kind::Deliver: {
      const Input input = channel.line[choice.side].front();
      channel.line[choice.side].pop();
      deliver(next, choice.channel, choice.side, input);
      break;
    }
    case Choice::Kind::Break:
      --next.state.losses;
      for (Line& line : channel.line) {
        line.clear();
        line.push(Input::Fails);
      }
      break;
    case Choice::Kind::Timer:
    case Choice::Kind::Wait: {
      --next.state.timers;
      const Input input = choice.kind == Choice::Kind::Timer ? Input::Timer : Input::Wait;
      carry_out(next, choice.side, speakers_[choice.side].take(state.speaker[choice.side], input, 0));
      break;
    }
  }
  tidy(next.state);
  return next;
}

// As the engine of a Session does it: what waits behind a held OPEN is put aside, but for a NOTIFICATION.
void Product::deliver(Next& next, std::size_t place, std::size_t side, Input input) {
  Channel& channel = next.state.channels[place];
  const SmallId id = channel.id[side];
  const std::uint32_t speaker = next.state.speaker[side];
  const Supervisor::Link* link = speakers_[side].at(speaker).find(ConnectionId{id});
  if (link == nullptr) return violate(next, "a connection is open that the supervisor does not know");
  const bool may_wait = input == Input::Open || input == Input::Keepalive;
  if (link->held_until && may_wait) {
    channel.held[side].push(input);
    return;
  }
  if (input == Input::Open) channel.mark(side, Channel::OpenReceived);
  if (input == Input::Keepalive) channel.mark(side, Channel::KeepaliveReceived);
  if (input == Input::CollisionCease || input == Input::Notification) {
    channel.mark(side, Channel::NotificationReceived);
  }
  if (input == Input::Fails) channel.end_life(side);
  carry_out(next, side, speakers_[side].take(speaker, input, id));
}

void Product::carry_out(Next& next, std::size_t side, const Step& step) {
  const Step done = step;  // what follows may move it
  std::vector<std::size_t> resumed;
  for (const Told& told : done.told) tell(next, side, told, resumed);
  next.state.speaker[side] = done.speaker;
  rename(next, side, done);
  for (const std::size_t place : resumed) {
    Channel& channel = next.state.channels[place];
    Line held = std::exchange(channel.held[side], {});
    for (; !held.empty() && channel.is(side, Channel::Lives); held.pop()) deliver(next, place, side, held.front());
  }
}

void Product::tell(Next& next, std::size_t side, const Told& told, std::vector<std::size_t>& resumed) {
  WalkState& state = next.state;
  switch (told.kind) {
    case Told::Kind::Dial: return dial(next, side, told.id);
    case Told::Kind::SendOpen: return send(next, side, told.id, Input::Open);
    case Told::Kind::SendKeepalive: return send(next, side, told.id, Input::Keepalive);
    case Told::Kind::Close: return close(next, side, told);
    case Told::Kind::Resume:
      if (const Channel* channel = find(state, side, told.id)) {
        resumed.push_back(static_cast<std::size_t>(channel - state.channels.data()));
      }
      return;
    case Told::Kind::Up: {
      if (state.up[side] != 0) violate(next, "UpDownAlternate (RFC 4271 8.2.2): up twice");
      state.up[side] = 1;
      constexpr unsigned kAll =
          Channel::OpenSent | Channel::OpenReceived | Channel::KeepaliveSent | Channel::KeepaliveReceived;
      const Channel* channel = find(state, side, told.id);
      if (channel == nullptr || (channel->end[side] & kAll) != kAll) {
        violate(next, "Handshake (RFC 4271 8.2.2): Established without OPEN and KEEPALIVE both ways");
      }
      return;
    }
    case Told::Kind::Down:
      if (state.up[side] == 0) violate(next, "UpDownAlternate (RFC 4271 8.2.2): down without up");
      state.up[side] = 0;
      return;
  }
}

void Product::dial(Next& next, std::size_t side, SmallId id) {
  const auto in_use = [side](const Channel& c) { return c.used != 0 && c.dialer == side; };
  const auto place = std::ranges::find(next.state.channels, 0, &Channel::used);
  if (std::ranges::count_if(next.state.channels, in_use) >= 2 || place == next.state.channels.end()) {
    next.beyond = true;
    return;
  }
  place->used = 1;
  place->dialer = static_cast<std::uint8_t>(side);
  place->id[side] = id;
  place->mark(side, Channel::Lives);
}

void Product::send(Next& next, std::size_t side, SmallId id, Input message) {
  Channel* channel = find(next.state, side, id);
  if (channel == nullptr) {
    if (!next.beyond) violate(next, "OneNotification (RFC 4271 6): a message on a connection that is over");
    return;
  }
  channel->mark(side, message == Input::Open ? Channel::OpenSent : Channel::KeepaliveSent);
  if (!channel->is(side, Channel::OpenSent)) violate(next, "WholeMessages (RFC 4271 4.2): KEEPALIVE before OPEN");
  if (channel->is(other(side), Channel::Lives)) channel->line[other(side)].push(message);
}

void Product::close(Next& next, std::size_t side, const Told& told) {
  Channel* channel = find(next.state, side, told.id);
  if (channel == nullptr) return;  // it has ended by itself
  if (told.said != Input::None && channel->is(side, Channel::NotificationReceived)) {
    violate(next, "NotificationUnanswered (RFC 4271 6.4): a NOTIFICATION in reply to one");
  }
  if (told.said == Input::CollisionCease) check_survivor(next, side, *channel);
  channel->end_life(side);
  if (!channel->is(other(side), Channel::Lives)) return;
  if (told.said != Input::None) channel->line[other(side)].push(told.said);
  channel->line[other(side)].push(Input::Fails);
}

// RFC 4271 6.8, RFC 6286 2.3: of two whose OPENs are both here, the one that B dialed survives.
void Product::check_survivor(Next& next, std::size_t side, const Channel& loser) {
  constexpr unsigned kBoth = Channel::OpenSent | Channel::OpenReceived;
  const Supervisor& before = speakers_[side].at(next.state.speaker[side]);
  const Channel* rival = nullptr;
  for (const Channel& one : next.state.channels) {
    if (one.used == 0 || !one.is(side, Channel::Lives) || &one == &loser) continue;
    if (rival != nullptr) return;
    rival = &one;
  }
  if (rival == nullptr || rival->dialer == loser.dialer) return;
  if ((loser.end[side] & kBoth) != kBoth || (rival->end[side] & kBoth) != kBoth) return;
  const Supervisor::Link* link = before.find(ConnectionId{rival->id[side]});
  if (link != nullptr && link->fsm.state() == State::Established) return;
  if (loser.dialer == 1) violate(next, "Survivor (RFC 4271 6.8, RFC 6286 2.3): the wrong connection was closed");
}

void Product::rename(Next& next, std::size_t side, const Step& step) {
  for (Channel& channel : next.state.channels) {
    if (channel.used == 0 || !channel.is(side, Channel::Lives)) continue;
    channel.id[side] = step.ids[channel.id[side]];
    if (channel.id[side] == 0) violate(next, "a connection was forgotten, and not closed");
  }
}

bool Product::agreed(const WalkState& state) const {
  const auto established = [&](std::size_t side, const Channel& channel) {
    if (!channel.is(side, Channel::Lives)) return false;
    const Supervisor::Link* link = speakers_[side].at(state.speaker[side]).find(ConnectionId{channel.id[side]});
    return link != nullptr && link->fsm.state() == State::Established;
  };
  return std::ranges::any_of(state.channels, [&](const Channel& channel) {
    return channel.used != 0 && established(0, channel) && established(1, channel);
  });
}

bool Product::survives(const WalkState& state) {
  return std::ranges::any_of(state.channels, [](const Channel& channel) {
    return channel.used != 0 && channel.is(0, Channel::Lives) && channel.is(1, Channel::Lives);
  });
}

void Product::check(Next& next) {
  const WalkState& state = next.state;
  for (std::size_t side = 0; side < 2; ++side) {
    const std::string& fault = speakers_[side].fault(state.speaker[side]);
    if (!fault.empty()) violate(next, fault);
    const bool up = speakers_[side].at(state.speaker[side]).foremost().fsm.state() == State::Established;
    if (up != (state.up[side] != 0)) violate(next, "UpDownAlternate (RFC 4271 8.2.2): up is not Established");
  }
  if (!next.violation.empty() || !state.quiet() || agreed(state)) return;
  const bool undisturbed = state.timers == world_.timers && state.losses == world_.losses;
  if (undisturbed && world_.never_loses_both && !survives(state)) {
    violate(next, "Convergence (RFC 4271 6.8): both connections were closed");
  } else if (!converges(state)) {
    violate(next, "Convergence (RFC 4271 6.8): left alone from here on, both sides do not meet");
  }
}

bool Product::converges(WalkState state) {
  constexpr int kMostSteps = 400;
  std::vector<Choice> possible;
  state.timers = 255;
  state.losses = 0;
  for (int i = 0; i < kMostSteps; ++i) {
    if (state.quiet() && agreed(state)) return true;
    choices(state, possible);
    Choice choice = possible.front();
    if (choice.kind == Choice::Kind::Timer || choice.kind == Choice::Kind::Wait) {
      const auto a = speakers_[0].until_timer(state.speaker[0]);
      const auto b = speakers_[1].until_timer(state.speaker[1]);
      choice = {Choice::Kind::Timer, 0, static_cast<std::uint8_t>(!a || (b && *b < *a) ? 1 : 0)};
      const std::size_t waits = other(choice.side);
      state.speaker[waits] = speakers_[waits].later(state.speaker[waits], choice.side == 0 ? *a : *b);
    }
    const Next next = act(state, choice);
    if (next.beyond || !next.violation.empty()) return false;
    state = next.state;
    state.timers = 255;
  }
  return false;
}

std::string Product::say(const WalkState& state, const Choice& choice) const {
  const Channel& channel = state.channels[choice.channel];
  const auto name = [](std::size_t side) { return std::string(side == 0 ? "A" : "B"); };
  const auto nth = [&] {
    unsigned count = 1;
    for (std::size_t i = 0; i < choice.channel; ++i) {
      if (state.channels[i].used != 0 && state.channels[i].dialer == channel.dialer) ++count;
    }
    return name(channel.dialer) + "'s connection" + (count == 1 ? "" : " " + std::to_string(count));
  };
  switch (choice.kind) {
    case Choice::Kind::Arrive: return name(other(channel.dialer)) + " accepts " + nth();
    case Choice::Kind::Vanish: return nth() + ", given up, never arrives";
    case Choice::Kind::Refuse: return nth() + " is refused by the network";
    case Choice::Kind::Deliver:
      return name(choice.side) + " takes " + std::string(to_string(channel.line[choice.side].front())) + " on " + nth();
    case Choice::Kind::Break: return nth() + " breaks";
    case Choice::Kind::Timer: return name(choice.side) + "'s nearest timer expires";
    case Choice::Kind::Wait: return "a second passes for " + name(choice.side);
  }
  return {};
}

std::string Product::say(const WalkState& state) const {
  return "A: " + speakers_[0].describe(state.speaker[0]) + "; B: " + speakers_[1].describe(state.speaker[1]);
}

}  // namespace bgp::test
