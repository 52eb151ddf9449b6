#include "tools/bgpcap/path_text.hpp"

#include <algorithm>
#include <charconv>

namespace bgp::cap {
namespace {

/// Takes a decimal number from the front.
std::optional<std::uint32_t> take_number(std::string_view& text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

std::optional<std::uint32_t> take_asn(std::string_view& text) {
  const auto first = take_number(text);
  if (!first || !text.starts_with('.')) return first;
  text.remove_prefix(1);
  const auto second = take_number(text);
  if (!second || *first > 0xffff || *second > 0xffff) return std::nullopt;
  return *first << 16 | *second;
}

char closing(char opening) { return opening == '{' ? '}' : opening == '[' ? ']' : ')'; }

bool is_set(const PathPiece& piece) { return piece.shape == '{' || piece.shape == '['; }

void add(std::vector<PathPiece>& path, PathPiece piece) {
  if (is_set(piece)) {
    std::ranges::sort(piece.asns);
    piece.asns.erase(std::ranges::unique(piece.asns).begin(), piece.asns.end());
  } else if (!path.empty() && path.back().shape == piece.shape) {
    path.back().asns.insert(path.back().asns.end(), piece.asns.begin(), piece.asns.end());
    return;
  }
  path.push_back(std::move(piece));
}

}  // namespace

std::optional<std::vector<PathPiece>> parse_path(std::string_view text) {
  std::vector<PathPiece> path;
  PathPiece piece;
  while (!text.empty()) {
    const char c = text.front();
    if (c == ' ' || c == ',') {
      text.remove_prefix(1);
    } else if (c == '{' || c == '[' || c == '(') {
      if (piece.shape != ' ') return std::nullopt;
      piece = {c, {}};
      text.remove_prefix(1);
    } else if (piece.shape != ' ' && c == closing(piece.shape)) {
      add(path, std::move(piece));
      piece = {};
      text.remove_prefix(1);
    } else {
      const auto asn = take_asn(text);
      if (!asn) return std::nullopt;
      piece.asns.push_back(*asn);
      if (piece.shape != ' ') continue;
      add(path, std::move(piece));
      piece = {};
    }
  }
  if (piece.shape != ' ') return std::nullopt;
  return path;
}

}  // namespace bgp::cap
