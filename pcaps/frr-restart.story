stream 0: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 65002)
  #1 0.000000 10.99.0.1 opens the connection to port 179
  #2 0.000025 10.99.0.2 takes it
  #4 0.000184 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, graceful-restart 0 s, 4-octet-as 65001, enhanced-route-refresh
  #6 0.001210 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh-old (128) 0x, route-refresh, enhanced-route-refresh, 4-octet-as 65002, extended-message, add-path ipv4-unicast receive ipv6-unicast receive, fqdn "peer" "", graceful-restart 120 s restarting notification ipv4-unicast ipv6-unicast, long-lived-graceful-restart ipv4-unicast 0 s (forwarding) ipv6-unicast 0 s (forwarding)
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, enhanced route refresh, extended messages to first, extended messages to second, graceful restart of second
    not agreed: add-path ipv4-unicast to first: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv4-unicast to second: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv6-unicast to first: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv6-unicast to second: one side cannot send, or the other cannot receive, path identifiers
    not agreed: graceful restart of first: it lists no family that is agreed
    not agreed: graceful NOTIFICATION: not both sent the N bit (RFC 8538 2)
    not agreed: long-lived graceful restart: the first does not advertise it
  #9 0.002326 the session is up, 2 ms after it began
    10.99.0.1: 6 UPDATEs, 4 prefixes at the end; longest silence 2.5 s of a hold time of 9 s
    10.99.0.2: 10 UPDATEs, 9 prefixes at the end; longest silence 2.9 s of a hold time of 9 s
  ended by: 10.99.0.2, which closed the connection without a NOTIFICATION
  rule: RFC 4724 4.2
  frame: 24
  to do: nothing, if 10.99.0.2 is back in time: until then 10.99.0.1 keeps its routes of ipv4-unicast, ipv6-unicast for 120 s

stream 1: 10.99.0.1 and 10.99.0.2
  #27 5.208057 10.99.0.1 opens the connection to port 179
  ended by: 10.99.0.2, which refuses connections to port 179
  rule: RFC 4271 8.2.1
  frame: 28
  to do: nobody listens there: start BGP at 10.99.0.2, and let it listen on that address

stream 2: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 65002)
  #29 7.066992 10.99.0.1 opens the connection to port 179
  #30 7.067028 10.99.0.2 takes it
  #32 7.067713 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh-old (128) 0x, route-refresh, enhanced-route-refresh, 4-octet-as 65002, extended-message, add-path ipv4-unicast receive ipv6-unicast receive, fqdn "peer" "", graceful-restart 120 s restarting notification ipv4-unicast ipv6-unicast, long-lived-graceful-restart ipv4-unicast 0 s (forwarding) ipv6-unicast 0 s (forwarding)
  #34 7.068336 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, graceful-restart 0 s, 4-octet-as 65001, enhanced-route-refresh
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, enhanced route refresh, extended messages to first, extended messages to second, graceful restart of second
    not agreed: add-path ipv4-unicast to first: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv4-unicast to second: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv6-unicast to first: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv6-unicast to second: one side cannot send, or the other cannot receive, path identifiers
    not agreed: graceful restart of first: it lists no family that is agreed
    not agreed: graceful NOTIFICATION: not both sent the N bit (RFC 8538 2)
    not agreed: long-lived graceful restart: the first does not advertise it
  #37 7.068767 the session is up, 1 ms after it began
    10.99.0.1: 6 UPDATEs, 4 prefixes at the end; longest silence 2.9 s of a hold time of 9 s
    10.99.0.2: 10 UPDATEs, 9 prefixes at the end; longest silence 2.9 s of a hold time of 9 s
  #49 11.220812 10.99.0.1 sends NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00"
  ended by: 10.99.0.1, which was shut down by its operator (NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00")
  rule: RFC 4486 4
  frame: 49
  to do: 10.99.0.1 has to be started again by its operator
