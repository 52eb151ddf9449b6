stream 0: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 65002)
  #1 0.000000 10.99.0.1 opens the connection to port 179
  #2 0.000021 10.99.0.2 takes it
  #4 0.000442 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, graceful-restart 30 s ipv4-unicast ipv6-unicast, 4-octet-as 65002, enhanced-route-refresh, long-lived-graceful-restart
  #6 0.000704 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, graceful-restart 0 s, 4-octet-as 65001, enhanced-route-refresh
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, enhanced route refresh, extended messages to first, graceful restart of second
    not agreed: extended messages to second: the second does not advertise it
    not agreed: graceful restart of first: it lists no family that is agreed
    not agreed: graceful NOTIFICATION: not both sent the N bit (RFC 8538 2)
    not agreed: long-lived graceful restart: the first does not advertise it
  #9 0.001308 the session is up, 1 ms after it began
    10.99.0.1: 6 UPDATEs, 4 prefixes at the end; longest silence 169 ms of a hold time of 9 s
    10.99.0.2: 6 UPDATEs, 5 prefixes at the end; longest silence 76 ms of a hold time of 9 s
  ended by: 10.99.0.2, which closed the connection without a NOTIFICATION
  rule: RFC 4724 4.2
  frame: 15
  to do: nothing, if 10.99.0.2 is back in time: until then 10.99.0.1 keeps its routes of ipv4-unicast, ipv6-unicast for 30 s

stream 1: 10.99.0.1 (AS 65001) and 10.99.0.2
  #18 0.170922 10.99.0.1 opens the connection to port 179
  #19 0.170936 10.99.0.2 takes it
  #21 0.171012 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, graceful-restart 0 s, 4-octet-as 65001, enhanced-route-refresh
  ended by: 10.99.0.2, with a TCP reset before the session was up
  rule: RFC 4271 8.2.2
  frame: 23
  to do: a reset without a NOTIFICATION is a process that died, or a device between the two: look at 10.99.0.2 at that time

stream 2: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 65002)
  #24 2.148231 10.99.0.1 opens the connection to port 179
  #25 2.148268 10.99.0.2 takes it
  #27 2.148370 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, graceful-restart 0 s, 4-octet-as 65001, enhanced-route-refresh
  #29 2.154059 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, graceful-restart 30 s ipv4-unicast ipv6-unicast, 4-octet-as 65002, enhanced-route-refresh, long-lived-graceful-restart
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, enhanced route refresh, extended messages to first, graceful restart of second
    not agreed: extended messages to second: the second does not advertise it
    not agreed: graceful restart of first: it lists no family that is agreed
    not agreed: graceful NOTIFICATION: not both sent the N bit (RFC 8538 2)
    not agreed: long-lived graceful restart: the first does not advertise it
  #33 2.154358 the session is up, 6 ms after it began
    10.99.0.1: 6 UPDATEs, 4 prefixes at the end; longest silence 168 ms of a hold time of 9 s
    10.99.0.2: 6 UPDATEs, 5 prefixes at the end; longest silence 76 ms of a hold time of 9 s
  #39 2.322995 10.99.0.1 sends NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00"
  ended by: 10.99.0.1, which was shut down by its operator (NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance – ticket 42, back at 04:00")
  rule: RFC 4486 4
  frame: 39
  to do: 10.99.0.1 has to be started again by its operator
