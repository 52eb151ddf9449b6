"""Runs under ExaBGP as its API process: what it says goes to the file "said", what the FIFO "orders" says goes to it.

usage: exabgp_process.py FOLDER      both are in there
"""
import os
import select
import sys


def main():
    orders = os.open(os.path.join(sys.argv[1], "orders"), os.O_RDWR)  # for writing too: so it never is at its end
    said = os.open(os.path.join(sys.argv[1], "said"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    while True:
        readable, _, _ = select.select([0, orders], [], [])
        if orders in readable:
            os.write(1, os.read(orders, 65536))
        if 0 in readable:
            octets = os.read(0, 65536)
            if not octets:
                return
            os.write(said, octets)


if __name__ == "__main__":
    main()
