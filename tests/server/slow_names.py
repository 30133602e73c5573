"""A name server that takes its time to say that there is no such name.  Arguments: ADDRESS SECONDS.  Listens on ADDRESS:53."""
import socket
import sys
import threading
import time

address, seconds = sys.argv[1], float(sys.argv[2])
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind((address, 53))


def answer(query, client):
    time.sleep(seconds)
    # The same question, no answers; QR RD RA, RCODE 3 (RFC 1035, 4.1.1).
    server.sendto(query[:2] + b"\x81\x83" + query[4:6] + b"\0\0\0\0\0\0" + query[12:], client)


while True:
    threading.Thread(target=answer, args=server.recvfrom(4096), daemon=True).start()
