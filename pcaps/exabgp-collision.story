stream 0: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 65002)
  #1 0.000000 10.99.0.1 opens the connection to port 179
  #4 0.099556 10.99.0.2 takes it
  #6 0.107869 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
  #12 0.283422 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, 4-octet-as 65002, route-refresh, enhanced-route-refresh, extended-message
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, enhanced route refresh, extended messages to first, extended messages to second
  #17 0.284359 the session is up, 284 ms after it began
    10.99.0.1: 6 UPDATEs, 4 prefixes at the end; longest silence 316 ms of a hold time of 9 s
    10.99.0.2: 7 UPDATEs, 5 prefixes at the end; longest silence 171 ms of a hold time of 9 s
  #31 0.600442 10.99.0.1 sends NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00"
  ended by: 10.99.0.1, which was shut down by its operator (NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00")
  rule: RFC 4486 4
  frame: 31
  to do: 10.99.0.1 has to be started again by its operator

stream 1: 10.99.0.2 and 10.99.0.1 (AS 65001)
  #2 0.047709 10.99.0.2 opens the connection to port 179
  #3 0.047734 10.99.0.1 takes it
  #8 0.164315 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
  ended by: 10.99.0.2, with a TCP reset before the session was up
  rule: RFC 4271 8.2.2
  frame: 16
  to do: nothing: the session lives on in stream 0

stream 2: 10.99.0.2 and 10.99.0.1
  #39 0.804428 10.99.0.2 opens the connection to port 179
  ended by: 10.99.0.1, which refuses connections to port 179
  rule: RFC 4271 8.2.1
  frame: 40
  to do: nobody listens there: start BGP at 10.99.0.1, and let it listen on that address

stream 3: 10.99.0.2 and 10.99.0.1
  #41 1.940735 10.99.0.2 opens the connection to port 179
  ended by: 10.99.0.1, which refuses connections to port 179
  rule: RFC 4271 8.2.1
  frame: 42
  to do: nobody listens there: start BGP at 10.99.0.1, and let it listen on that address
