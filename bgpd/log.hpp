// bgpd/log.hpp
//
// The log: one event a line, "2026-11-24T15:38:34.123Z info peer 192.0.2.1: ...", in UTC. One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace spdlog {
class logger;
}

namespace bgp::daemon {

enum class LogLevel : std::uint8_t { Debug, Info, Warning, Error };

/// "debug", "info", "warning", "error".
[[nodiscard]] std::optional<LogLevel> parse_log_level(std::string_view text);

class Log {
 public:
  /// To standard error; lines less important than `level` are dropped.
  explicit Log(LogLevel level);
  /// To a stream that must outlive the log.
  Log(LogLevel level, std::ostream& out);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  /// From here on lines less important than `level` are dropped.
  void set_level(LogLevel level);
  /// Whether lines of this level are written: ask before making one costs something.
  [[nodiscard]] bool writes(LogLevel level) const;
  /// Control characters in `line` become \xNN, so that an event stays a line.
  void write(LogLevel level, std::string_view line);
  void debug(std::string_view line) { write(LogLevel::Debug, line); }
  void info(std::string_view line) { write(LogLevel::Info, line); }
  void warning(std::string_view line) { write(LogLevel::Warning, line); }
  void error(std::string_view line) { write(LogLevel::Error, line); }

 private:
  std::unique_ptr<spdlog::logger> logger_;
};

/// `text` with control characters as \xNN.
[[nodiscard]] std::string printable(std::string_view text);

/// "2026-11-24T15:38:34Z" (RFC 3339).
[[nodiscard]] std::string utc_text(std::chrono::system_clock::time_point time);

}  // namespace bgp::daemon
