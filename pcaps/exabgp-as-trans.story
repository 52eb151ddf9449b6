stream 0: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 4200000002)
  #1 0.000000 10.99.0.1 opens the connection to port 179
  #2 0.000026 10.99.0.2 takes it
  #4 0.005211 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, enhanced-route-refresh
  #6 0.038992 10.99.0.2 offers AS 4200000002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, 4-octet-as 4200000002, route-refresh, enhanced-route-refresh, extended-message
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, route refresh to first, route refresh to second, enhanced route refresh, extended messages to first, extended messages to second
    not agreed: four-octet AS: the first does not advertise it
  #9 0.058038 the session is up, 58 ms after it began
    10.99.0.1: 6 UPDATEs, 4 prefixes at the end; longest silence 82 ms of a hold time of 9 s
    10.99.0.2: 7 UPDATEs, 5 prefixes at the end; longest silence 53 ms of a hold time of 9 s
  #21 0.141366 10.99.0.1 sends NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00"
  ended by: 10.99.0.1, which was shut down by its operator (NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00")
  rule: RFC 4486 4
  frame: 21
  to do: 10.99.0.1 has to be started again by its operator
