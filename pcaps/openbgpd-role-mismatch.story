stream 0: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 65002)
  #1 0.000000 10.99.0.1 opens the connection to port 179
  #2 0.000031 10.99.0.2 takes it
  #4 0.000160 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, role customer, 4-octet-as 65001, enhanced-route-refresh
  #6 0.000414 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, role customer, graceful-restart 0 s restarting, 4-octet-as 65002
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, extended messages to first
    not agreed: session: customer cannot face customer: 2/11 Role Mismatch (RFC 9234 4.2)
    not agreed: role: customer cannot face customer
    not agreed: enhanced route refresh: the second does not advertise it
    not agreed: extended messages to second: the second does not advertise it
    not agreed: graceful restart: the first does not advertise it
  #8 0.000485 10.99.0.2 sends NOTIFICATION 2/11 OPEN Message Error/Role Mismatch
  ended by: 10.99.0.2, which does not take 10.99.0.1's role (NOTIFICATION 2/11 OPEN Message Error/Role Mismatch)
  rule: RFC 9234 4.2
  frame: 8
  to do: the roles must be a pair: provider and customer, rs and rs-client, peer and peer
