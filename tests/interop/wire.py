"""A wire between two interfaces that can hold frames back: so both sides' SYNs can be made to cross, every time.

usage: wire.py LEFT RIGHT              passes frames both ways; obeys words from standard input, answers each by a line
       wire.py --no-offload INTERFACE  that interface sends whole checksums from now on, as a raw socket needs them

  hold     keeps the frames that arrive                                                             "hold"
  release  delivers them and passes again                                                           "release"
  crossed  since the last hold, was a TCP connection of each direction up at the same moment?       "yes" or "no"

While frames pass each is delayed by DELAY, so what two ends send at once crosses on the wire as on a real one.
"""
import collections
import ctypes
import fcntl
import os
import select
import socket
import struct
import sys
import time

DELAY = 0.04  # seconds
ETH_P_ALL = 3
ETHERNET = 14  # octets of its header
TCP = 6
FIN, SYN, RST, ACK = 1, 2, 4, 16
SIOCETHTOOL = 0x8946
ETHTOOL_STXCSUM = 0x17  # linux/ethtool.h; segmentation offload goes with it


def without_offload(interface):
    value = (ctypes.c_uint32 * 2)(ETHTOOL_STXCSUM, 0)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        fcntl.ioctl(s, SIOCETHTOOL, struct.pack("16sP16x", interface.encode(), ctypes.addressof(value)))


class Connections:
    """The TCP connections that pass by: (client, server), both as the octets of address and port."""

    def __init__(self):
        self._accepted = set()  # a SYN and ACK went by
        self._up = set()  # and the client's answer
        self.crossed = False

    def see(self, frame):
        source, destination, flags = tcp_of(frame)
        if flags & (FIN | RST):
            gone = {(source, destination), (destination, source)}
            self._accepted -= gone
            self._up -= gone
        elif flags & SYN and flags & ACK:
            self._accepted.add((destination, source))
        elif flags & ACK and (source, destination) in self._accepted:
            self._up.add((source, destination))
            self.crossed = self.crossed or len({client[:-2] for client, _ in self._up}) == 2


def tcp_of(frame):
    """(source, destination, flags) of a TCP segment; the flags are 0 for anything else."""
    kind, packet = frame[12:14], frame[ETHERNET:]
    if kind == b"\x08\x00" and packet[9] == TCP:
        segment = packet[(packet[0] & 15) * 4:]
        addresses = packet[12:16], packet[16:20]
    elif kind == b"\x86\xdd" and packet[6] == TCP:
        segment = packet[40:]
        addresses = packet[8:24], packet[24:40]
    else:
        return b"", b"", 0
    return addresses[0] + segment[0:2], addresses[1] + segment[2:4], segment[13]


class Wire:
    def __init__(self, left, right):
        self._sockets = [self._open(name) for name in (left, right)]
        self._waiting = collections.deque()  # (time it is due, socket to send on, frame)
        self._held = False
        self._connections = Connections()

    @staticmethod
    def _open(name):
        s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
        s.bind((name, 0))
        return s

    def run(self):
        say("ready")
        while True:
            readable, _, _ = select.select([0, *self._sockets], [], [], self._until_due())
            if 0 in readable and not self._command():
                return
            for s in readable:
                if s != 0:
                    self._take(s)
            self._deliver()

    def _until_due(self):
        if self._held or not self._waiting:
            return None
        return max(0.0, self._waiting[0][0] - time.monotonic())

    def _command(self):
        """False at the end of input."""
        words = os.read(0, 4096).decode().split()
        for word in words:
            if word == "crossed":
                say("yes" if self._connections.crossed else "no")
                continue
            self._held = word == "hold"
            if self._held:
                self._connections = Connections()
            say(word)
        return bool(words)

    def _take(self, s):
        frame, address = s.recvfrom(65536)
        if address[2] != socket.PACKET_OUTGOING:
            other = self._sockets[1 - self._sockets.index(s)]
            self._waiting.append((time.monotonic() + DELAY, other, frame))

    def _deliver(self):
        while not self._held and self._waiting and self._waiting[0][0] <= time.monotonic():
            _, s, frame = self._waiting.popleft()
            self._connections.see(frame)
            s.send(frame)


def say(word):
    print(word, flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--no-offload"]:
        without_offload(sys.argv[2])
    else:
        Wire(*sys.argv[1:3]).run()
