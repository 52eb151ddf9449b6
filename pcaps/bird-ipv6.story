stream 0: 2001:db8:99::2 (AS 65002) and 2001:db8:99::1 (AS 65001)
  #1 0.000000 2001:db8:99::2 opens the connection to port 179
  #2 0.000025 2001:db8:99::1 takes it
  #4 0.000772 2001:db8:99::1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
  #6 0.001235 2001:db8:99::2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, graceful-restart 120 s, 4-octet-as 65002, enhanced-route-refresh, long-lived-graceful-restart
    (2001:db8:99::2 is the first, 2001:db8:99::1 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, enhanced route refresh, extended messages to second
    not agreed: extended messages to first: the first does not advertise it
    not agreed: graceful restart: the second does not advertise it
  #10 0.001869 the session is up, 1 ms after it began
    2001:db8:99::2: 7 UPDATEs, 4 prefixes at the end; longest silence 137 ms of a hold time of 9 s
    2001:db8:99::1: 6 UPDATEs, 4 prefixes at the end; longest silence 258 ms of a hold time of 9 s
  #18 0.260000 2001:db8:99::1 sends NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00"
  ended by: 2001:db8:99::1, which was shut down by its operator (NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00")
  rule: RFC 4486 4
  frame: 18
  to do: 2001:db8:99::1 has to be started again by its operator
