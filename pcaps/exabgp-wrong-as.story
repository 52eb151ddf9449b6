stream 0: 10.99.0.1 (AS 65001) and 10.99.0.2 (AS 65002)
  #1 0.000000 10.99.0.1 opens the connection to port 179
  #2 0.000024 10.99.0.2 takes it
  #4 0.000550 10.99.0.1 offers AS 65001 hold time 9 identifier 10.99.0.1, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
  #6 0.025913 10.99.0.2 offers AS 65002 hold time 9 identifier 10.99.0.2, multiprotocol ipv4-unicast, multiprotocol ipv6-unicast, 4-octet-as 65002, route-refresh, enhanced-route-refresh, extended-message
    (10.99.0.1 is the first, 10.99.0.2 the second)
    agreed: session, hold time, ipv4-unicast, ipv6-unicast, four-octet AS, route refresh to first, route refresh to second, enhanced route refresh, extended messages to first, extended messages to second
  #9 0.029727 10.99.0.2 sends NOTIFICATION 2/2 OPEN Message Error/Bad Peer AS 0x41534e20696e204f50454e202836353030312920646964206e6f74206d617463682041534e2065787065637465642028363530303929
  ended by: 10.99.0.2, which expects another AS than the one in 10.99.0.1's OPEN (NOTIFICATION 2/2 OPEN Message Error/Bad Peer AS 0x41534e20696e204f50454e202836353030312920646964206e6f74206d617463682041534e2065787065637465642028363530303929)
  rule: RFC 4271 6.2
  frame: 9
  to do: make the AS that 10.99.0.2 has configured for 10.99.0.1, and 10.99.0.1's own AS, the same
