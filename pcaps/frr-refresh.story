stream 0: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 65002)
  #1 0.000000 10.99.0.1 opens the connection to port 179
  #2 0.000027 10.99.0.2 takes it
  #4 0.003712 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
  #6 0.004056 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh-old (128) 0x, route-refresh, enhanced-route-refresh, 4-octet-as 65002, extended-message, add-path ipv4-unicast receive ipv6-unicast receive, fqdn "peer" "", graceful-restart 120 s restarting notification, long-lived-graceful-restart ipv4-unicast 0 s (forwarding) ipv6-unicast 0 s (forwarding)
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, enhanced route refresh, extended messages to first, extended messages to second
    not agreed: add-path ipv4-unicast to first: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv4-unicast to second: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv6-unicast to first: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv6-unicast to second: one side cannot send, or the other cannot receive, path identifiers
    not agreed: graceful restart: the first does not advertise it
  #10 0.011007 the session is up, 11 ms after it began
  #22 5.859949 10.99.0.2 asks again for ipv4-unicast
  #24 5.860944 10.99.0.1 begins to tell all of ipv4-unicast again (BoRR)
  #24 5.860944 10.99.0.1 has told all of ipv4-unicast (EoRR)
  #30 6.599217 10.99.0.2 asks again for ipv6-unicast
  #32 6.599917 10.99.0.1 begins to tell all of ipv6-unicast again (BoRR)
  #32 6.599917 10.99.0.1 has told all of ipv6-unicast (EoRR)
    10.99.0.1: 10 UPDATEs, 4 prefixes at the end; longest silence 2.9 s of a hold time of 9 s
    10.99.0.2: 12 UPDATEs, 9 prefixes at the end; longest silence 3 s of a hold time of 9 s
  #34 6.615666 10.99.0.1 sends NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00"
  ended by: 10.99.0.1, which was shut down by its operator (NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00")
  rule: RFC 4486 4
  frame: 34
  to do: 10.99.0.1 has to be started again by its operator
