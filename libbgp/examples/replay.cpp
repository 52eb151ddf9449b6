// A capture in a test of your own: what was said, and whether a session of this library would have done the same.
//
//   example_replay CAPTURE
#include <cstdio>

#include "bgp/testing/replay.hpp"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: example_replay CAPTURE\n");
    return 2;
  }
  const auto capture = bgp::test::Capture::open(argv[1]);
  if (!capture) {
    std::fprintf(stderr, "%s\n", capture.error().c_str());
    return 2;
  }
  std::size_t updates = 0;
  for (const bgp::test::CapturedItem& item : capture->items()) {
    if (item.is_message() && item.type == bgp::MessageType::Update) ++updates;
  }
  std::printf("%zu connections, %zu UPDATEs\n", capture->connections().size(), updates);

  // The end that opened the first connection, played by a Session: these three lines are a test
  const auto run = bgp::test::replay(*capture, 0, 0);
  if (!run) return std::fprintf(stderr, "%s\n", run.error().c_str()), 2;
  for (const std::string& difference : run->differences) std::printf("differs: %s\n", difference.c_str());
  std::printf("%s\n", run->differences.empty() ? "no difference" : "not the same");
  return run->differences.empty() ? 0 : 1;
}
