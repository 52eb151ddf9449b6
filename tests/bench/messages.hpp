// bench/messages.hpp
//
// Bodies of UPDATE messages, one behind the other as a session would receive them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "bgp/wire/update.hpp"

namespace bench {

class Messages {
 public:
  Messages(std::string name, bgp::DecodeContext context) : name_(std::move(name)), context_(std::move(context)) {}

  void add(bgp::BytesView body);

  [[nodiscard]] const std::string& name() const { return name_; }
  /// Of the session that they came from.
  [[nodiscard]] const bgp::DecodeContext& context() const { return context_; }
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  [[nodiscard]] bgp::BytesView operator[](std::size_t index) const {
    const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
    return bgp::BytesView(octets_).subspan(begin, ends_[index] - begin);
  }
  /// Of all bodies.
  [[nodiscard]] std::size_t octets() const { return octets_.size(); }
  /// Announced and withdrawn, in all messages.
  [[nodiscard]] std::size_t prefixes() const { return prefixes_; }

 private:
  std::string name_;
  bgp::DecodeContext context_;
  bgp::Bytes octets_;
  std::vector<std::size_t> ends_;
  std::size_t prefixes_ = 0;
};

/// Four-octet AS and both unicast families.
[[nodiscard]] bgp::DecodeContext session(bool internal);

}  // namespace bench
