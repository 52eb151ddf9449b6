stream 0: 2001:db8:99::2 and 2001:db8:99::1
  #1 0.000000 2001:db8:99::2 opens the connection to port 179
  ended by: 2001:db8:99::1, which refuses connections to port 179
  rule: RFC 4271 8.2.1
  frame: 2
  to do: nobody listens there: start BGP at 2001:db8:99::1, and let it listen on that address

stream 1: 2001:db8:99::2 and 2001:db8:99::1
  #3 0.098169 2001:db8:99::2 opens the connection to port 179
  ended by: 2001:db8:99::1, which refuses connections to port 179
  rule: RFC 4271 8.2.1
  frame: 4
  to do: nobody listens there: start BGP at 2001:db8:99::1, and let it listen on that address

stream 2: 2001:db8:99::2 (AS 65002) and 2001:db8:99::1 (AS 65001)
  #5 1.150016 2001:db8:99::2 opens the connection to port 179
  #6 1.150048 2001:db8:99::1 takes it
  #8 1.153948 2001:db8:99::1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
  #10 1.162528 2001:db8:99::2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, 4-octet-as 65002, route-refresh, enhanced-route-refresh, extended-message
    (2001:db8:99::2 is the first, 2001:db8:99::1 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, enhanced route refresh, extended messages to first, extended messages to second
  #13 1.164881 the session is up, 14 ms after it began
    2001:db8:99::2: 8 UPDATEs, 4 prefixes at the end; longest silence 133 ms of a hold time of 9 s
    2001:db8:99::1: 6 UPDATEs, 4 prefixes at the end; longest silence 230 ms of a hold time of 9 s
  #21 1.395380 2001:db8:99::1 sends NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00"
  ended by: 2001:db8:99::1, which was shut down by its operator (NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00")
  rule: RFC 4486 4
  frame: 21
  to do: 2001:db8:99::1 has to be started again by its operator

stream 3: 2001:db8:99::2 and 2001:db8:99::1
  #28 3.429121 2001:db8:99::2 opens the connection to port 179
  ended by: 2001:db8:99::1, which refuses connections to port 179
  rule: RFC 4271 8.2.1
  frame: 29
  to do: nobody listens there: start BGP at 2001:db8:99::1, and let it listen on that address
