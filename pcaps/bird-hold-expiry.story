stream 0: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 65002)
  #1 0.000000 10.99.0.1 opens the connection to port 179
  #2 0.000057 10.99.0.2 takes it
  #4 0.000247 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, graceful-restart 120 s, 4-octet-as 65002, enhanced-route-refresh, long-lived-graceful-restart
  #6 0.000485 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, enhanced route refresh, extended messages to first
    not agreed: extended messages to second: the second does not advertise it
    not agreed: graceful restart: the first does not advertise it
  #9 0.001176 the session is up, 1 ms after it began
    10.99.0.1: 6 UPDATEs, 4 prefixes at the end; longest silence 2.7 s of a hold time of 9 s
    10.99.0.2: 6 UPDATEs, 5 prefixes at the end; longest silence 9 s of a hold time of 9 s
  #21 9.091091 10.99.0.1 sends NOTIFICATION 4/0 Hold Timer Expired
  ended by: 10.99.0.1, whose HoldTimer expired: 10.99.0.2 said nothing for 9 s
  rule: RFC 4271 6.5
  frame: 21
  to do: 10.99.0.2 was silent while its TCP was well: look at its load, and whether its BGP process was stopped
