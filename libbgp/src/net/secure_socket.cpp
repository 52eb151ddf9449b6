#include "secure_socket.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/asio/error.hpp>
#include <cerrno>
#include <cstring>
#include <optional>

namespace bgp::net {
namespace {

constexpr int kMaxTtl = 255;  // RFC 5082 3: what GTSM sends with

error_code last_error() { return {errno, boost::system::system_category()}; }

void set(int descriptor, int level, int name, int value, error_code& error) {
  if (!error && ::setsockopt(descriptor, level, name, &value, sizeof value) != 0) error = last_error();
}

// -1: the system's own.
void set_ttl(int descriptor, bool v6, int ttl, error_code& error) {
  set(descriptor, v6 ? IPPROTO_IPV6 : IPPROTO_IP, v6 ? IPV6_UNICAST_HOPS : IP_TTL, ttl, error);
}

int least_ttl(const TransportSecurity& security) { return kMaxTtl + 1 - security.gtsm_hops; }

void set_least_ttl(int descriptor, bool v6, int ttl, error_code& error) {
  set(descriptor, v6 ? IPPROTO_IPV6 : IPPROTO_IP, v6 ? IPV6_MINHOPCOUNT : IP_MINTTL, ttl, error);
}

/// What a peer's packets must and ours do have, GTSM or not. An accepted socket has its listener's until then.
void set_hops(int descriptor, bool v6, const TransportSecurity& security, error_code& error) {
  if (security.gtsm_hops == 0) {
    set_ttl(descriptor, v6, security.ttl == 0 ? -1 : security.ttl, error);
    return;
  }
  set_ttl(descriptor, v6, kMaxTtl, error);
  set_least_ttl(descriptor, v6, least_ttl(security), error);
}

/// The TTL with which the SYN of an accepted connection arrived; nothing when the kernel has not kept it (SYN cookies).
std::optional<int> ttl_of_syn(int descriptor, bool v6) {
  std::array<std::uint8_t, 256> header{};  // of IP, then of TCP
  socklen_t size = header.size();
  constexpr std::size_t kTtlAt = 8, kHopLimitAt = 7;  // RFC 791 3.1, RFC 8200 3
  if (::getsockopt(descriptor, IPPROTO_TCP, TCP_SAVED_SYN, header.data(), &size) != 0 || size < 20) return std::nullopt;
  return header[v6 ? kHopLimitAt : kTtlAt];
}

bool has_octets(int descriptor) {
  int octets = 0;
  return ::ioctl(descriptor, FIONREAD, &octets) != 0 || octets > 0;
}

}  // namespace

void secure_dialer(int descriptor, const IpAddress& remote, const TransportSecurity& security, error_code& error) {
  set_hops(descriptor, remote.is_v6(), security, error);
  if (!error && !security.md5_key.empty()) {
    set_md5_key(descriptor, Prefix(remote, remote.bits()), security.md5_key, error);
  }
}

void secure_accepted(int descriptor, const IpAddress& remote, const TransportSecurity& security, error_code& error) {
  set_hops(descriptor, remote.is_v6(), security, error);
  if (error || security.gtsm_hops == 0) return;
  const auto ttl = ttl_of_syn(descriptor, remote.is_v6());
  const bool near = ttl ? *ttl >= least_ttl(security) : !has_octets(descriptor);
  if (!near) error = asio::error::access_denied;
}

void expect_gtsm(int descriptor, bool v6, error_code& error) {
  set_ttl(descriptor, v6, kMaxTtl, error);
  set(descriptor, IPPROTO_TCP, TCP_SAVE_SYN, 1, error);
}

void set_md5_key(int descriptor, const Prefix& remote, std::string_view key, error_code& error) {
  tcp_md5sig request{};
  static_assert(sizeof request.tcpm_key == TCP_MD5SIG_MAXKEYLEN);
  const tcp::endpoint to = to_asio(remote.address(), 0);
  std::memcpy(&request.tcpm_addr, to.data(), to.size());
  const std::size_t copied = key.copy(reinterpret_cast<char*>(request.tcpm_key), TCP_MD5SIG_MAXKEYLEN);
  request.tcpm_keylen = static_cast<std::uint16_t>(copied);
  const bool whole = remote.length() == remote.address().bits();
  if (!whole) {
    request.tcpm_flags = TCP_MD5SIG_FLAG_PREFIX;
    request.tcpm_prefixlen = remote.length();
  }
  const int option = whole ? TCP_MD5SIG : TCP_MD5SIG_EXT;
  if (::setsockopt(descriptor, IPPROTO_TCP, option, &request, sizeof request) == 0) return;
  // To take away what is not there
  if (!(key.empty() && errno == ENOENT)) error = last_error();
}

}  // namespace bgp::net

namespace bgp {

std::vector<std::string> problems(const TransportSecurity& security) {
  std::vector<std::string> found;
  if (security.gtsm_hops == 255) found.emplace_back("GTSM: a peer 255 hops away is anybody; 1 to 254");
  if (security.gtsm_hops != 0 && security.ttl != 0) {
    found.emplace_back("GTSM and a TTL: GTSM sends with TTL 255 (RFC 5082 3); leave one out");
  }
  if (security.md5_key.size() > TCP_MD5SIG_MAXKEYLEN) {
    found.emplace_back("TCP MD5: the key has " + std::to_string(security.md5_key.size()) + " octets; at most 80");
  }
  return found;
}

bool has_tcp_md5() {
  net::asio::io_context unused;
  net::tcp::socket socket(unused);
  net::error_code error;
  socket.open(net::tcp::v4(), error);
  if (!error) net::set_md5_key(socket.native_handle(), Prefix(IpAddress::v4(0x7f000001), 32), "key", error);
  return !error;
}

}  // namespace bgp
