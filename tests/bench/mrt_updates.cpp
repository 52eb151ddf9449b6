#include "mrt_updates.hpp"

#include "bgp/testing/input.hpp"
#include "bgp/testing/mrt.hpp"
#include "bgp/wire/framer.hpp"

namespace bench {

std::optional<Messages> mrt_updates(const std::string& path) {
  const auto octets = bgp::test::read_input(path);
  if (!octets) return std::nullopt;
  std::optional<Messages> messages;
  bgp::test::MrtReader reader(*octets);
  while (const auto record = reader.next()) {
    const auto message = bgp::test::mrt_message(*record);
    if (!message || !message->four_octet_as || message->add_path) continue;
    bgp::BytesView left = message->message;
    bgp::Framer framer;
    framer.set_max_message_size(bgp::kMaxExtendedMessageSize);
    const auto raw = framer.next(left);
    if (!raw || !*raw || (*raw)->type != bgp::MessageType::Update) continue;
    if (!messages) messages.emplace("real UPDATEs", session(message->peer_as == message->local_as));
    messages->add((*raw)->body());
  }
  return messages;
}

}  // namespace bench
