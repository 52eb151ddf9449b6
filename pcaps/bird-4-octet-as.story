stream 0: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 4200000002)
  #1 0.000000 10.99.0.1 opens the connection to port 179
  #2 0.000037 10.99.0.2 takes it
  #4 0.008536 10.99.0.2 offers AS 4200000002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, graceful-restart 120 s, 4-octet-as 4200000002, enhanced-route-refresh, long-lived-graceful-restart
  #6 0.017126 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, enhanced route refresh, extended messages to first
    not agreed: extended messages to second: the second does not advertise it
    not agreed: graceful restart: the first does not advertise it
  #10 0.020679 the session is up, 20 ms after it began
    10.99.0.1: 6 UPDATEs, 4 prefixes at the end; longest silence 165 ms of a hold time of 9 s
    10.99.0.2: 7 UPDATEs, 4 prefixes at the end; longest silence 118 ms of a hold time of 9 s
  #18 0.186200 10.99.0.1 sends NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00"
  ended by: 10.99.0.1, which was shut down by its operator (NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00")
  rule: RFC 4486 4
  frame: 18
  to do: 10.99.0.1 has to be started again by its operator
