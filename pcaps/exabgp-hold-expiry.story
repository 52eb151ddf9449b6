stream 0: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 65002)
  #1 0.000000 10.99.0.1 opens the connection to port 179
  #2 0.000075 10.99.0.2 takes it
  #4 0.013766 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
  #6 0.047637 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, 4-octet-as 65002, route-refresh, enhanced-route-refresh, extended-message
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, enhanced route refresh, extended messages to first, extended messages to second
  #9 0.074398 the session is up, 74 ms after it began
    10.99.0.1: 6 UPDATEs, 4 prefixes at the end; longest silence 2.8 s of a hold time of 9 s
    10.99.0.2: 7 UPDATEs, 5 prefixes at the end; longest silence 9 s of a hold time of 9 s
  #28 9.089710 10.99.0.1 sends NOTIFICATION 4/0 Hold Timer Expired
  ended by: 10.99.0.1, whose HoldTimer expired: 10.99.0.2 said nothing for 9 s
  rule: RFC 4271 6.5
  frame: 28
  to do: 10.99.0.2 was silent while its TCP was well: look at its load, and whether its BGP process was stopped
