// A dump that a real Session made is a file that bgpsim plays and checks.
#include "tools/bgpsim/recorded.hpp"

#include <gtest/gtest.h>

#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "bgp/json/recording.hpp"
#include "session/probe.hpp"
#include "tools/bgpsim/cli.hpp"

namespace bgp::sim {
namespace {

using std::chrono::seconds;
using test::kKeepalive;
using test::Probe;

/// What a session recorded that was Established for an hour, was ended by its peer, and came back.
boost::json::object dump_of_a_session() {
  Probe probe(test::session_config(), Jitter(11));
  probe.establish();
  for (int i = 0; i < 150; ++i) {
    probe.advance(seconds{24});
    probe.receive(kKeepalive);
  }
  probe.receive(framed(MessageType::Notification, "06 04"_hex));
  probe.advance(seconds{400});
  probe.connect();
  probe.receive(encode_open(test::peer_open()) + kKeepalive);
  return dump(probe.session.recording(probe.now));
}

/// A file with one line, which is gone in the end.
class File {
 public:
  explicit File(const boost::json::object& line)
      : path_(std::filesystem::temp_directory_path() /
              ("bgpsim-" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) + ".jsonl")) {
    std::ofstream(path_) << boost::json::serialize(line) << '\n';
  }
  ~File() { std::filesystem::remove(path_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

struct Result {
  int status;
  std::string out;
  std::string err;
};

Result bgpsim(const char* command, const File& file, const char* flag = nullptr) {
  const std::string path = file.path();
  std::vector<const char*> arguments{"bgpsim", command, path.c_str()};
  if (flag != nullptr) arguments.push_back(flag);
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  const int status = run(static_cast<int>(arguments.size()), arguments.data(), in, out, err);
  return {status, out.str(), err.str()};
}

/// The changes of the step in which the peer's NOTIFICATION came.
boost::json::array& changes_of_the_end(boost::json::object& dump) {
  for (boost::json::value& step : dump.at("steps").as_array()) {
    auto& changes = step.at("expect").at("changes").as_array();
    if (!changes.empty() && changes[0].at("from").as_string() == "Established") return changes;
  }
  throw std::runtime_error("the session did not end");
}

TEST(RecordedSession, WrittenToAFile_PassesTheCheck) {
  const File file(dump_of_a_session());

  const Result result = bgpsim("check", file);

  EXPECT_EQ(result.status, kExitOk) << result.err;
  EXPECT_EQ(result.out, file.path() + ": 1 scenario, 0 different\n");
}

TEST(RecordedSession, OtherChangeThanRecorded_IsADifference) {
  boost::json::object dump = dump_of_a_session();
  changes_of_the_end(dump)[0].as_object()["event"] = 10;
  const File file(dump);

  const Result result = bgpsim("check", file);

  EXPECT_EQ(result.status, kExitDifferent);
  EXPECT_NE(result.out.find("changes:"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("1 scenario, 1 different"), std::string::npos) << result.out;
}

TEST(RecordedSession, OtherEndThanRecorded_IsADifference) {
  boost::json::object dump = dump_of_a_session();
  dump["present"] = "Active";

  const Replayed replayed = replay({"file:1", dump});

  EXPECT_EQ(replayed.differences, std::vector<std::string>{"dump: ends in Established, recorded: Active"});
}

TEST(RecordedSession, Played_PrintsEachStateChangeWithItsStepAndTime) {
  const boost::json::object dump = dump_of_a_session();
  const File file(dump);

  const Result result = bgpsim("run", file);

  EXPECT_EQ(result.status, kExitOk) << result.err;
  std::size_t recorded = 0;
  for (const auto& step : dump.at("steps").as_array()) recorded += step.at("expect").at("changes").as_array().size();
  std::istringstream lines(result.out);
  std::size_t printed = 0;
  for (std::string line; std::getline(lines, line); ++printed) {
    const boost::json::object change = boost::json::parse(line).as_object();
    const auto& step = dump.at("steps").at(change.at("step").to_number<std::size_t>() - 1);
    EXPECT_EQ(change.at("t"), step.at("t"));
    for (const char* key : {"id", "connection", "direction", "from", "to", "event"}) EXPECT_TRUE(change.contains(key));
  }
  EXPECT_EQ(printed, recorded);
  EXPECT_GE(printed, 7U);
}

TEST(RecordedSession, Timeline_NamesWhatEndedIt) {
  const Result result = bgpsim("run", File(dump_of_a_session()), "--trace");

  EXPECT_EQ(result.status, kExitOk) << result.err;
  EXPECT_NE(result.out.find("Established -> Idle (NotifMsg)"), std::string::npos) << result.out;
}

TEST(RecordedSession, DumpThatCannotBeRead_IsAnErrorOfUsage) {
  const Result result = bgpsim("check", File({{"snapshot", nullptr}, {"id", "x"}, {"steps", boost::json::array{1}}}));

  EXPECT_EQ(result.status, kExitUsage);
  EXPECT_NE(result.err.find(".jsonl:1: not a dump: "), std::string::npos) << result.err;
}

}  // namespace
}  // namespace bgp::sim
