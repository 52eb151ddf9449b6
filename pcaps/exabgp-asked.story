stream 0: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 65002)
  #1 0.000000 10.99.0.1 opens the connection to port 179
  #2 0.000027 10.99.0.2 takes it
  #4 0.005596 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
  #6 0.055696 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, 4-octet-as 65002, route-refresh, enhanced-route-refresh, extended-message
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, enhanced route refresh, extended messages to first, extended messages to second
  #10 0.059625 the session is up, 59 ms after it began
  #20 0.148594 10.99.0.1 asks again for ipv4-unicast
  #21 0.149022 10.99.0.1 asks again for ipv6-unicast
    10.99.0.1: 6 UPDATEs, 4 prefixes at the end; longest silence 87 ms of a hold time of 9 s
    10.99.0.2: 7 UPDATEs, 5 prefixes at the end; longest silence 87 ms of a hold time of 9 s
  ended by: 10.99.0.2, with a TCP reset
  rule: RFC 4271 8.2.2
  frame: 22
  to do: a reset without a NOTIFICATION is a process that died, or a device between the two: look at 10.99.0.2 at that time

stream 1: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 65002)
  #23 1.061213 10.99.0.1 opens the connection to port 179
  #24 1.061250 10.99.0.2 takes it
  #26 1.061341 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
  #28 1.067265 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, 4-octet-as 65002, route-refresh, enhanced-route-refresh, extended-message
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, enhanced route refresh, extended messages to first, extended messages to second
  #31 1.067781 the session is up, 6 ms after it began
    10.99.0.1: 6 UPDATEs, 4 prefixes at the end; longest silence 94 ms of a hold time of 9 s
    10.99.0.2: 7 UPDATEs, 5 prefixes at the end; longest silence 2 ms of a hold time of 9 s
  #44 1.162389 10.99.0.1 sends NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00"
  ended by: 10.99.0.1, which was shut down by its operator (NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00")
  rule: RFC 4486 4
  frame: 44
  to do: 10.99.0.1 has to be started again by its operator
