// Any octets as one capability: an octet of code, the rest is the value. It is written back as it came, or in a form
// that means the same.
#include "bgp/wire/bytes.hpp"
#include "bgp/wire/capability.hpp"
#include "fuzz/target.hpp"

namespace bgp::fuzz {

void run(BytesView input) {
  if (input.empty() || input.size() > 256) return;
  Reader in(input);
  const std::uint8_t code = in.u8();
  const BytesView value = in.rest();
  const Capability capability = decode_capability(code, value);
  require(capability_code(capability) == code, "its code stays");
  const std::string text = to_string(capability);
  require(!text.empty() && text.find_first_of("\n\r\x1b") == std::string::npos, "its text is one safe line");
  const Bytes encoded = encode_capability(capability);
  require(encoded.size() <= value.size() + 2 && encoded.size() >= 2, "it does not grow");
  require(decode_capability(code, BytesView(encoded).subspan(2)) == capability, "it means the same");
  if (std::holds_alternative<capability::Unknown>(capability)) {
    require(std::equal(value.begin(), value.end(), encoded.begin() + 2, encoded.end()), "an unknown one is kept whole");
  }
}

}  // namespace bgp::fuzz
