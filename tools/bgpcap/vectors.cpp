#include "tools/bgpcap/vectors.hpp"

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <functional>
#include <istream>
#include <ostream>

#include "bgp/wire/text.hpp"
#include "tools/bgpcap/compare.hpp"
#include "tools/bgpcap/hex.hpp"

namespace bgp::cap {
namespace {

using boost::json::object;
using boost::json::value;

constexpr std::array<std::string_view, 8> kKinds{"message",
                                                 "update-body",
                                                 "nlri",
                                                 "attribute-value",
                                                 "as-path-value",
                                                 "capability",
                                                 "open-optional-parameters",
                                                 "dynamic-capability-body"};

std::unexpected<std::string> wrong(std::string what) { return std::unexpected(std::move(what)); }

std::string text(const object& line, const char* key) {
  const value* found = line.if_contains(key);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

/// The object under a key; empty when it is not there.
object inner(const object& line, const char* key) {
  const value* found = line.if_contains(key);
  return found != nullptr && found->is_object() ? found->get_object() : object{};
}

/// Calls `each` with every vector of a file.
std::expected<VectorCounts, std::string> for_each(std::istream& in,
                                                  const std::function<void(const Vector&, VectorCounts&)>& each) {
  VectorCounts counts;
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const auto vector = parse_vector(line);
    if (!vector) return wrong("line " + std::to_string(number) + ": " + vector.error());
    ++counts.vectors;
    each(*vector, counts);
  }
  return counts;
}

void write_difference(const Vector& vector, const Outcome& outcome, const std::vector<std::string>& found,
                      std::ostream& out) {
  out << escaped(vector.name) << " (" << vector.kind << ")\n";
  for (const std::string& one : found) out << "  " << escaped(one) << '\n';
  out << "  expected: " << boost::json::serialize(vector.expect) << '\n';
  out << "  got:      " << boost::json::serialize(outcome_json(vector, outcome)) << '\n';
}

}  // namespace

std::expected<Vector, std::string> parse_vector(const std::string& line) {
  boost::system::error_code error;
  const value parsed = boost::json::parse(line, error);
  if (error || !parsed.is_object()) return wrong("no JSON object: " + error.message());
  const object& fields = parsed.get_object();
  Vector vector;
  vector.name = text(fields, "name");
  vector.kind = text(fields, "kind");
  if (vector.name.empty()) return wrong("no \"name\"");
  if (std::ranges::find(kKinds, vector.kind) == kKinds.end()) {
    return wrong(vector.name + ": kind \"" + escaped(vector.kind) + "\" is not known");
  }
  auto octets = parse_hex(text(fields, "hex"));
  if (!octets) return wrong(vector.name + ": hex: " + octets.error());
  vector.octets = *std::move(octets);
  const object keys = inner(fields, "context");
  auto context = context_of(keys);
  if (!context) return wrong(vector.name + ": " + context.error());
  vector.context = *std::move(context);
  if (const value* attribute = keys.if_contains("attribute")) {
    const auto code = attribute->to_number<std::uint8_t>(error);
    if (error) return wrong(vector.name + ": context: attribute is no attribute code");
    vector.attribute = code;
  }
  vector.expect = inner(fields, "expect");
  return vector;
}

std::expected<Exceptions, std::string> read_exceptions(std::istream& in) {
  Exceptions exceptions;
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.empty() || line.front() == '#') continue;
    const auto colon = line.find(": ");
    if (colon == std::string::npos || colon == 0) {
      return wrong("line " + std::to_string(number) + ": not of the form \"NAME: reason\"");
    }
    exceptions[line.substr(0, colon)] = line.substr(colon + 2);
  }
  return exceptions;
}

std::expected<VectorCounts, std::string> print_vectors(std::istream& in, std::ostream& out) {
  return for_each(in, [&](const Vector& vector, VectorCounts&) {
    out << boost::json::serialize(outcome_json(vector, outcome_of(vector))) << '\n';
  });
}

std::expected<VectorCounts, std::string> check_vectors(std::istream& in, const Exceptions& exceptions,
                                                       std::ostream& out) {
  return for_each(in, [&](const Vector& vector, VectorCounts& counts) {
    const Outcome outcome = outcome_of(vector);
    const auto found = differences(vector.expect, outcome);
    if (const auto exception = exceptions.find(vector.name); exception != exceptions.end()) {
      ++counts.excepted;
      out << escaped(vector.name) << ": not compared: " << exception->second
          << (found.empty() ? " (but it is as expected)" : "") << '\n';
    } else if (!found.empty()) {
      ++counts.different;
      write_difference(vector, outcome, found, out);
    }
  });
}

}  // namespace bgp::cap
