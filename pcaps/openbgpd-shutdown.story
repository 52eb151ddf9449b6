stream 0: 10.99.0.2 and 10.99.0.1
  #1 0.000000 10.99.0.2 opens the connection to port 179
  ended by: 10.99.0.1, which refuses connections to port 179
  rule: RFC 4271 8.2.1
  frame: 2
  to do: nobody listens there: start BGP at 10.99.0.1, and let it listen on that address

stream 1: 10.99.0.2 (AS 65002) and 10.99.0.1 (AS 65001)
  #3 1.809134 10.99.0.2 opens the connection to port 179
  #4 1.809158 10.99.0.1 takes it
  #6 1.809415 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, graceful-restart 0 s restarting, 4-octet-as 65002
  #8 1.810413 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
    (10.99.0.2 is the first, 10.99.0.1 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, extended messages to second
    not agreed: enhanced route refresh: the first does not advertise it
    not agreed: extended messages to first: the first does not advertise it
    not agreed: graceful restart: the second does not advertise it
  #11 1.811693 the session is up, 2 ms after it began
    10.99.0.2: 4 UPDATEs, 5 prefixes at the end; longest silence 117 ms of a hold time of 9 s
    10.99.0.1: 6 UPDATEs, 4 prefixes at the end; longest silence 118 ms of a hold time of 9 s
  #14 1.929790 10.99.0.2 sends NOTIFICATION 6/2 Cease/Administrative Shutdown "new fibre, ticket 23, back at 05:00"
  ended by: 10.99.0.2, which was shut down by its operator (NOTIFICATION 6/2 Cease/Administrative Shutdown "new fibre, ticket 23, back at 05:00")
  rule: RFC 4486 4
  frame: 14
  to do: 10.99.0.2 has to be started again by its operator
