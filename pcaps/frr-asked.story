stream 0: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 65002)
  #1 0.000000 10.99.0.1 opens the connection to port 179
  #2 0.000040 10.99.0.2 takes it
  #4 0.000398 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, graceful-restart 0 s, 4-octet-as 65001, enhanced-route-refresh
  #6 0.001803 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh-old (128) 0x, route-refresh, enhanced-route-refresh, 4-octet-as 65002, extended-message, add-path ipv4-unicast receive ipv6-unicast receive, fqdn "peer" "", graceful-restart 120 s restarting notification, long-lived-graceful-restart ipv4-unicast 0 s (forwarding) ipv6-unicast 0 s (forwarding)
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, enhanced route refresh, extended messages to first, extended messages to second
    not agreed: add-path ipv4-unicast to first: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv4-unicast to second: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv6-unicast to first: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv6-unicast to second: one side cannot send, or the other cannot receive, path identifiers
    not agreed: graceful restart of first: it lists no family that is agreed
    not agreed: graceful restart of second: it lists no family that is agreed
    not agreed: graceful NOTIFICATION: not both sent the N bit (RFC 8538 2)
    not agreed: long-lived graceful restart: the first does not advertise it
  #9 0.002671 the session is up, 2 ms after it began
  #22 5.238847 10.99.0.1 asks again for ipv4-unicast
  #24 5.239479 10.99.0.2 begins to tell all of ipv4-unicast again (BoRR)
  #26 5.239655 10.99.0.1 asks again for ipv6-unicast
  #27 5.239795 10.99.0.2 begins to tell all of ipv6-unicast again (BoRR)
  #29 5.339989 10.99.0.2 has told all of ipv4-unicast (EoRR)
  #29 5.339989 10.99.0.2 has told all of ipv6-unicast (EoRR)
    10.99.0.1: 6 UPDATEs, 4 prefixes at the end; longest silence 2.7 s of a hold time of 9 s
    10.99.0.2: 18 UPDATEs, 9 prefixes at the end; longest silence 2.9 s of a hold time of 9 s
  #31 5.344676 10.99.0.1 sends NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00"
  ended by: 10.99.0.1, which was shut down by its operator (NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00")
  rule: RFC 4486 4
  frame: 31
  to do: 10.99.0.1 has to be started again by its operator
