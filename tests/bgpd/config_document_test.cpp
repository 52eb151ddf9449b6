#include "bgpd/config_document.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bgpd/config.hpp"

namespace bgp::daemon {
namespace {

std::string printed(std::string_view toml) {
  const LoadedConfig loaded = load_config(toml, "f.toml");
  EXPECT_EQ(loaded.problems, std::vector<std::string>{});
  return print_document(loaded.document);
}

bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

// Every key written, none with its default.
constexpr std::string_view kEverything = R"([global]
asn = 4200000001
router_id = "10.0.0.1"
listen = ["127.0.0.1"]
port = 1790
hold_time = 30
control_socket = "/run/x"
shutdown_text = "say \"bye\"\\ \u0001 é"
log_level = "warning"
[[neighbor]]
address = "192.0.2.2"
remote_asn = 65002
description = "d"
enabled = false
port = 1791
local_address = "192.0.2.1"
local_port = 1792
passive = true
families = ["ipv6-unicast"]
next_hop_ipv4 = "192.0.2.7"
next_hop_ipv6 = "2001:db8::7"
hold_time = 60
minimum_hold_time = 10
send_hold_time = 600
connect_retry_time = 11
idle_hold_time = 12
idle_hold_max = 13
delay_open_time = 14
collision = "rfc4271"
capabilities = true
four_octet_as = true
route_refresh = false
enhanced_route_refresh = false
extended_message = false
extended_next_hop = false
add_path = true
graceful_restart = true
graceful_notification = true
software_version = "r 1.0"
required_families = ["ipv6-unicast"]
required_capabilities = ["4-octet-as", "role"]
retry_without_capabilities = false
role = "customer"
role_strict = true
enforce_first_as = true
[[neighbor]]
range = "198.51.100.0/24"
remote_asn = 0
remote_asns = [1, 2]
[[network]]
prefix = "10.0.0.0/8"
next_hop = "192.0.2.7"
origin = "egp"
med = 5
local_pref = 200
communities = ["no-export", "1:2"]
large_communities = ["1:2:3"]
as_path = [1, 2]
[[network]]
prefix = "::/0"
)";

TEST(ConfigDocument, Printed_HasEveryValueThatHolds) {
  const std::string text = printed(kEverything);

  for (const char* line :
       {"[global]", "asn = 4200000001", "port = 1790", "[[neighbor]]", "collision = \"rfc4271\"",
        "families = [\"ipv6-unicast\"]", "[[network]]", "as_path = [1, 2]", "communities = [\"no-export\", \"1:2\"]",
        "shutdown_text = \"say \\\"bye\\\"\\\\ \\u0001 é\"",
        // of the second neighbor and network: defaults, the hold time of [global]
        "hold_time = 30", "connect_retry_time = 120", "families = [\"ipv4-unicast\"]", "passive = false",
        "communities = []"}) {
    EXPECT_TRUE(has_line(text, line)) << line << "\nis not in\n" << text;
  }
}

TEST(ConfigDocument, Printed_NamesEveryKeyOfEverySection) {
  const std::string text = printed(kEverything);

  for (const Key& key : schema()) {
    const std::string name(key.name);
    const bool shown = text.contains("\n" + name + " = ");
    const bool told = text.contains("\n# " + name + " is ");  // a secret, and what stands in place of it
    EXPECT_TRUE(shown || (told && name.starts_with("password"))) << name;
  }
}

TEST(ConfigDocument, Printed_ReadsBackAsTheSame) {
  const std::string once = printed(kEverything);

  const std::string twice = printed(once);

  EXPECT_EQ(once, twice);
}

TEST(ConfigDocument, Printed_AndOriginal_MeanTheSame) {
  const Config original = load_config(kEverything, "f.toml").config;

  const Config again = load_config(printed(kEverything), "f.toml").config;

  ASSERT_EQ(again.neighbors.size(), original.neighbors.size());
  for (std::size_t i = 0; i < original.neighbors.size(); ++i) {
    EXPECT_EQ(again.neighbors[i].peer.session, original.neighbors[i].peer.session);
    EXPECT_EQ(again.neighbors[i].peer.remote_address, original.neighbors[i].peer.remote_address);
  }
  EXPECT_EQ(again.global.shutdown_text, original.global.shutdown_text);
  EXPECT_EQ(again.networks.at(0).communities, original.networks.at(0).communities);
}

TEST(ConfigDocument, Printed_SaysOfAKeyWithoutValueWhatHolds) {
  const std::string text =
      printed("[global]\nasn = 1\nrouter_id = \"1.1.1.1\"\n[[network]]\nprefix = \"10.0.0.0/8\"\n");

  EXPECT_TRUE(has_line(text, "# med is not set: MULTI_EXIT_DISC; without it none is sent")) << text;
}

}  // namespace
}  // namespace bgp::daemon
