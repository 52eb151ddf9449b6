stream 0: 2001:db8:99::2 (AS 65002) and 2001:db8:99::1 (AS 65001)
  #1 0.000000 2001:db8:99::2 opens the connection to port 179
  #2 0.000059 2001:db8:99::1 takes it
  #4 0.003112 2001:db8:99::1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
  #6 0.014893 2001:db8:99::2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh-old (128) 0x, route-refresh, enhanced-route-refresh, 4-octet-as 65002, extended-message, add-path ipv4-unicast receive ipv6-unicast receive, fqdn "peer" "", graceful-restart 120 s restarting notification, long-lived-graceful-restart ipv4-unicast 0 s (forwarding) ipv6-unicast 0 s (forwarding)
    (2001:db8:99::2 is the first, 2001:db8:99::1 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, enhanced route refresh, extended messages to first, extended messages to second
    not agreed: add-path ipv4-unicast to first: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv4-unicast to second: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv6-unicast to first: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv6-unicast to second: one side cannot send, or the other cannot receive, path identifiers
    not agreed: graceful restart: the second does not advertise it
  #10 0.016272 the session is up, 16 ms after it began
    2001:db8:99::2: 9 UPDATEs, 8 prefixes at the end; longest silence 3 s of a hold time of 9 s
    2001:db8:99::1: 6 UPDATEs, 4 prefixes at the end; longest silence 2.8 s of a hold time of 9 s
  #22 4.729248 2001:db8:99::1 sends NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00"
  ended by: 2001:db8:99::1, which was shut down by its operator (NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00")
  rule: RFC 4486 4
  frame: 22
  to do: 2001:db8:99::1 has to be started again by its operator

stream 1: 2001:db8:99::2 and 2001:db8:99::1
  #27 6.746689 2001:db8:99::2 opens the connection to port 179
  ended by: 2001:db8:99::1, which refuses connections to port 179
  rule: RFC 4271 8.2.1
  frame: 28
  to do: nobody listens there: start BGP at 2001:db8:99::1, and let it listen on that address

stream 2: 2001:db8:99::2 and 2001:db8:99::1
  #29 7.751551 2001:db8:99::2 opens the connection to port 179
  ended by: 2001:db8:99::1, which refuses connections to port 179
  rule: RFC 4271 8.2.1
  frame: 30
  to do: nobody listens there: start BGP at 2001:db8:99::1, and let it listen on that address
