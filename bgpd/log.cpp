#include "bgpd/log.hpp"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <array>
#include <ctime>

namespace bgp::daemon {

namespace {

spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::Debug: return spdlog::level::debug;
    case LogLevel::Info: return spdlog::level::info;
    case LogLevel::Warning: return spdlog::level::warn;
    case LogLevel::Error: return spdlog::level::err;
  }
  return spdlog::level::info;
}

std::unique_ptr<spdlog::logger> make_logger(LogLevel level, spdlog::sink_ptr sink) {
  auto logger = std::make_unique<spdlog::logger>("bgpd", std::move(sink));
  logger->set_formatter(
      std::make_unique<spdlog::pattern_formatter>("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc));
  logger->set_level(spdlog_level(level));
  logger->flush_on(spdlog::level::debug);
  return logger;
}

bool is_control(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return octet < 0x20 || octet == 0x7f;
}

}  // namespace

std::optional<LogLevel> parse_log_level(std::string_view text) {
  if (text == "debug") return LogLevel::Debug;
  if (text == "info") return LogLevel::Info;
  if (text == "warning") return LogLevel::Warning;
  if (text == "error") return LogLevel::Error;
  return std::nullopt;
}

Log::Log(LogLevel level) : logger_(make_logger(level, std::make_shared<spdlog::sinks::stderr_sink_st>())) {}

Log::Log(LogLevel level, std::ostream& out)
    : logger_(make_logger(level, std::make_shared<spdlog::sinks::ostream_sink_st>(out))) {}

Log::~Log() = default;

void Log::set_level(LogLevel level) { logger_->set_level(spdlog_level(level)); }

bool Log::writes(LogLevel level) const { return logger_->should_log(spdlog_level(level)); }

void Log::write(LogLevel level, std::string_view line) {
  if (!writes(level)) return;
  logger_->log(spdlog_level(level), spdlog::string_view_t(printable(line)));
}

std::string printable(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (is_control(c)) {
      const auto octet = static_cast<unsigned char>(c);
      out.append("\\x").push_back(kDigits[octet >> 4]);
      out.push_back(kDigits[octet & 15]);
    } else {
      out.push_back(c);
    }
  }
  return out;
}

std::string utc_text(std::chrono::system_clock::time_point time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {text.data(), size};
}

}  // namespace bgp::daemon
