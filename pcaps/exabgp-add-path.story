stream 0: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 65002)
  #1 0.000000 10.99.0.1 opens the connection to port 179
  #2 0.000061 10.99.0.2 takes it
  #4 0.000495 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, add-path ipv4-unicast receive ipv6-unicast receive, enhanced-route-refresh
  #6 0.037539 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, 4-octet-as 65002, add-path ipv4-unicast send ipv6-unicast send, route-refresh, enhanced-route-refresh, extended-message
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, enhanced route refresh, extended messages to first, extended messages to second, add-path ipv4-unicast to first, add-path ipv6-unicast to first
    not agreed: add-path ipv4-unicast to second: one side cannot send, or the other cannot receive, path identifiers
    not agreed: add-path ipv6-unicast to second: one side cannot send, or the other cannot receive, path identifiers
  #10 0.046293 the session is up, 46 ms after it began
    10.99.0.1: 6 UPDATEs, 4 prefixes at the end; longest silence 87 ms of a hold time of 9 s
    10.99.0.2: 7 UPDATEs, 5 prefixes at the end; longest silence 62 ms of a hold time of 9 s
  #22 0.133784 10.99.0.1 sends NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00"
  ended by: 10.99.0.1, which was shut down by its operator (NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00")
  rule: RFC 4486 4
  frame: 22
  to do: 10.99.0.1 has to be started again by its operator
