#include "bgpd/daemon.hpp"

#include <gtest/gtest.h>

#include <string>
#include <system_error>

namespace bgp::daemon {
namespace {

std::string failure(std::uint16_t port, std::errc error) {
  return listen_failure(IpAddress::v4(0), port, std::make_error_code(error));
}

TEST(Daemon, PrivilegedPort_SaysWhatToDo) {
  EXPECT_EQ(failure(179, std::errc::permission_denied),
            "cannot listen on 0.0.0.0 port 179: Permission denied; ports below 1024 take root or CAP_NET_BIND_SERVICE: "
            "run bgpd as root, give it the capability (setcap cap_net_bind_service=+ep bgpd), or set port in [global] "
            "to a higher one");
  EXPECT_EQ(failure(1790, std::errc::permission_denied), "cannot listen on 0.0.0.0 port 1790: Permission denied");
}

TEST(Daemon, TakenPortAndForeignAddress_SayWhatToLookFor) {
  EXPECT_EQ(failure(179, std::errc::address_in_use),
            "cannot listen on 0.0.0.0 port 179: Address already in use; another program listens there (ss -ltnp shows "
            "which)");
  EXPECT_EQ(failure(179, std::errc::address_not_available),
            "cannot listen on 0.0.0.0 port 179: Cannot assign requested address; no interface of this machine has the "
            "address");
}

}  // namespace
}  // namespace bgp::daemon
