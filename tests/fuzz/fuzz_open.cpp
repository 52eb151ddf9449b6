// Any octets as the body of an OPEN: what is accepted is valid, encodes, and its encoding is a fixed point.
#include "bgp/wire/open.hpp"
#include "fuzz/target.hpp"

namespace bgp::fuzz {

void run(BytesView body) {
  if (body.size() > kMaxMessageSize - kHeaderSize) return;
  const auto read = read_open(body);
  if (read.has_value()) {
    require(!to_string(*read).empty(), "what can be read has a text");
    const bool whole = check_open(*read).has_value();
    require(whole == decode_open(body).has_value(), "decoding is reading and judging");
  }
  const auto open = decode_open(body);
  if (!open.has_value()) {
    require(open.error().code == ErrorCode::OpenMessage, "an OPEN Message Error");
    require((open.error().subcode == open_error::kUnsupportedVersionNumber) == (open.error().data.size() == 2),
            "data only for another version, or what the subcode's own RFC says");
    return;
  }
  require(open->identifier.value != 0 && open->asn() != 0 && open->hold_time != 1 && open->hold_time != 2,
          "nothing invalid is accepted");
  require(!open->families().empty(), "there is a family");
  require(to_string(*open).find('\n') == std::string::npos, "its text is one line");
  const Bytes message = encode_open(*open);
  const auto again = decode_open(BytesView(message).subspan(kHeaderSize));
  require(again.has_value() && encode_open(*again) == message, "its encoding is a fixed point");
}

}  // namespace bgp::fuzz
