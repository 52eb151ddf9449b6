stream 0: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 65002)
  #1 0.000000 10.99.0.1 opens the connection to port 179
  #2 0.000032 10.99.0.2 takes it
  #4 0.005487 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, route-refresh, fqdn "vm" "", multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, 4-octet-as 65002, graceful-restart 30 s ipv6-unicast, extended-next-hop ipv4-unicast via ipv6
  #6 0.009296 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, graceful-restart 0 s, 4-octet-as 65001, enhanced-route-refresh
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, extended messages to first, IPv6 next hop ipv4-unicast to second, graceful restart of second
    not agreed: enhanced route refresh: the second does not advertise it
    not agreed: extended messages to second: the second does not advertise it
    not agreed: IPv6 next hop ipv4-unicast to first: the first does not advertise it
    not agreed: graceful restart of first: it lists no family that is agreed
    not agreed: graceful NOTIFICATION: not both sent the N bit (RFC 8538 2)
  #10 0.021011 the session is up, 21 ms after it began
    10.99.0.1: 6 UPDATEs, 4 prefixes at the end; longest silence 459 ms of a hold time of 9 s
    10.99.0.2: 6 UPDATEs, 5 prefixes at the end; longest silence 459 ms of a hold time of 9 s
  ended by: 10.99.0.2, which closed the connection without a NOTIFICATION
  rule: RFC 4724 4.2
  frame: 19
  to do: nothing, if 10.99.0.2 is back in time: until then 10.99.0.1 keeps its routes of ipv6-unicast for 30 s

stream 1: 10.99.0.1 and 10.99.0.2
  #22 0.481718 10.99.0.1 opens the connection to port 179
  ended by: 10.99.0.2, which refuses connections to port 179
  rule: RFC 4271 8.2.1
  frame: 23
  to do: nobody listens there: start BGP at 10.99.0.2, and let it listen on that address

stream 2: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 65002)
  #24 2.437958 10.99.0.1 opens the connection to port 179
  #25 2.437982 10.99.0.2 takes it
  #27 2.439353 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, route-refresh, fqdn "vm" "", multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, 4-octet-as 65002, graceful-restart 30 s ipv6-unicast, extended-next-hop ipv4-unicast via ipv6
  #29 2.439800 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, graceful-restart 0 s, 4-octet-as 65001, enhanced-route-refresh
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, extended messages to first, IPv6 next hop ipv4-unicast to second, graceful restart of second
    not agreed: enhanced route refresh: the second does not advertise it
    not agreed: extended messages to second: the second does not advertise it
    not agreed: IPv6 next hop ipv4-unicast to first: the first does not advertise it
    not agreed: graceful restart of first: it lists no family that is agreed
    not agreed: graceful NOTIFICATION: not both sent the N bit (RFC 8538 2)
  #32 2.440482 the session is up, 2 ms after it began
    10.99.0.1: 6 UPDATEs, 4 prefixes at the end; longest silence 602 ms of a hold time of 9 s
    10.99.0.2: 6 UPDATEs, 5 prefixes at the end; longest silence 601 ms of a hold time of 9 s
  #40 3.043110 10.99.0.1 sends NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00"
  ended by: 10.99.0.1, which was shut down by its operator (NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00")
  rule: RFC 4486 4
  frame: 40
  to do: 10.99.0.1 has to be started again by its operator
