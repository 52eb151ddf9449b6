stream 0: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 65002)
  #1 0.000000 10.99.0.1 opens the connection to port 179
  #2 0.000023 10.99.0.2 takes it
  #4 0.000603 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
  #6 0.001356 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh-old (128) 0x, route-refresh, enhanced-route-refresh, 4-octet-as 65002, extended-message, add-path ipv4-unicast receive ipv6-unicast receive, fqdn "peer" "", graceful-restart 120 s restarting notification, long-lived-graceful-restart ipv4-unicast 0 s (forwarding) ipv6-unicast 0 s (forwarding)
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, enhanced route refresh, extended messages to first, extended messages to second
    not agreed: add-path ipv4-unicast to first: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv4-unicast to second: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv6-unicast to first: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv6-unicast to second: one side cannot send, or the other cannot receive, path identifiers
    not agreed: graceful restart: the first does not advertise it
  #9 0.001899 the session is up, 1 ms after it began
    10.99.0.1: 6 UPDATEs, 4 prefixes at the end; longest silence 2.7 s of a hold time of 9 s
    10.99.0.2: 8 UPDATEs, 9 prefixes at the end; longest silence 3 s of a hold time of 9 s
  #20 5.209468 10.99.0.2 sends NOTIFICATION 6/2 Cease/Administrative Shutdown "new fibre, ticket 23, back at 05:00"
  ended by: 10.99.0.2, which was shut down by its operator (NOTIFICATION 6/2 Cease/Administrative Shutdown "new fibre, ticket 23, back at 05:00")
  rule: RFC 4486 4
  frame: 20
  to do: 10.99.0.2 has to be started again by its operator
