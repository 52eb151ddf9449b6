stream 0: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 65002)
  #1 0.000000 10.99.0.1 opens the connection to port 179
  #2 0.000030 10.99.0.2 takes it
  #4 0.000720 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, graceful-restart 0 s, 4-octet-as 65001, enhanced-route-refresh
  #6 0.046755 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, 4-octet-as 65002, graceful-restart 30 s restarting ipv4-unicast (forwarding) ipv6-unicast (forwarding), route-refresh, enhanced-route-refresh, extended-message
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, enhanced route refresh, extended messages to first, extended messages to second, graceful restart of second
    not agreed: graceful restart of first: it lists no family that is agreed
    not agreed: graceful NOTIFICATION: not both sent the N bit (RFC 8538 2)
  #10 0.050066 the session is up, 50 ms after it began
    10.99.0.1: 6 UPDATEs, 4 prefixes at the end; longest silence 104 ms of a hold time of 9 s
    10.99.0.2: 7 UPDATEs, 5 prefixes at the end; longest silence 84 ms of a hold time of 9 s
  ended by: 10.99.0.2, which closed the connection without a NOTIFICATION
  rule: RFC 4724 4.2
  frame: 21
  to do: nothing, if 10.99.0.2 is back in time: until then 10.99.0.1 keeps its routes of ipv4-unicast, ipv6-unicast for 30 s

stream 1: 10.99.0.1 and 10.99.0.2
  #24 0.155328 10.99.0.1 opens the connection to port 179
  ended by: 10.99.0.2, which refuses connections to port 179
  rule: RFC 4271 8.2.1
  frame: 25
  to do: nobody listens there: start BGP at 10.99.0.2, and let it listen on that address

stream 2: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 65002)
  #26 1.958141 10.99.0.1 opens the connection to port 179
  #27 1.958174 10.99.0.2 takes it
  #29 1.958694 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, graceful-restart 0 s, 4-octet-as 65001, enhanced-route-refresh
  #31 1.988199 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, 4-octet-as 65002, graceful-restart 30 s restarting ipv4-unicast (forwarding) ipv6-unicast (forwarding), route-refresh, enhanced-route-refresh, extended-message
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, enhanced route refresh, extended messages to first, extended messages to second, graceful restart of second
    not agreed: graceful restart of first: it lists no family that is agreed
    not agreed: graceful NOTIFICATION: not both sent the N bit (RFC 8538 2)
  #34 1.991999 the session is up, 33 ms after it began
    10.99.0.1: 6 UPDATEs, 4 prefixes at the end; longest silence 37 ms of a hold time of 9 s
    10.99.0.2: 7 UPDATEs, 5 prefixes at the end; longest silence 24 ms of a hold time of 9 s
  #46 2.029225 10.99.0.1 sends NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00"
  ended by: 10.99.0.1, which was shut down by its operator (NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00")
  rule: RFC 4486 4
  frame: 46
  to do: 10.99.0.1 has to be started again by its operator
