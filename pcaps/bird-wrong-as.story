stream 0: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 65002)
  #1 0.000000 10.99.0.1 opens the connection to port 179
  #2 0.000060 10.99.0.2 takes it
  #4 0.000402 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, graceful-restart 120 s, 4-octet-as 65002, enhanced-route-refresh, long-lived-graceful-restart
  #6 0.000642 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, enhanced route refresh, extended messages to first
    not agreed: extended messages to second: the second does not advertise it
    not agreed: graceful restart: the first does not advertise it
  #8 0.000954 10.99.0.1 sends NOTIFICATION 2/2 OPEN Message Error/Bad Peer AS
  ended by: 10.99.0.1, which expects another AS than the one in 10.99.0.2's OPEN (NOTIFICATION 2/2 OPEN Message Error/Bad Peer AS)
  rule: RFC 4271 6.2
  frame: 8
  to do: make the AS that 10.99.0.1 has configured for 10.99.0.2, and 10.99.0.2's own AS, the same
