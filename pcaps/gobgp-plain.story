stream 0: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 65002)
  #1 0.000000 10.99.0.1 opens the connection to port 179
  #2 0.000027 10.99.0.2 takes it
  #4 0.013620 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, route-refresh, fqdn "vm" "", multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, 4-octet-as 65002, extended-next-hop ipv4-unicast via ipv6
  #6 0.014443 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, extended messages to first, IPv6 next hop ipv4-unicast to second
    not agreed: enhanced route refresh: the second does not advertise it
    not agreed: extended messages to second: the second does not advertise it
    not agreed: IPv6 next hop ipv4-unicast to first: the first does not advertise it
  #10 0.021595 the session is up, 21 ms after it began
    10.99.0.1: 6 UPDATEs, 4 prefixes at the end; longest silence 1.6 s of a hold time of 9 s
    10.99.0.2: 5 UPDATEs, 4 prefixes at the end; longest silence 1.6 s of a hold time of 9 s
  #19 1.657962 10.99.0.1 sends NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00"
  ended by: 10.99.0.1, which was shut down by its operator (NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00")
  rule: RFC 4486 4
  frame: 19
  to do: 10.99.0.1 has to be started again by its operator
