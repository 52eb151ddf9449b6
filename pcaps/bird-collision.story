stream 0: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 65002)
  #1 0.000000 10.99.0.1 opens the connection to port 179
  #4 0.088588 10.99.0.2 takes it
  #6 0.089350 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
  #12 0.171530 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, graceful-restart 120 s, 4-octet-as 65002, enhanced-route-refresh, long-lived-graceful-restart
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, enhanced route refresh, extended messages to first
    not agreed: extended messages to second: the second does not advertise it
    not agreed: graceful restart: the first does not advertise it
  #14 0.171995 10.99.0.1 sends NOTIFICATION 6/7 Cease/Connection Collision Resolution
  ended by: 10.99.0.1, which kept the other one of two connections (NOTIFICATION 6/7 Cease/Connection Collision Resolution)
  rule: RFC 4271 6.8
  frame: 14
  to do: nothing: this is how collisions end; the session lives on in stream 1

stream 1: 10.99.0.2 (AS 65002) and 10.99.0.1 (AS 65001)
  #2 0.042286 10.99.0.2 opens the connection to port 179
  #3 0.042306 10.99.0.1 takes it
  #8 0.130168 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
  #9 0.130461 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, graceful-restart 120 s, 4-octet-as 65002, enhanced-route-refresh, long-lived-graceful-restart
    (10.99.0.2 is the first, 10.99.0.1 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, enhanced route refresh, extended messages to second
    not agreed: extended messages to first: the first does not advertise it
    not agreed: graceful restart: the second does not advertise it
  #20 0.213335 the session is up, 171 ms after it began
    10.99.0.2: 6 UPDATEs, 5 prefixes at the end; longest silence 81 ms of a hold time of 9 s
    10.99.0.1: 6 UPDATEs, 4 prefixes at the end; longest silence 155 ms of a hold time of 9 s
  #28 0.368835 10.99.0.1 sends NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00"
  ended by: 10.99.0.1, which was shut down by its operator (NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00")
  rule: RFC 4486 4
  frame: 28
  to do: 10.99.0.1 has to be started again by its operator

stream 2: 10.99.0.2 and 10.99.0.1
  #32 1.244786 10.99.0.2 opens the connection to port 179
  ended by: 10.99.0.1, which refuses connections to port 179
  rule: RFC 4271 8.2.1
  frame: 33
  to do: nobody listens there: start BGP at 10.99.0.1, and let it listen on that address

stream 3: 10.99.0.2 and 10.99.0.1
  #34 2.188563 10.99.0.2 opens the connection to port 179
  ended by: 10.99.0.1, which refuses connections to port 179
  rule: RFC 4271 8.2.1
  frame: 35
  to do: nobody listens there: start BGP at 10.99.0.1, and let it listen on that address

stream 4: 10.99.0.2 and 10.99.0.1
  #36 3.243789 10.99.0.2 opens the connection to port 179
  ended by: 10.99.0.1, which refuses connections to port 179
  rule: RFC 4271 8.2.1
  frame: 37
  to do: nobody listens there: start BGP at 10.99.0.1, and let it listen on that address
