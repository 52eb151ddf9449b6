// The programs of libbgp/examples, run as they are.
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <sstream>
#include <string>

#include "bgp/wire/notification.hpp"
#include "net/node.hpp"
#include "support/printers.hpp"

namespace bgp::test {
namespace {

// A child process whose standard output is ours to read.
class Program {
 public:
  explicit Program(std::vector<std::string> words) {
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    EXPECT_EQ(::posix_spawn(&process_, arguments[0], &actions, nullptr, arguments.data(), environ), 0) << words[0];
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    output_ = ends[0];
    ::fcntl(output_, F_SETFL, O_NONBLOCK);
  }
  ~Program() {
    if (process_ > 0) {
      signal(SIGKILL);
      ::waitpid(process_, nullptr, 0);
    }
    ::close(output_);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  void signal(int number) const { ::kill(process_, number); }
  /// What it has said so far.
  const std::string& said() {
    std::array<char, 4096> buffer{};
    for (ssize_t count = 0; (count = ::read(output_, buffer.data(), buffer.size())) > 0;) {
      text_.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return text_;
  }
  /// It ended by itself; gives the status once.
  std::optional<int> ended() {
    int status = 0;
    if (::waitpid(process_, &status, WNOHANG) != process_) return std::nullopt;
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
  }

 private:
  pid_t process_ = -1;
  int output_ = -1;
  std::string text_;
};

TEST(Example, Peer_LearnsAnnouncesAndSaysGoodbye) {
  Loop loop;
  Node node(loop.executor(), "127.0.0.2", 65001);
  node.recorder.to_announce = {Nlri{prefix("192.0.2.0/24")}};
  PeerOptions options = node.passive_towards(ip("127.0.0.1"), 65002);
  node.add(options);

  Program program({BGP_EXAMPLE_PEER, "127.0.0.2", "65001", "65002", "10.0.0.1", std::to_string(node.port)});

  ASSERT_TRUE(loop.until([&] { return program.said().find("+ 192.0.2.0/24") != std::string::npos; })) << program.said();
  ASSERT_TRUE(loop.until([&] { return node.recorder.routes.contains(prefix("203.0.113.0/24")); }));
  EXPECT_EQ(node.recorder.routes.begin()->second.as_path, AsPath::sequence({65002}));
  EXPECT_EQ(program.said().find("up: AS 65001"), 0U) << program.said();

  program.signal(SIGINT);
  std::optional<int> status;
  ASSERT_TRUE(loop.until([&] { return (status = program.ended()).has_value(); }));
  EXPECT_EQ(status, 0);
  ASSERT_TRUE(loop.until([&] { return node.recorder.downs == 1; }));
  EXPECT_EQ(shutdown_communication(node.recorder.received.value()), "goodbye");
}

TEST(Example, Peer_PrintsWhyTheSessionEnded) {
  Loop loop;
  Node node(loop.executor(), "127.0.0.2", 65001);
  const PeerId id = node.add(node.passive_towards(ip("127.0.0.1"), 65002));
  Program program({BGP_EXAMPLE_PEER, "127.0.0.2", "65001", "65002", "10.0.0.1", std::to_string(node.port)});
  ASSERT_TRUE(loop.until([&] { return node.recorder.up(); }));

  node.speaker.stop_peer(id, Stop::shutdown("maintenance"));

  EXPECT_TRUE(loop.until([&] { return program.said().find("maintenance") != std::string::npos; })) << program.said();
}

TEST(Example, Queued_TakesATableOnAnotherThreadAndSaysGoodbye) {
  Loop loop;
  Node node(loop.executor(), "127.0.0.2", 65001);
  node.recorder.to_announce = many_prefixes(30'000);
  node.add(node.passive_towards(ip("127.0.0.1"), 65002));

  Program program({BGP_EXAMPLE_QUEUED, "127.0.0.2", "65001", "65002", "10.0.0.1", std::to_string(node.port)});
  ASSERT_TRUE(loop.until([&] { return program.said().find("30000 prefixes") != std::string::npos; })) << program.said();

  program.signal(SIGINT);
  std::optional<int> status;
  ASSERT_TRUE(loop.until([&] { return (status = program.ended()).has_value(); }));
  EXPECT_EQ(status, 0);
  EXPECT_NE(program.said().find("down: "), std::string::npos) << program.said();
}

}  // namespace
}  // namespace bgp::test
