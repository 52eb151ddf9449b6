stream 0: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 65002)
  #1 0.000000 10.99.0.1 opens the connection to port 179
  #2 0.000027 10.99.0.2 takes it
  #4 0.002213 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
  #6 0.072290 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, 4-octet-as 65002, route-refresh, enhanced-route-refresh, extended-message
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, enhanced route refresh, extended messages to first, extended messages to second
  #10 0.092897 the session is up, 92 ms after it began
  #23 0.302373 10.99.0.2 asks again for ipv4-unicast
  #25 0.309933 10.99.0.1 begins to tell all of ipv4-unicast again (BoRR)
  #25 0.309933 10.99.0.1 has told all of ipv4-unicast (EoRR)
  #26 0.332914 10.99.0.2 asks again for ipv6-unicast
  #27 0.333259 10.99.0.1 begins to tell all of ipv6-unicast again (BoRR)
  #27 0.333259 10.99.0.1 has told all of ipv6-unicast (EoRR)
    10.99.0.1: 10 UPDATEs, 4 prefixes at the end; longest silence 216 ms of a hold time of 9 s
    10.99.0.2: 7 UPDATEs, 5 prefixes at the end; longest silence 147 ms of a hold time of 9 s
    10.99.0.2 sent again 1 times
  #28 0.355312 10.99.0.1 sends NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00"
  ended by: 10.99.0.1, which was shut down by its operator (NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00")
  rule: RFC 4486 4
  frame: 28
  to do: 10.99.0.1 has to be started again by its operator
