stream 0: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 65002)
  #1 0.000000 10.99.0.1 opens the connection to port 179, and tries 2 times
  #5 0.084408 10.99.0.2 takes it
  #7 0.085062 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
  #16 0.167805 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh-old (128) 0x, route-refresh, enhanced-route-refresh, 4-octet-as 65002, extended-message, add-path ipv4-unicast receive ipv6-unicast receive, fqdn "peer" "", graceful-restart 120 s restarting notification, long-lived-graceful-restart ipv4-unicast 0 s (forwarding) ipv6-unicast 0 s (forwarding)
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, enhanced route refresh, extended messages to first, extended messages to second
    not agreed: add-path ipv4-unicast to first: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv4-unicast to second: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv6-unicast to first: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv6-unicast to second: one side cannot send, or the other cannot receive, path identifiers
    not agreed: graceful restart: the first does not advertise it
  #18 0.170331 10.99.0.2 sends NOTIFICATION 6/7 Cease/Connection Collision Resolution
  ended by: 10.99.0.2, which kept the other one of two connections (NOTIFICATION 6/7 Cease/Connection Collision Resolution)
  rule: RFC 4271 6.8
  frame: 18
  to do: nothing: this is how collisions end; the session lives on in stream 1

stream 1: 10.99.0.2 (AS 65002) and 10.99.0.1 (AS 65001)
  #3 0.044158 10.99.0.2 opens the connection to port 179
  #4 0.044203 10.99.0.1 takes it
  #11 0.125215 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh-old (128) 0x, route-refresh, enhanced-route-refresh, 4-octet-as 65002, extended-message, add-path ipv4-unicast receive ipv6-unicast receive, fqdn "peer" "", graceful-restart 120 s restarting notification, long-lived-graceful-restart ipv4-unicast 0 s (forwarding) ipv6-unicast 0 s (forwarding)
  #13 0.126337 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
    (10.99.0.2 is the first, 10.99.0.1 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, enhanced route refresh, extended messages to first, extended messages to second
    not agreed: add-path ipv4-unicast to first: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv4-unicast to second: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv6-unicast to first: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv6-unicast to second: one side cannot send, or the other cannot receive, path identifiers
    not agreed: graceful restart: the second does not advertise it
  #25 0.210896 the session is up, 166 ms after it began
    10.99.0.2: 8 UPDATEs, 9 prefixes at the end; longest silence 2.9 s of a hold time of 9 s
    10.99.0.1: 6 UPDATEs, 4 prefixes at the end; longest silence 2.4 s of a hold time of 9 s
  #40 4.251509 10.99.0.1 sends NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00"
  ended by: 10.99.0.1, which was shut down by its operator (NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00")
  rule: RFC 4486 4
  frame: 40
  to do: 10.99.0.1 has to be started again by its operator

stream 2: 10.99.0.2 and 10.99.0.1
  #45 6.352658 10.99.0.2 opens the connection to port 179
  ended by: 10.99.0.1, which refuses connections to port 179
  rule: RFC 4271 8.2.1
  frame: 46
  to do: nobody listens there: start BGP at 10.99.0.1, and let it listen on that address

stream 3: 10.99.0.2 and 10.99.0.1
  #47 7.435393 10.99.0.2 opens the connection to port 179
  ended by: 10.99.0.1, which refuses connections to port 179
  rule: RFC 4271 8.2.1
  frame: 48
  to do: nobody listens there: start BGP at 10.99.0.1, and let it listen on that address
