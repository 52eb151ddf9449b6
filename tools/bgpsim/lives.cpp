// Lives by their seeds.
#include "tools/bgpsim/lives.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <iomanip>
#include <ostream>
#include <sstream>
#include <stdexcept>

#include "bgp/testing/network_recorder.hpp"
#include "bgp/testing/simulation.hpp"
#include "tools/bgpsim/show.hpp"

namespace bgp::sim {

namespace {

using test::NetworkInput;

const char* word_of(NetworkInput::Kind kind) {
  using enum NetworkInput::Kind;
  switch (kind) {
    case Start: return "admin start";
    case Stop: return "admin stop";
    case Reset: return "admin reset";
    case StopAutomatically: return "automatic stop";
    case WantWrite: return "has something to send";
    case SetReading: return "handler takes";
    case Connected: return "connected";
    case Accepted: return "accepted";
    case Lost: return "lost";
    case Received: return "rx";
    case InputWaits: return "more waits";
    case Timeout: return "timer";
  }
  return "unknown";
}

/// Writes down what the network says.
class Timeline final : public test::NetworkObserver {
 public:
  explicit Timeline(std::ostream& out) : out_(out) {}

  void on_input(std::size_t end, const NetworkInput& input) override {
    now_ = input.time.time_since_epoch();
    std::ostream& line = say(end) << word_of(input.kind);
    if (input.kind == NetworkInput::Kind::SetReading) line << (input.reading ? " again" : " no more");
    if (input.connection != ConnectionId{}) line << ", connection " << std::to_underlying(input.connection);
    if (!input.octets.empty()) line << ", " << input.octets.size() << " octets";
    line << '\n';
  }
  void on_room(std::size_t, TimePoint time) override { now_ = time.time_since_epoch(); }
  void on_dial(std::size_t end, ConnectionId id) override { act(end, "dials", id); }
  void on_octets(std::size_t end, ConnectionId id, BytesView octets) override {
    act(end, "tx " + std::to_string(octets.size()) + " octets", id);
  }
  void on_close(std::size_t end, ConnectionId id) override { act(end, "closes", id); }
  void on_crash(std::size_t end) override { say(end) << "dies\n"; }

 private:
  std::ostream& say(std::size_t end) { return out_ << time_text(now_) << "  end " << end << ": "; }
  void act(std::size_t end, const std::string& what, ConnectionId id) {
    say(end) << "  " << what << ", connection " << std::to_underlying(id) << '\n';
  }

  std::ostream& out_;
  Duration now_{};
};

std::string hexadecimal(std::uint64_t number) {
  std::ostringstream text;
  text << std::hex << std::setw(16) << std::setfill('0') << number;
  return text.str();
}

void print_violation(const test::Plan& plan, const test::Outcome& outcome, std::ostream& out) {
  const test::Plan small = test::shrink(plan, outcome.violation->invariant);
  const test::Outcome again = test::simulate(small);
  out << "seed " << plan.seed << ", end " << outcome.end << ": " << to_string(*outcome.violation) << '\n';
  if (again.violation) out << "made smaller, end " << again.end << ": " << to_string(*again.violation) << '\n';
  out << to_string(small) << '\n';
  const auto& shown = again.violation ? again.violation : outcome.violation;
  out << "as a scenario file, for bgpsim check:\n" << boost::json::serialize(to_json(small, to_string(*shown))) << '\n';
}

/// The same plan gives the same run: so it is simply run once more.
void write_record(const test::Plan& plan, const LifeView& view) {
  if (view.end >= plan.peerings.size() * 2) {
    throw std::runtime_error("--record-end: the life of seed " + std::to_string(plan.seed) + " has " +
                             std::to_string(plan.peerings.size() * 2) + " ends");
  }
  const auto& [a, b] = plan.peerings[view.end / 2];
  const bool first = view.end % 2 == 0;
  const PeerConfig& local = first ? a : b;
  const PeerConfig& peer = first ? b : a;
  constexpr std::uint32_t kNet = 0xc0000200;  // 192.0.2.0: an end has its number there, and one more
  const auto address = [&](std::size_t end) { return IpAddress::v4(kNet + 1 + static_cast<std::uint32_t>(end)); };
  const auto format = view.record.ends_with(".mrt") ? MessageFileFormat::Mrt : MessageFileFormat::Pcapng;
  test::NetworkRecorder recorder(format, view.end,
                                 {address(view.end), address(view.end ^ 1), local.local_asn, peer.local_asn});
  (void)test::simulate(plan, &recorder);
  std::ofstream file(view.record, std::ios::binary | std::ios::trunc);
  file.write(reinterpret_cast<const char*>(recorder.file().data()),
             static_cast<std::streamsize>(recorder.file().size()));
  file.flush();
  if (!file) throw std::runtime_error(view.record + ": cannot be written");
}

test::Outcome simulated(const test::Plan& plan, const LifeView& view, std::ostream& out) {
  if (view.timeline) out << to_string(plan) << '\n';
  Timeline observer(out);
  if (!view.record.empty()) write_record(plan, view);
  return test::simulate(plan, view.timeline ? &observer : nullptr);
}

void print(std::uint64_t seed, const test::Outcome& outcome, std::ostream& out) {
  const boost::json::object line{
      {"seed", seed}, {"events", outcome.steps}, {"ups", outcome.ups}, {"digest", hexadecimal(outcome.digest)}};
  out << boost::json::serialize(line) << '\n';
}

std::string violated(const Life& life, const test::Outcome& outcome) {
  return life.id + ", end " + std::to_string(outcome.end) + ": " + to_string(*outcome.violation);
}

}  // namespace

bool run_lives(std::uint64_t seed, std::uint64_t events, const LifeView& view, std::ostream& out) {
  for (std::uint64_t done = 0; done < events; ++seed) {
    const test::Plan plan = test::random_plan(seed);
    const test::Outcome outcome = simulated(plan, view, out);
    done += outcome.steps;
    if (outcome.violation) {
      print_violation(plan, outcome, out);
      return false;
    }
    print(seed, outcome, out);
    if (!out) return false;
  }
  return true;
}

void run_life(const Life& life, const LifeView& view, std::ostream& out) {
  const test::Outcome outcome = simulated(life.plan, view, out);
  if (outcome.violation) {
    out << violated(life, outcome) << '\n';
  } else {
    print(life.plan.seed, outcome, out);
  }
}

std::vector<std::string> check_life(const Life& life, const LifeView& view, std::ostream& out) {
  const test::Outcome outcome = simulated(life.plan, view, out);
  if (!outcome.violation) return {};
  return {violated(life, outcome)};
}

}  // namespace bgp::sim
