stream 0: 10.99.0.1 (AS 65001) and 10.99.0.2
  #1 0.000000 10.99.0.1 opens the connection to port 179
  #6 0.091571 10.99.0.2 takes it
  #8 0.092205 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
  ended by: 10.99.0.2, with a TCP reset before the session was up
  rule: RFC 4271 8.2.2
  frame: 16
  to do: nothing: the session lives on in stream 1

stream 1: 10.99.0.2 (AS 65002) and 10.99.0.1 (AS 65001)
  #2 0.043922 10.99.0.2 opens the connection to port 179, and tries 2 times
  #3 0.043938 10.99.0.1 takes it
  #10 0.140408 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, graceful-restart 0 s restarting, 4-octet-as 65002
  #12 0.151711 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
    (10.99.0.2 is the first, 10.99.0.1 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, extended messages to second
    not agreed: enhanced route refresh: the first does not advertise it
    not agreed: extended messages to first: the first does not advertise it
    not agreed: graceful restart: the second does not advertise it
  #18 0.255453 the session is up, 211 ms after it began
    10.99.0.2: 4 UPDATEs, 5 prefixes at the end; longest silence 220 ms of a hold time of 9 s
    10.99.0.1: 6 UPDATEs, 4 prefixes at the end; longest silence 220 ms of a hold time of 9 s
  #23 0.476728 10.99.0.1 sends NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00"
  ended by: 10.99.0.1, which was shut down by its operator (NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00")
  rule: RFC 4486 4
  frame: 23
  to do: 10.99.0.1 has to be started again by its operator
