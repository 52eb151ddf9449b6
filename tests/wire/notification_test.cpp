// NOTIFICATION both ways; its texts (RFC 9003), the Hard Reset (RFC 8538), its names.
#include "bgp/wire/notification.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "support/hex.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

Notification shutdown(const Bytes& data) { return {ErrorCode::Cease, cease::kAdministrativeShutdown, data}; }

Bytes with_length(std::string_view text) {
  Bytes data(1 + text.size());
  data.front() = static_cast<std::uint8_t>(text.size());
  std::ranges::copy(text, data.begin() + 1);
  return data;
}

// Rules 4271-01 4271-12 4271-42
TEST(Notification, Message_EncodesToItsOctets) {
  EXPECT_EQ(hex_of(encode_notification({ErrorCode::MessageHeader, 2, {0x00, 0x12}})),
            hex_of("ffff... 0017 03 01 02 0012"_hex));
  EXPECT_EQ(hex_of(encode_notification({ErrorCode::HoldTimerExpired, 0, {}})), hex_of("ffff... 0015 03 04 00"_hex));
}

TEST(Notification, Octets_DecodeToTheMessage) {
  EXPECT_EQ(decode_notification("01 02 0012"_hex), (Notification{ErrorCode::MessageHeader, 2, {0x00, 0x12}}));
  EXPECT_EQ(decode_notification("06 00"_hex), (Notification{ErrorCode::Cease, 0, {}}));
}

// Rules 4271-42
TEST(Notification, UnknownCode_IsKeptAndShown) {  // RFC 4271 6.4
  const Notification notification = decode_notification("64 01 ab"_hex);

  EXPECT_EQ(static_cast<int>(notification.code), 100);
  EXPECT_EQ(to_string(notification), "100/1 code 100/subcode 1 0xab");
}

// Rules 8654-06
TEST(Notification, DataBeyondThePeersLimit_IsCutOff) {  // RFC 8654 5
  const Notification notification{ErrorCode::UpdateMessage, 2, Bytes(5000, 7)};

  EXPECT_EQ(encode_notification(notification).size(), 4096U);
  EXPECT_EQ(hex_of(BytesView(encode_notification(notification)).subspan(16, 3)), "100003");
  EXPECT_EQ(encode_notification(notification, kMaxExtendedMessageSize).size(), 5021U);
}

// Rules 9003-02
TEST(ShutdownCommunication, Text_GoesBehindItsLength) {  // RFC 9003 2
  EXPECT_EQ(encode_shutdown_communication("maintenance"), with_length("maintenance"));
  EXPECT_EQ(encode_shutdown_communication(""), Bytes{0});
}

// Rules 9003-02 9003-05
TEST(ShutdownCommunication, LongText_IsCutAtACharacterBorder) {  // RFC 9003 2
  EXPECT_EQ(encode_shutdown_communication(std::string(200, 'x')).size(), 129U);
  EXPECT_EQ(encode_shutdown_communication(std::string(300, 'x'), 1000).size(), 256U);
  EXPECT_EQ(encode_shutdown_communication("ab\xc3\xa9", 3), with_length("ab"));
  EXPECT_EQ(encode_shutdown_communication("ab\xc3\xa9", 4), with_length("ab\xc3\xa9"));
}

// Rules 9003-01
TEST(ShutdownCommunication, OfCease2And4_IsShown) {  // RFC 9003 2
  EXPECT_EQ(shutdown_communication(shutdown(with_length("caf\xc3\xa9"))), "caf\xc3\xa9");
  EXPECT_EQ(shutdown_communication({ErrorCode::Cease, cease::kAdministrativeReset, with_length("x")}), "x");
}

// Rules 9003-01
TEST(ShutdownCommunication, OfAnythingElse_IsNot) {
  EXPECT_FALSE(shutdown_communication({ErrorCode::Cease, cease::kPeerDeconfigured, with_length("x")}));
  EXPECT_FALSE(shutdown_communication({ErrorCode::UpdateMessage, 2, with_length("x")}));
  EXPECT_FALSE(shutdown_communication(shutdown({})));
  EXPECT_FALSE(shutdown_communication(shutdown({0})));
}

// Rules 9003-03
TEST(ShutdownCommunication, LengthBeyondTheData_IsTolerated) {  // RFC 9003 4
  EXPECT_EQ(shutdown_communication(shutdown("ff 61 62"_hex)), "ab");
  EXPECT_EQ(shutdown_communication(shutdown("01 61 62"_hex)), "a");
}

// Rules 9003-02 9003-03 9003-04
TEST(ShutdownCommunication, UnsafeOctets_AreEscaped) {  // RFC 9003 2, 4
  struct Case {
    std::string_view octets, shown;
  };
  for (const Case& c :
       {Case{"a\nb", "a\\x0ab"}, Case{"\x1b[31m", "\\x1b[31m"}, Case{"\x7f", "\\x7f"}, Case{"\xff", "\\xff"},
        Case{"\xc3", "\\xc3"}, Case{"\xc0\x80", "\\xc0\\x80"}, Case{"\xe0\x80\x80", "\\xe0\\x80\\x80"},
        Case{"\xed\xa0\x80", "\\xed\\xa0\\x80"}, Case{"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"},
        Case{"\xc2\x85", "\\xc2\\x85"}, Case{"\xe2\x80\xae", "\\xe2\\x80\\xae"},
        Case{"\xf0\x9f\x90\xa2", "\xf0\x9f\x90\xa2"}, Case{"\xe2\x82\xac", "\xe2\x82\xac"}}) {
    EXPECT_EQ(shutdown_communication(shutdown(with_length(c.octets))), c.shown);
  }
}

// Rules 8538-05
TEST(HardReset, Reason_IsInTheData) {  // RFC 8538 3.1
  const Notification reason = shutdown(with_length("bye"));

  const Notification outer = hard_reset(reason);

  EXPECT_EQ(outer, (Notification{ErrorCode::Cease, 9, "06 02 03 627965"_hex}));
  EXPECT_EQ(hard_reset_reason(outer), reason);
  EXPECT_EQ(shutdown_communication(outer), "bye");
}

TEST(HardReset, OtherNotifications_HaveNoReason) {
  EXPECT_FALSE(hard_reset_reason(shutdown("0602"_hex)));
  EXPECT_FALSE(hard_reset_reason({ErrorCode::Cease, 9, {}}));
  EXPECT_FALSE(hard_reset_reason({ErrorCode::Cease, 9, {6}}));
  EXPECT_FALSE(hard_reset_reason(hard_reset(hard_reset(shutdown({})))));  // one level is all there is
}

TEST(Notification, Text_NamesCodeAndSubcode) {
  EXPECT_EQ(to_string(shutdown(with_length("maintenance"))), "6/2 Cease/Administrative Shutdown \"maintenance\"");
  EXPECT_EQ(to_string(Notification{ErrorCode::HoldTimerExpired, 0, {}}), "4/0 Hold Timer Expired");
  EXPECT_EQ(to_string(Notification{ErrorCode::MessageHeader, 2, {0, 18}}),
            "1/2 Message Header Error/Bad Message Length length 18");
  EXPECT_EQ(to_string(hard_reset({ErrorCode::Cease, 3, {}})), "6/9 Cease/Hard Reset (6/3 Cease/Peer De-configured)");
  EXPECT_EQ(to_string(Notification{ErrorCode::FiniteStateMachine, 3, {1}}),
            "5/3 Finite State Machine Error/Receive Unexpected Message in Established State (OPEN)");
}

TEST(Notification, Text_SaysWhatTheDataMeans) {
  struct Case {
    Notification notification;
    std::string_view data;
  };
  const Bytes capabilities = "01 04 0002 00 01 09 01 03"_hex;
  for (const Case& c : std::vector<Case>{
           {{ErrorCode::MessageHeader, 2, "1001"_hex}, "length 4097"},
           {{ErrorCode::MessageHeader, 2, "10"_hex}, "0x10"},
           {{ErrorCode::MessageHeader, 3, {9}}, "type 9"},
           {{ErrorCode::MessageHeader, 3, {9, 9}}, "0x0909"},
           {{ErrorCode::OpenMessage, 1, {0, 4}}, "supported version 4"},
           {{ErrorCode::OpenMessage, 7, capabilities}, "(multiprotocol ipv6-unicast, role customer)"},
           {{ErrorCode::OpenMessage, 7, "01 04 0002"_hex}, "0x01040002"},
           {{ErrorCode::UpdateMessage, 5, "40 01 02 00 00"_hex}, "0x4001020000"},
           {{ErrorCode::FiniteStateMachine, 1, {2}}, "(UPDATE)"},
           {{ErrorCode::FiniteStateMachine, 2, {5}}, "(ROUTE-REFRESH)"},
           {{ErrorCode::FiniteStateMachine, 3, {77}}, "(type 77)"},
           {{ErrorCode::FiniteStateMachine, 0, {1}}, "0x01"},
           {{ErrorCode::FiniteStateMachine, 3, {1, 2}}, "0x0102"},
           {{ErrorCode::Cease, 1, "0001 01 000003e8"_hex}, "(ipv4-unicast, 1000 prefixes)"},
           {{ErrorCode::Cease, 1, "0001 01 0003e8"_hex}, "0x0001010003e8"},
           {{ErrorCode::Cease, 10, {}}, ""},
       }) {
    EXPECT_EQ(data_text(c.notification), c.data);
    EXPECT_EQ(to_string(c.notification).ends_with(c.data), true);
  }
}

TEST(Notification, LongData_IsShownInPart) {
  const std::string text = to_string(Notification{ErrorCode::RouteRefreshMessage, 1, Bytes(65000, 0xff)});

  EXPECT_LT(text.size(), 250U);
  EXPECT_TRUE(text.ends_with("ff... (65000 octets)"));
}

// Rules 5492-05
TEST(UnsupportedCapabilities, Data_IsAListAsInAnOpen) {
  const Notification notification{ErrorCode::OpenMessage, 7, "01 04 0002 00 01 41 04 0000fde9"_hex};

  EXPECT_EQ(unsupported_capabilities(notification),
            (std::vector<Capability>{capability::Multiprotocol{kIpv6Unicast}, capability::FourOctetAs{65001}}));
  EXPECT_FALSE(unsupported_capabilities({ErrorCode::OpenMessage, 7, {}}));
  EXPECT_FALSE(unsupported_capabilities({ErrorCode::OpenMessage, 7, {1, 4, 0}}));
  EXPECT_FALSE(unsupported_capabilities({ErrorCode::OpenMessage, 2, {2, 0}}));
}

// Rules 4486-02
TEST(PrefixLimit, OfCease1_IsWrittenAndRead) {
  const Notification notification = maximum_prefixes_reached({kIpv6Unicast, 500});

  EXPECT_EQ(notification, (Notification{ErrorCode::Cease, 1, "0002 01 000001f4"_hex}));
  EXPECT_EQ(prefix_limit(notification), (PrefixLimit{kIpv6Unicast, 500}));
  EXPECT_FALSE(prefix_limit({ErrorCode::Cease, 1, {}}));
  EXPECT_FALSE(prefix_limit({ErrorCode::Cease, 1, "0002 01 000001f4 00"_hex}));
  EXPECT_FALSE(prefix_limit({ErrorCode::Cease, 2, notification.data}));
}

// RFC 4271 4.5 and 6, 4486, 6608, 7313, 8538, 9234, 9384, 9687: every row of the registry
TEST(SubcodeName, EveryRegisteredOne_HasAName) {
  const std::vector<std::pair<ErrorCode, std::vector<std::uint8_t>>> registered{
      {ErrorCode::MessageHeader, {0, 1, 2, 3}},
      {ErrorCode::OpenMessage, {0, 1, 2, 3, 4, 5, 6, 7, 11}},
      {ErrorCode::UpdateMessage, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}},
      {ErrorCode::HoldTimerExpired, {0}},
      {ErrorCode::FiniteStateMachine, {0, 1, 2, 3}},
      {ErrorCode::Cease, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}},
      {ErrorCode::RouteRefreshMessage, {0, 1}},
      {ErrorCode::SendHoldTimerExpired, {0}},
  };
  for (const auto& [code, subcodes] : registered) {
    EXPECT_FALSE(to_string(code).starts_with("code ")) << static_cast<int>(code);
    for (unsigned subcode = 0; subcode < 256; ++subcode) {
      const bool named = std::ranges::find(subcodes, subcode) != subcodes.end();
      const std::string name = subcode_name(code, static_cast<std::uint8_t>(subcode));
      EXPECT_EQ(name != "subcode " + std::to_string(subcode), named) << to_string(code) << ' ' << name;
    }
  }
}

TEST(SubcodeName, Registered_HasItsNameAndOtherItsNumber) {
  EXPECT_EQ(subcode_name(ErrorCode::OpenMessage, 11), "Role Mismatch");
  EXPECT_EQ(subcode_name(ErrorCode::OpenMessage, 9), "subcode 9");
  EXPECT_EQ(subcode_name(ErrorCode::Cease, 10), "BFD Down");
  EXPECT_EQ(subcode_name(ErrorCode::Cease, 200), "subcode 200");
  EXPECT_EQ(subcode_name(ErrorCode::RouteRefreshMessage, 1), "Invalid Message Length");
  EXPECT_EQ(subcode_name(static_cast<ErrorCode>(17), 1), "subcode 1");
  EXPECT_EQ(to_string(static_cast<ErrorCode>(17)), "code 17");
  EXPECT_EQ(to_string(ErrorCode::SendHoldTimerExpired), "Send Hold Timer Expired");
}

}  // namespace
}  // namespace bgp
