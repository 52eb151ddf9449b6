stream 0: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 65002)
  #1 0.000000 10.99.0.1 opens the connection to port 179
  #2 0.000060 10.99.0.2 takes it
  #4 0.003081 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, role customer, 4-octet-as 65001, enhanced-route-refresh
  #6 0.006310 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh-old (128) 0x, route-refresh, enhanced-route-refresh, 4-octet-as 65002, extended-message, role customer, add-path ipv4-unicast receive ipv6-unicast receive, fqdn "peer" "", graceful-restart 120 s restarting notification, long-lived-graceful-restart ipv4-unicast 0 s (forwarding) ipv6-unicast 0 s (forwarding)
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, enhanced route refresh, extended messages to first, extended messages to second
    not agreed: session: customer cannot face customer: 2/11 Role Mismatch (RFC 9234 4.2)
    not agreed: role: customer cannot face customer
    not agreed: add-path ipv4-unicast to first: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv4-unicast to second: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv6-unicast to first: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv6-unicast to second: one side cannot send, or the other cannot receive, path identifiers
    not agreed: graceful restart: the first does not advertise it
  #8 0.006659 10.99.0.2 sends NOTIFICATION 2/11 OPEN Message Error/Role Mismatch
  ended by: 10.99.0.2, which does not take 10.99.0.1's role (NOTIFICATION 2/11 OPEN Message Error/Role Mismatch)
  rule: RFC 9234 4.2
  frame: 8
  to do: the roles must be a pair: provider and customer, rs and rs-client, peer and peer
