stream 0: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 65002)
  #1 0.000000 10.99.0.1 opens the connection to port 179
  #2 0.000049 10.99.0.2 takes it
  #4 0.000724 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, route-refresh, fqdn "vm" "", multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, 4-octet-as 65002, extended-next-hop ipv4-unicast via ipv6
  #6 0.005002 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, extended messages to first, IPv6 next hop ipv4-unicast to second
    not agreed: enhanced route refresh: the second does not advertise it
    not agreed: extended messages to second: the second does not advertise it
    not agreed: IPv6 next hop ipv4-unicast to first: the first does not advertise it
  #8 0.005577 10.99.0.2 sends NOTIFICATION 2/2 OPEN Message Error/Bad Peer AS
  ended by: 10.99.0.2, which expects another AS than the one in 10.99.0.1's OPEN (NOTIFICATION 2/2 OPEN Message Error/Bad Peer AS)
  rule: RFC 4271 6.2
  frame: 8
  to do: make the AS that 10.99.0.2 has configured for 10.99.0.1, and 10.99.0.1's own AS, the same
