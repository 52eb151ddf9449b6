// What a Session costs: time for a message beyond its bare decode, memory while it is quiet, and time where there are
// many. The two of a comparison are measured in turns in the same run, by the time of this thread alone.
//
//   bench_session [--benchmark_filter=...]     all options of Google Benchmark
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "bgp/testing/network.hpp"
#include "cost.hpp"
#include "driven_session.hpp"
#include "full_table.hpp"
#include "heap.hpp"
#include "messages.hpp"

namespace bench {
namespace {

constexpr std::size_t kRead = std::size_t{16} * 1024;  // octets of one read of a socket, at most

/// Whole messages behind each other, and where those of each turn begin and end.
struct Stream {
  bgp::Bytes octets;
  std::vector<std::size_t> ends{0};  // of the turns
  std::size_t messages = 0;

  void add(bgp::BytesView message) {
    octets.insert(octets.end(), message.begin(), message.end());
    if (++messages % kTurn == 0) ends.push_back(octets.size());
  }
  void finish() {
    if (ends.back() != octets.size()) ends.push_back(octets.size());
  }
  [[nodiscard]] std::size_t turns() const { return ends.size() - 1; }
};

Stream keepalives() {
  Stream stream;
  for (std::size_t i = 0; i < 16 * kTurn; ++i) stream.add(bgp::encode_keepalive());
  stream.finish();
  return stream;
}

Stream updates(const Messages& messages) {
  Stream stream;
  bgp::Bytes message;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    message.assign(bgp::kHeaderSize, 0xff);
    bgp::store_u16(&message[16], static_cast<std::uint16_t>(bgp::kHeaderSize + messages[i].size()));
    message[18] = static_cast<std::uint8_t>(bgp::MessageType::Update);
    message.insert(message.end(), messages[i].begin(), messages[i].end());
    stream.add(message);
  }
  stream.finish();
  return stream;
}

void expect(bool holds, const char* what) {
  if (!holds) throw std::logic_error(what);
}

std::uint64_t through_session(DrivenSession& driven, bgp::BytesView octets) {
  for (; !octets.empty(); octets = octets.subspan(std::min(kRead, octets.size()))) {
    driven.receive(octets.first(std::min(kRead, octets.size())));
  }
  return driven.sum();
}

/// `bare` decodes the messages of a turn without a Session.
template <class Bare>
void run_messages(benchmark::State& state, const Stream& stream, Bare bare) {
  Cost whole(stream.turns()), decode(stream.turns());
  DrivenSession driven;
  driven.establish();
  expect(driven.session().state() == bgp::State::Established, "no session");
  for (auto round : state) {
    double seconds = 0;
    for (std::size_t turn = 0; turn < stream.turns(); ++turn) {
      const std::size_t begin = stream.ends[turn];
      const bgp::BytesView octets = bgp::BytesView(stream.octets).subspan(begin, stream.ends[turn + 1] - begin);
      decode.measure(turn, [&] { return bare(turn); });
      seconds += whole.measure(turn, [&] { return through_session(driven, octets); });
    }
    state.SetIterationTime(seconds);
  }
  expect(driven.session().state() == bgp::State::Established, "the session was lost");
  const auto each = [&](double seconds) { return seconds * 1e9 / static_cast<double>(stream.messages); };
  state.counters["ns/message"] = each(whole.seconds());
  state.counters["ns beyond decode"] = each(whole.seconds() - decode.seconds());
}

/// Octets of heap that one of `count` things takes.
template <class Make>
double heap_of_one(std::size_t count, Make make) {
  const std::size_t before = heap_octets();
  const auto made = make(count);
  return static_cast<double>(heap_octets() - before) / static_cast<double>(count);
}

std::vector<std::unique_ptr<DrivenSession>> new_sessions(std::size_t count) {
  std::vector<std::unique_ptr<DrivenSession>> sessions(count);
  for (auto& driven : sessions) driven = std::make_unique<DrivenSession>();
  return sessions;
}

/// Established, and quiet for five minutes.
std::vector<std::unique_ptr<DrivenSession>> quiet_sessions(std::size_t count) {
  auto sessions = new_sessions(count);
  for (const auto& driven : sessions) {
    driven->establish();
    for (int i = 0; i < 10; ++i) driven->receive(bgp::encode_keepalive());
  }
  return sessions;
}

void run_heap(benchmark::State& state) {
  for (auto round : state) {
    state.counters["octets not started"] = heap_of_one(1000, new_sessions);
    state.counters["octets Established"] = heap_of_one(1000, quiet_sessions);
  }
}

/// Peerings that are Established on one virtual clock.
class Many {
 public:
  explicit Many(std::size_t sessions) : network_(1) {
    bgp::PeerConfig a = session_config();
    bgp::PeerConfig b = session_config();
    std::swap(b.local_asn, b.remote_asn);
    b.local_identifier = {0x0a000002};
    b.attributes.passive = true;
    for (std::size_t i = 0; i < sessions; i += 2) {
      const std::size_t end = network_.add_peering(a, handler_, b, handler_);
      network_.start(end + 1);
      network_.start(end);
    }
    network_.run(std::chrono::minutes{5});
    for (std::size_t end = 0; end < sessions; end += 2) expect(network_.agree(end), "no session");
  }
  std::uint64_t run(std::chrono::seconds time) {
    network_.run(time);
    return network_.digest();
  }

 private:
  class Handler : public bgp::PeerHandler {};
  Handler handler_;
  bgp::test::Network network_;
};

/// Nanoseconds of the processor for a second of one Session: 10,000 on one clock, and 100, which its caches hold.
void run_many(benchmark::State& state) {
  constexpr int kFew = 100, kMany = 10'000;
  constexpr int kSeconds = 600;  // long: what the others left in the caches counts for nothing
  Many many(kMany), few(kFew);
  Cost many_cost(1), few_cost(1);
  for (auto round : state) {
    few_cost.measure(0, [&] { return few.run(std::chrono::seconds{kSeconds * (kMany / kFew)}); });
    state.SetIterationTime(many_cost.measure(0, [&] { return many.run(std::chrono::seconds{kSeconds}); }));
  }
  const auto each = [](const Cost& cost) { return cost.seconds() * 1e9 / (double{kMany} * kSeconds); };
  state.counters["ns/session-second"] = each(many_cost);
  state.counters["of 100"] = each(few_cost);
  state.counters["x"] = many_cost.seconds() / few_cost.seconds();
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  using namespace bench;
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::AddCustomContext("compiler", BGP_BENCH_COMPILER);

  const Messages table = packed(full_table(200'000, 4271));
  const Stream update_stream = updates(table);
  const Stream keepalive_stream = keepalives();
  const auto registered = [](const char* name, auto run) {
    benchmark::RegisterBenchmark(name, run)->UseManualTime()->Unit(benchmark::kMillisecond);
  };
  registered("session: KEEPALIVE", [&](benchmark::State& state) {
    run_messages(state, keepalive_stream, [](std::size_t) { return std::uint64_t{0}; });
  });
  registered("session: UPDATE", [&](benchmark::State& state) {
    run_messages(state, update_stream, [&](std::size_t turn) {
      std::uint64_t sum = 0;
      for (std::size_t i = turn * kTurn; i < std::min((turn + 1) * kTurn, table.size()); ++i) {
        const auto view = bgp::decode_update(table[i], table.context());
        if (view) sum += 1 + view->error_count();
      }
      return sum;
    });
  });
  benchmark::RegisterBenchmark("session: heap", run_heap)->Iterations(1);
  registered("session: 10,000 on a clock", run_many);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
