stream 0: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 65002)
  #1 0.000000 10.99.0.1 opens the connection to port 179
  #2 0.000030 10.99.0.2 takes it
  #4 0.005481 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, route-refresh, fqdn "vm" "", multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, 4-octet-as 65002, extended-next-hop ipv4-unicast via ipv6
  #6 0.006570 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, extended messages to first, IPv6 next hop ipv4-unicast to second
    not agreed: enhanced route refresh: the second does not advertise it
    not agreed: extended messages to second: the second does not advertise it
    not agreed: IPv6 next hop ipv4-unicast to first: the first does not advertise it
  #10 0.007121 the session is up, 7 ms after it began
  #18 0.196184 10.99.0.1 asks again for ipv4-unicast
  #21 0.197071 10.99.0.1 asks again for ipv6-unicast
    10.99.0.1: 6 UPDATEs, 4 prefixes at the end; longest silence 187 ms of a hold time of 9 s
    10.99.0.2: 8 UPDATEs, 5 prefixes at the end; longest silence 186 ms of a hold time of 9 s
  #25 0.201075 10.99.0.1 sends NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00"
  ended by: 10.99.0.1, which was shut down by its operator (NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00")
  rule: RFC 4486 4
  frame: 25
  to do: 10.99.0.1 has to be started again by its operator
