// Any message in any session as JSON: it is always valid UTF-8 that a parser reads back as the same value. Four octets
// choose the session and the type of the message.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "bgp/json/messages.hpp"
#include "fuzz/choice.hpp"
#include "fuzz/target.hpp"

namespace bgp::fuzz {
namespace {

constexpr std::size_t kMost = 4096;  // a long message has a long text, and shows nothing that a short one does not

Bytes message_of(MessageType type, BytesView body) {
  Bytes message(16, 0xff);
  Writer out(message);
  out.u16(static_cast<std::uint16_t>(kHeaderSize + body.size()));
  out.u8(static_cast<std::uint8_t>(type));
  out.bytes(body);
  return message;
}

}  // namespace

void run(BytesView input) {
  if (input.size() > kMost) return;
  Reader in(input);
  const DecodeContext context = context_by(in);
  const std::uint8_t choice = in.u8();
  Framer framer;
  framer.set_max_message_size(kMaxExtendedMessageSize);
  const Bytes stream = message_of(static_cast<MessageType>(1 + choice % 5), in.rest());
  BytesView octets = stream;
  const auto message = framer.next(octets);
  if (!message.has_value() || !*message) return;

  const boost::json::object json = to_json(**message, context, (choice & 0x80) != 0);

  const std::string text = boost::json::serialize(json);
  require(boost::json::parse(text) == json, "it is read back as it was written");
  require(text.find('\x1b') == std::string::npos, "it is safe to print");
}

}  // namespace bgp::fuzz
