// What decoding, walking and encoding UPDATEs costs, beside the least that a walk can cost (minimal_walk.hpp). The two
// of a ratio are measured in turns of a few thousand messages in the same run, by the time of this thread alone.
//
//   bench_wire [--prefixes=N] [--benchmark_filter=...]     all options of Google Benchmark
#include <benchmark/benchmark.h>

#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cost.hpp"
#include "full_table.hpp"
#include "messages.hpp"
#include "minimal_walk.hpp"
#include "mrt_updates.hpp"
#include "support/data.hpp"
#include "walk.hpp"

namespace bench {
namespace {

void report(benchmark::State& state, const Cost& cost, const Cost& other, const Messages& messages, const char* ratio) {
  const double seconds = cost.seconds();
  state.counters["ns/UPDATE"] = seconds * 1e9 / static_cast<double>(messages.size());
  state.counters["ns/prefix"] = seconds * 1e9 / static_cast<double>(messages.prefixes());
  state.counters["MB/s"] = static_cast<double>(messages.octets()) / seconds / 1e6;
  state.counters[ratio] = seconds / other.seconds();
}

std::uint64_t walk_minimally(const Messages& messages, std::size_t begin, std::size_t end) {
  std::uint64_t sum = 0;
  for (std::size_t i = begin; i < end; ++i) sum += minimal_walk(messages[i]);
  return sum;
}

std::uint64_t decode(const Messages& messages, std::size_t begin, std::size_t end) {
  std::uint64_t sum = 0;
  for (std::size_t i = begin; i < end; ++i) {
    const auto view = bgp::decode_update(messages[i], messages.context());
    if (view) sum += view->error_count();
  }
  return sum;
}

std::uint64_t decode_and_walk(const Messages& messages, std::size_t begin, std::size_t end) {
  std::uint64_t sum = 0;
  for (std::size_t i = begin; i < end; ++i) {
    const auto view = bgp::decode_update(messages[i], messages.context());
    if (view) sum += walk(*view);
  }
  return sum;
}

using Way = std::uint64_t (*)(const Messages&, std::size_t, std::size_t);

/// `way` over all messages, minimal_walk beside it.
void run(benchmark::State& state, const Messages& messages, Way way) {
  Cost cost(turns_of(messages.size())), minimal(turns_of(messages.size()));
  for (auto round : state) {
    double seconds = 0;
    in_turns(messages.size(), [&](std::size_t turn, std::size_t begin, std::size_t end) {
      minimal.measure(turn, [&] { return walk_minimally(messages, begin, end); });
      seconds += cost.measure(turn, [&] { return way(messages, begin, end); });
    });
    state.SetIterationTime(seconds);
  }
  report(state, cost, minimal, messages, "x minimal");
}

std::uint64_t encode(const std::vector<RouteSet>& table, std::size_t begin, std::size_t end, bgp::Bytes& buffer) {
  const bgp::EncodeContext context;
  buffer.clear();
  for (std::size_t i = begin; i < end; ++i) {
    std::span<const bgp::Nlri> nlri = table[i].nlri;
    while (!nlri.empty()) {
      bgp::Writer out(buffer);
      nlri = nlri.subspan(bgp::encode_reach(out, context, bgp::kIpv4Unicast, table[i].attributes, nlri));
    }
  }
  return buffer.size();
}

/// The whole table into a buffer that is used again, decode and walk of the same messages beside it.
void run_encode(benchmark::State& state, const std::vector<RouteSet>& table, const Messages& messages) {
  Cost encoding(turns_of(table.size())), decoding(turns_of(messages.size()));
  bgp::Bytes buffer;
  for (auto round : state) {
    double seconds = 0;
    in_turns(table.size(), [&](std::size_t turn, std::size_t begin, std::size_t end) {
      seconds += encoding.measure(turn, [&] { return encode(table, begin, end, buffer); });
    });
    in_turns(messages.size(), [&](std::size_t turn, std::size_t begin, std::size_t end) {
      decoding.measure(turn, [&] { return decode_and_walk(messages, begin, end); });
    });
    state.SetIterationTime(seconds);
  }
  report(state, encoding, decoding, messages, "x decode");
}

void add(const Messages& messages) {
  const auto named = [&](const char* what) { return messages.name() + ": " + what; };
  const auto registered = [&](const char* what, Way way) {
    benchmark::RegisterBenchmark(named(what).c_str(),
                                 [&messages, way](benchmark::State& state) { run(state, messages, way); })
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
  };
  registered("minimal walk", walk_minimally);
  registered("decode", decode);
  registered("decode and walk", decode_and_walk);
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  using namespace bench;
  benchmark::Initialize(&argc, argv);
  std::size_t prefixes = 1'000'000;
  constexpr std::string_view kPrefixes = "--prefixes=";
  if (argc > 1 && std::string_view(argv[1]).starts_with(kPrefixes)) {
    prefixes = std::stoul(argv[1] + kPrefixes.size());
    argv[1] = argv[0];
    --argc, ++argv;
  }
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::AddCustomContext("sizeof(UpdateView)", std::to_string(sizeof(bgp::UpdateView)));
  benchmark::AddCustomContext("compiler", BGP_BENCH_COMPILER);

  const std::vector<RouteSet> table = full_table(prefixes, 4271);
  const Messages full = packed(table);
  const Messages single = one_by_one(table, 200'000);
  std::cout << "full table: " << full.prefixes() << " prefixes in " << table.size() << " attribute sets, "
            << full.size() << " UPDATEs\n";
  add(full);
  add(single);
  const std::string mrt = bgp::extra_data("mrt/ripe-bgpdump__updates.et-header.2015.gz");
  const auto real = mrt_updates(mrt);
  if (real) {
    std::cout << "real UPDATEs: " << real->prefixes() << " prefixes in " << real->size() << " UPDATEs\n";
    add(*real);
  } else {
    std::cout << "real UPDATEs: SKIPPED, BGP_EXTRA_DATA has no mrt/ripe-bgpdump__updates.et-header.2015.gz\n";
  }
  benchmark::RegisterBenchmark("full table: encode", [&](benchmark::State& state) { run_encode(state, table, full); })
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
