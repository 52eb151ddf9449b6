// OPEN messages both ways, and each check of RFC 4271 6.2, RFC 5492, RFC 7607 and RFC 9072.
#include "bgp/wire/open.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "bgp/wire/notification.hpp"
#include "support/hex.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

using namespace capability;

OpenMessage good_open() {
  return {65001, 90, {0xc0000201}, {Multiprotocol{kIpv4Unicast}, capability::RouteRefresh{}, FourOctetAs{65001}}};
}

/// Version, AS 65001, hold time 90, identifier 192.0.2.1; then what the test adds.
Bytes body(const Bytes& optional_part) { return "04 fde9 005a c0000201"_hex + optional_part; }

Notification error_of(const Bytes& octets) {
  const auto open = decode_open(octets);
  if (open.has_value()) {
    ADD_FAILURE() << "no error for " << hex_of(octets) << ": " << *open;
    return {};
  }
  return open.error();
}

Notification open_error_of(std::uint8_t subcode) { return {ErrorCode::OpenMessage, subcode, {}}; }

// Rules 4271-01 4271-42 5492-01
TEST(Open, Message_EncodesToItsOctets) {
  EXPECT_EQ(hex_of(encode_open(good_open())),
            hex_of("ffff... 002d 01 04 fde9 005a c0000201 10 02 0e 0104 00010001 0200 4104 0000fde9"_hex));
}

TEST(Open, Octets_DecodeToTheMessage) {
  const Bytes octets = encode_open(good_open());

  const auto open = decode_open(BytesView(octets).subspan(kHeaderSize));

  ASSERT_TRUE(open.has_value()) << open.error();
  EXPECT_EQ(*open, good_open());
}

TEST(Open, NoCapabilities_HasNoOptionalParameters) {
  const OpenMessage open{1, 0, {1}, {}};

  EXPECT_EQ(hex_of(encode_open(open)), hex_of("ffff... 001d 01 04 0001 0000 00000001 00"_hex));
  EXPECT_EQ(decode_open("04 0001 0000 00000001 00"_hex), open);
}

// Rules 5492-02
TEST(Open, SeveralParametersAndRepeats_AreOneList) {  // RFC 5492 4
  const auto open = decode_open(body("12 0206 0104 00010001 0202 0200 0204 0200 4600"_hex));

  ASSERT_TRUE(open.has_value()) << open.error();
  EXPECT_EQ(open->capabilities, (std::vector<Capability>{Multiprotocol{kIpv4Unicast}, capability::RouteRefresh{},
                                                         capability::RouteRefresh{}, EnhancedRouteRefresh{}}));
}

// Rules 5492-03
TEST(Open, IdenticalCapabilities_AreSentOnce) {  // RFC 5492 4
  OpenMessage open = good_open();
  open.capabilities = {capability::RouteRefresh{}, FourOctetAs{1}, capability::RouteRefresh{}, FourOctetAs{2}};

  const Bytes octets = encode_open(open);
  const auto decoded = decode_open(BytesView(octets).subspan(kHeaderSize));

  ASSERT_TRUE(decoded.has_value());
  EXPECT_EQ(decoded->capabilities,
            (std::vector<Capability>{capability::RouteRefresh{}, FourOctetAs{1}, FourOctetAs{2}}));
}

TEST(Open, EmptyCapabilitiesParameter_IsFine) { EXPECT_TRUE(decode_open(body("02 0200"_hex)).has_value()); }

// Rules 5492-04
TEST(Open, UnknownCapability_IsKept) {  // RFC 5492 3
  const auto open = decode_open(body("06 0204 c802 abcd"_hex));

  ASSERT_TRUE(open.has_value());
  EXPECT_EQ(open->capabilities, (std::vector<Capability>{Unknown{200, {0xab, 0xcd}}}));
}

// Rules 4271-19 4271-20 4271-42
TEST(Open, OtherVersion_IsUnsupportedWithOurs) {  // RFC 4271 6.2
  for (const int version : {0, 3, 5, 255}) {
    Bytes octets = body("00"_hex);
    octets[0] = static_cast<std::uint8_t>(version);
    EXPECT_EQ(error_of(octets), (Notification{ErrorCode::OpenMessage, 1, {0, 4}}));
  }
}

// Rules 4271-12 4271-13 4271-19 4271-25
TEST(Open, ParametersNotFillingTheMessage_AreUnspecific) {  // RFC 4271 6.2
  for (const char* part : {"", "01", "02 02", "02 0201", "03 020046", "04 0202 46", "00 00", "02 0200 00",
                           "06 0206 0104 0001", "ff 0202 4600"}) {
    EXPECT_EQ(error_of(body(octets_of_hex(part))), open_error_of(0)) << part;
  }
}

// Rules 4271-25
TEST(Open, CapabilityBeyondItsParameter_IsUnspecific) {  // RFC 4271 6.2
  for (const char* part : {"03 0201 01", "04 0202 0104", "05 0203 020200", "08 0206 0105 00010001"}) {
    EXPECT_EQ(error_of(body(octets_of_hex(part))), open_error_of(0)) << part;
  }
}

// Rules 4271-19 4271-24
TEST(Open, OtherParameter_IsUnsupported) {  // RFC 4271 6.2
  for (const char* part : {"02 0100", "02 0300", "04 0200 0300", "02 fe00"}) {
    EXPECT_EQ(error_of(body(octets_of_hex(part))), open_error_of(4)) << part;
  }
}

// Rules 4271-19 4271-21 7607-01
TEST(Open, AsZero_IsBadPeerAs) {  // RFC 7607 2
  EXPECT_EQ(error_of("04 0000 005a c0000201 00"_hex), open_error_of(2));
  EXPECT_EQ(error_of(body("08 0206 4104 00000000"_hex)), open_error_of(2));
}

// Rules 4271-05 4271-19 4271-22
TEST(Open, HoldTimeOneAndTwo_AreUnacceptable) {  // RFC 4271 6.2
  EXPECT_EQ(error_of("04 fde9 0001 c0000201 00"_hex), open_error_of(6));
  EXPECT_EQ(error_of("04 fde9 0002 c0000201 00"_hex), open_error_of(6));
  EXPECT_TRUE(decode_open("04 fde9 0000 c0000201 00"_hex).has_value());
  EXPECT_TRUE(decode_open("04 fde9 0003 c0000201 00"_hex).has_value());
  EXPECT_TRUE(decode_open("04 fde9 ffff c0000201 00"_hex).has_value());
}

// Rules 4271-19 4271-23 6286-01
TEST(Open, IdentifierZero_IsBadAndAnyOtherIsGood) {  // RFC 6286 2.1
  EXPECT_EQ(error_of("04 fde9 005a 00000000 00"_hex), open_error_of(3));
  EXPECT_TRUE(decode_open("04 fde9 005a e0000001 00"_hex).has_value());
  EXPECT_TRUE(decode_open("04 fde9 005a ffffffff 00"_hex).has_value());
  EXPECT_TRUE(decode_open("04 fde9 005a 00000001 00"_hex).has_value());
}

TEST(Open, Errors_AreFoundInTheDocumentedOrder) {
  // version before parameters before AS before hold time before identifier
  EXPECT_EQ(error_of("05 0000 0001 00000000 01"_hex).subcode, 1);
  EXPECT_EQ(error_of("04 0000 0001 00000000 01"_hex).subcode, 0);
  EXPECT_EQ(error_of("04 0000 0001 00000000 00"_hex).subcode, 2);
  EXPECT_EQ(error_of("04 0001 0001 00000000 00"_hex).subcode, 6);
  EXPECT_EQ(error_of("04 0001 0003 00000000 00"_hex).subcode, 3);
}

// negotiate() judges the values, with the configuration at hand
TEST(Open, ReadOnly_JudgesNoValues) {
  const OpenMessage zeros{0, 1, {0}, {}};

  EXPECT_EQ(read_open("04 0000 0001 00000000 00"_hex), zeros);
  EXPECT_EQ(check_open(zeros).error(), open_error_of(2));
  EXPECT_EQ(read_open("05 0000 0001 00000000 00"_hex).error().subcode, 1);
  EXPECT_EQ(read_open("04 0000 0001 00000000 01"_hex).error().subcode, 0);
}

// RFC 4271 6.2: of two parameters with an error the first one is told
TEST(Open, ParameterErrors_AreFoundInTheirOrder) {
  EXPECT_EQ(error_of(body("05 0100 0201 01"_hex)).subcode, 4);
  EXPECT_EQ(error_of(body("05 0201 01 0100"_hex)).subcode, 0);
  EXPECT_EQ(error_of(body("03 0100 02"_hex)).subcode, 4);
}

// Rules 6793-03
TEST(Open, Asn_ComesFromTheFourOctetCapability) {  // RFC 6793 4.1
  OpenMessage open{23456, 90, {1}, {FourOctetAs{4200000000}}};
  EXPECT_EQ(open.asn(), 4200000000U);
  open.capabilities.clear();
  EXPECT_EQ(open.asn(), 23456U);
}

// Rules 4724-01
TEST(Open, RepeatedCapability_TheLastCounts) {  // RFC 4724 3
  const OpenMessage open{1, 90, {1}, {GracefulRestart{false, false, 1, {}}, GracefulRestart{true, false, 2, {}}}};

  ASSERT_NE(open.find<GracefulRestart>(), nullptr);
  EXPECT_EQ(open.find<GracefulRestart>()->restart_time, 2);
  EXPECT_EQ(open.find<AddPath>(), nullptr);
}

// Rules 4760-02
TEST(Open, Families_AreThoseAnnouncedOrIpv4Unicast) {  // RFC 4760 8
  OpenMessage open{1, 90, {1}, {}};
  EXPECT_EQ(open.families(), std::vector<Family>{kIpv4Unicast});
  open.capabilities = {Multiprotocol{kIpv6Unicast}, Multiprotocol{kIpv6Unicast}};
  EXPECT_EQ(open.families(), std::vector<Family>{kIpv6Unicast});
}

// Rules 9072-01
TEST(OpenExtended, ParametersBeyond255Octets_UseTheLongForm) {  // RFC 9072 2
  OpenMessage open = good_open();
  open.capabilities = {Unknown{200, Bytes(250, 1)}, Unknown{201, Bytes(3, 2)}};

  const Bytes octets = encode_open(open);

  EXPECT_EQ(hex_of(BytesView(octets).subspan(28, 7)), "ffff0104020101");
  EXPECT_EQ(decode_open(BytesView(octets).subspan(kHeaderSize)), open);
}

// Rules 9072-02
TEST(OpenExtended, ParametersOf255Octets_UseTheShortForm) {  // RFC 9072 2
  OpenMessage open = good_open();
  open.capabilities = {Unknown{200, Bytes(251, 1)}};

  const Bytes octets = encode_open(open);

  EXPECT_EQ(hex_of(BytesView(octets).subspan(28, 3)), "ff02fd");
  EXPECT_EQ(decode_open(BytesView(octets).subspan(kHeaderSize)), open);
}

// Rules 9072-03
TEST(OpenExtended, LongFormOfAnySize_IsAccepted) {  // RFC 9072 2: the length octet is ignored unless it is 0
  for (const char* part : {"ff ff 0007 02 0004 4600 0200", "01 ff 0007 02 0004 4600 0200"}) {
    const auto open = decode_open(body(octets_of_hex(part)));

    ASSERT_TRUE(open.has_value()) << open.error();
    EXPECT_EQ(open->capabilities, (std::vector<Capability>{EnhancedRouteRefresh{}, capability::RouteRefresh{}}));
  }
  EXPECT_TRUE(decode_open(body("ff ff 0000"_hex)).has_value());
}

TEST(OpenExtended, WrongLengths_AreUnspecific) {
  for (const char* part : {"ff ff", "ff ff 00", "ff ff 0001", "ff ff 0000 00", "ff ff 0003 02 0001", "00 ff 0000",
                           "ff ff 0004 02 0001 46"}) {
    EXPECT_EQ(error_of(body(octets_of_hex(part))), open_error_of(0)) << part;
  }
}

// Rules 9072-04
TEST(OpenExtended, Type255Elsewhere_IsAnUnknownParameter) {  // RFC 9072 3
  EXPECT_EQ(error_of(body("04 0200 ff00"_hex)), open_error_of(4));
  EXPECT_EQ(error_of(body("ff ff 0003 ff 0000"_hex)), open_error_of(4));
}

// Rules 8654-03
TEST(Open, MoreThan4096Octets_Throws) {  // RFC 8654 4
  OpenMessage open = good_open();
  for (std::uint8_t i = 0; i < 16; ++i)
    open.capabilities.push_back(Unknown{static_cast<std::uint8_t>(200 + i), Bytes(255, i)});

  EXPECT_THROW((void)encode_open(open), std::length_error);
}

// Rules 4271-01 4271-02
TEST(Keepalive, IsNineteenOctets) {  // RFC 4271 4.4
  EXPECT_EQ(hex_of(encode_keepalive()), "ffffffffffffffffffffffffffffffff001304");
}

TEST(Open, Text_IsOneLine) {
  EXPECT_EQ(to_string(good_open()),
            "AS 65001 hold time 90 identifier 192.0.2.1, multiprotocol ipv4-unicast, route-refresh, 4-octet-as 65001");
}

}  // namespace
}  // namespace bgp
