// Which of two faults in an OPEN is told: version and parameters, without which nothing else can be known, then AS,
// hold time and identifier as RFC 4271 6.2 has them, then role (RFC 9234 4.2) and what is required (RFC 5492 3).
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "bgp/session/negotiation.hpp"
#include "support/hex.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

PeerConfig ours() {
  PeerConfig config;
  config.local_asn = 65001;
  config.local_identifier = {0x0a000005};
  config.remote_asn = 65002;
  config.minimum_hold_time = 20;
  config.families = {kIpv4Unicast, kIpv6Unicast};
  config.required_families = {kIpv6Unicast};
  config.role = BgpRole::Customer;
  config.role_strict = true;
  return config;
}

/// The parts of an OPEN in hex, all good.
struct Parts {
  std::string version = "04";
  std::string as = "fdea";
  std::string hold = "005a";
  std::string identifier = "0a000009";
  std::string as_capability = "41 04 0000fdea";
  std::string role = "09 01 00";
  std::string families = "01 04 0001 00 01 01 04 0002 00 01";
  std::string behind;  ///< parameters behind the capabilities

  [[nodiscard]] Bytes body() const {
    const Bytes capabilities = octets_of_hex(as_capability + role + families);
    const Bytes parameters =
        Bytes{2, static_cast<std::uint8_t>(capabilities.size())} + capabilities + octets_of_hex(behind);
    return octets_of_hex(version + as + hold + identifier) + Bytes{static_cast<std::uint8_t>(parameters.size())} +
           parameters;
  }
};

struct Fault {
  const char* name;
  std::uint8_t subcode;
  void (*plant)(Parts&);
};

/// In the order in which they are told.
const std::vector<Fault>& faults() {
  static const std::vector<Fault> kFaults{
      {"version 3", 1, [](Parts& parts) { parts.version = "03"; }},
      {"parameter that is not known", 4, [](Parts& parts) { parts.behind += "0100"; }},
      {"parameter that is not whole", 0, [](Parts& parts) { parts.behind += "0201"; }},
      {"AS field 0", 2, [](Parts& parts) { parts.as = "0000"; }},
      {"another AS", 2, [](Parts& parts) { parts.as_capability = "41 04 0000fdeb"; }},
      {"hold time 1", 6, [](Parts& parts) { parts.hold = "0001"; }},
      {"hold time below our minimum", 6, [](Parts& parts) { parts.hold = "0013"; }},
      {"identifier 0", 3, [](Parts& parts) { parts.identifier = "00000000"; }},
      {"role that does not correspond", 11, [](Parts& parts) { parts.role = "09 01 03"; }},
      {"required family missing", 7, [](Parts& parts) { parts.families = "01 04 0001 00 01"; }},
  };
  return kFaults;
}

std::optional<Notification> refusal(const Parts& parts) {
  const auto open = read_open(parts.body());
  if (!open) return open.error();
  const auto terms = negotiate(make_open(ours()), *open, ours());
  return terms ? std::nullopt : std::optional(terms.error());
}

TEST(OpenOrder, WithoutAFault_ThereIsNoRefusal) { EXPECT_EQ(refusal(Parts{}), std::nullopt); }

// Rules 4271-19 4271-20 4271-21 4271-22 4271-23 4271-24 4271-25 9234-02 5492-05
TEST(OpenOrder, OneFault_IsTold) {
  for (const Fault& fault : faults()) {
    Parts parts;
    fault.plant(parts);

    const auto told = refusal(parts);

    ASSERT_TRUE(told) << fault.name;
    EXPECT_EQ(told->code, ErrorCode::OpenMessage);
    EXPECT_EQ(told->subcode, fault.subcode) << fault.name;
  }
}

TEST(OpenOrder, OfEveryPairOfFaults_TheEarlierIsTold) {
  for (std::size_t first = 0; first < faults().size(); ++first) {
    for (std::size_t second = first + 1; second < faults().size(); ++second) {
      Parts parts;
      faults()[first].plant(parts);
      faults()[second].plant(parts);

      const auto told = refusal(parts);

      ASSERT_TRUE(told);
      EXPECT_EQ(told->subcode, faults()[first].subcode) << faults()[first].name << " and " << faults()[second].name;
    }
  }
}

}  // namespace
}  // namespace bgp
