stream 0: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 4200000002)
  #1 0.000000 10.99.0.1 opens the connection to port 179
  #2 0.000017 10.99.0.2 takes it
  #4 0.001653 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, enhanced-route-refresh
  #6 0.012599 10.99.0.2 offers AS 4200000002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh-old (128) 0x, route-refresh, enhanced-route-refresh, 4-octet-as 4200000002, extended-message, add-path ipv4-unicast receive ipv6-unicast receive, fqdn "peer" "", graceful-restart 120 s restarting notification, long-lived-graceful-restart ipv4-unicast 0 s (forwarding) ipv6-unicast 0 s (forwarding)
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, route refresh to first, route refresh to second, enhanced route refresh, extended messages to first, extended messages to second
    not agreed: four-octet AS: the first does not advertise it
    not agreed: add-path ipv4-unicast to first: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv4-unicast to second: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv6-unicast to first: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv6-unicast to second: one side cannot send, or the other cannot receive, path identifiers
    not agreed: graceful restart: the first does not advertise it
  #8 0.016698 the session is up, 16 ms after it began
    10.99.0.1: 6 UPDATEs, 4 prefixes at the end; longest silence 2.6 s of a hold time of 9 s
    10.99.0.2: 8 UPDATEs, 9 prefixes at the end; longest silence 3 s of a hold time of 9 s
  #18 5.106847 10.99.0.1 sends NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00"
  ended by: 10.99.0.1, which was shut down by its operator (NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00")
  rule: RFC 4486 4
  frame: 18
  to do: 10.99.0.1 has to be started again by its operator
