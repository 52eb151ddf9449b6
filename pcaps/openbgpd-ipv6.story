stream 0: 2001:db8:99::2 and 2001:db8:99::1
  #1 0.000000 2001:db8:99::2 opens the connection to port 179
  ended by: 2001:db8:99::1, which refuses connections to port 179
  rule: RFC 4271 8.2.1
  frame: 2
  to do: nobody listens there: start BGP at 2001:db8:99::1, and let it listen on that address

stream 1: 2001:db8:99::2 (AS 65002) and 2001:db8:99::1 (AS 65001)
  #3 1.063648 2001:db8:99::2 opens the connection to port 179
  #4 1.063681 2001:db8:99::1 takes it
  #6 1.064442 2001:db8:99::2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, graceful-restart 0 s restarting, 4-octet-as 65002
  #8 1.064523 2001:db8:99::1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
    (2001:db8:99::2 is the first, 2001:db8:99::1 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, extended messages to second
    not agreed: enhanced route refresh: the first does not advertise it
    not agreed: extended messages to first: the first does not advertise it
    not agreed: graceful restart: the second does not advertise it
  #11 1.065622 the session is up, 1 ms after it began
    2001:db8:99::2: 5 UPDATEs, 4 prefixes at the end; longest silence 137 ms of a hold time of 9 s
    2001:db8:99::1: 6 UPDATEs, 4 prefixes at the end; longest silence 140 ms of a hold time of 9 s
  #16 1.206372 2001:db8:99::1 sends NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00"
  ended by: 2001:db8:99::1, which was shut down by its operator (NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00")
  rule: RFC 4486 4
  frame: 16
  to do: 2001:db8:99::1 has to be started again by its operator
