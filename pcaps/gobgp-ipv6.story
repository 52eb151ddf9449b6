stream 0: 2001:db8:99::2 (AS 65002) and 2001:db8:99::1 (AS 65001)
  #1 0.000000 2001:db8:99::2 opens the connection to port 179
  #2 0.000026 2001:db8:99::1 takes it
  #4 0.003991 2001:db8:99::1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
  #6 0.008004 2001:db8:99::2 offers AS 65002 hold time 9 identifier 10.99.0.2, route-refresh, fqdn "vm" "", multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, 4-octet-as 65002, extended-next-hop ipv4-unicast via ipv6
    (2001:db8:99::2 is the first, 2001:db8:99::1 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, extended messages to second, IPv6 next hop ipv4-unicast to first
    not agreed: enhanced route refresh: the first does not advertise it
    not agreed: extended messages to first: the first does not advertise it
    not agreed: IPv6 next hop ipv4-unicast to second: the second does not advertise it
  #10 0.012218 the session is up, 12 ms after it began
    2001:db8:99::2: 5 UPDATEs, 4 prefixes at the end; longest silence 1.7 s of a hold time of 9 s
    2001:db8:99::2 sent again 1 times
    2001:db8:99::1: 6 UPDATEs, 4 prefixes at the end; longest silence 1.7 s of a hold time of 9 s
  #19 1.754676 2001:db8:99::1 sends NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00"
  ended by: 2001:db8:99::1, which was shut down by its operator (NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00")
  rule: RFC 4486 4
  frame: 19
  to do: 2001:db8:99::1 has to be started again by its operator
