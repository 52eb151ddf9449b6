// compare_opens FIRST SECOND: what two speakers would agree on that send these OPEN messages (whole messages, in hex),
// and why not more. Ends with 1 when there would be no session.
#include <iostream>
#include <stdexcept>
#include <string>

#include "bgp/session/compare_opens.hpp"
#include "bgp/wire/framer.hpp"
#include "bgp/wire/notification.hpp"

namespace {

bgp::Bytes octets_of(const std::string& hex) {
  bgp::Bytes octets;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    octets.push_back(static_cast<std::uint8_t>(std::stoul(hex.substr(i, 2), nullptr, 16)));
  }
  return octets;
}

bgp::OpenMessage open_of(const std::string& hex) {
  const bgp::Bytes octets = octets_of(hex);
  bgp::BytesView in = octets;
  bgp::Framer framer;
  const auto message = framer.next(in);
  if (!message) throw std::runtime_error(to_string(message.error()));
  if (!*message || (*message)->type != bgp::MessageType::Open) throw std::runtime_error("not a whole OPEN");
  // not decode_open(): what is wrong with the values is part of the answer
  auto open = bgp::read_open((*message)->body());
  if (!open) throw std::runtime_error(to_string(open.error()));
  return *std::move(open);
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3) throw std::invalid_argument("usage: compare_opens FIRST SECOND");
  const bgp::NegotiationReport report = bgp::compare_opens(open_of(argv[1]), open_of(argv[2]));
  std::cout << to_string(report);
  return report.session() ? 0 : 1;
} catch (const std::exception& error) {
  std::cerr << error.what() << std::endl;
  return 2;
}
