#include "bgpd/log.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <regex>
#include <sstream>
#include <string>

namespace bgp::daemon {
namespace {

TEST(Log, LineHasUtcTimestampWithMillisecondsLevelAndMessage) {
  std::ostringstream out;
  Log log(LogLevel::Info, out);

  log.info("peer 192.0.2.1: state Idle -> Connect (event 1 ManualStart)");

  const std::regex line(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z info peer 192\.0\.2\.1: state Idle -> Connect )"
                        R"(\(event 1 ManualStart\)\n)");
  EXPECT_TRUE(std::regex_match(out.str(), line)) << out.str();
}

TEST(Log, LevelsAreWrittenOut) {
  std::ostringstream out;
  Log log(LogLevel::Debug, out);

  log.debug("d");
  log.info("i");
  log.warning("w");
  log.error("e");

  const std::regex lines(R"(\S+Z debug d\n\S+Z info i\n\S+Z warning w\n\S+Z error e\n)");
  EXPECT_TRUE(std::regex_match(out.str(), lines)) << out.str();
}

TEST(Log, LinesBelowTheLevelAreDropped) {
  std::ostringstream out;
  Log log(LogLevel::Warning, out);

  log.info("i");
  log.debug("d");

  EXPECT_EQ(out.str(), "");
  EXPECT_FALSE(log.writes(LogLevel::Info));
  EXPECT_TRUE(log.writes(LogLevel::Warning));
}

TEST(Log, AnotherLevel_CountsFromThereOn) {
  std::ostringstream out;
  Log log(LogLevel::Warning, out);
  log.info("before");

  log.set_level(LogLevel::Info);
  log.info("behind");

  EXPECT_EQ(out.str().find("before"), std::string::npos);
  EXPECT_NE(out.str().find("behind"), std::string::npos);
}

TEST(Log, OneEventIsOneLineWhateverIsInIt) {
  std::ostringstream out;
  Log log(LogLevel::Info, out);

  log.info("a\nb\x1b[31m{} %v é");

  EXPECT_EQ(out.str().substr(out.str().find(" info ")), " info a\\x0ab\\x1b[31m{} %v é\n");
}

TEST(Log, TimestampIsUtcWhereverTheMachineStands) {
  ASSERT_EQ(setenv("TZ", "Far-5:30", 1), 0);
  tzset();
  std::ostringstream out;
  Log log(LogLevel::Info, out);

  const std::string before = utc_text(std::chrono::system_clock::now());
  log.info("now");
  const std::string after = utc_text(std::chrono::system_clock::now());

  const std::string stamp = out.str().substr(0, 19);
  EXPECT_LE(before.substr(0, 19), stamp);
  EXPECT_GE(after.substr(0, 19), stamp);
  unsetenv("TZ");
  tzset();
}

TEST(Log, LevelNames) {
  EXPECT_EQ(parse_log_level("warning"), LogLevel::Warning);
  EXPECT_EQ(parse_log_level("loud"), std::nullopt);
  EXPECT_EQ(parse_log_level(""), std::nullopt);
}

TEST(Log, UtcText) {
  EXPECT_EQ(utc_text(std::chrono::system_clock::from_time_t(0)), "1970-01-01T00:00:00Z");
  EXPECT_EQ(utc_text(std::chrono::system_clock::from_time_t(1764000000)), "2025-11-24T16:00:00Z");
}

}  // namespace
}  // namespace bgp::daemon
