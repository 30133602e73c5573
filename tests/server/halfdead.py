"""A blog whose pictures lie on hosts that are gone, and on one that is there.

Arguments: ADDRESS SILENT_ADDRESS LOG POSTS PICTURES HOSTS [SLOW].  On SLOW pages stands a picture of slow.test, which takes
three seconds for each.  Serves ADDRESS:80.  SILENT_ADDRESS:80 is bound with a backlog
that is full, so that connecting to it comes to nothing.  Nothing listens on port 80 of any other address.  Picture n of PICTURES
stands on the page n % POSTS, on one of HOSTS hosts, which are by turns without a name, refusing and silent."""
import socket
import sys
import threading
import time

address, silent_address, log_path, posts, pictures, hosts = *sys.argv[1:4], *map(int, sys.argv[4:7])
slow = int(sys.argv[7]) if len(sys.argv) > 7 else 0
KINDS = ["nameless-%d.invalid", "refusing-%d.test", "silent-%d.test"]
log = open(log_path, "a", buffering=1)


def page(number):
    older = '<a rel="next" href="/page/%d">Older posts</a>' % (number + 1) if number + 1 < posts else ""
    images = "".join('<img src="http://%s/%d.png">' % (KINDS[p % hosts % 3] % (p % hosts), p) for p in range(number, pictures, posts))
    if number < slow:
        images += "<img src='http://slow.test/%d.png'>" % number
    return "<title>%d</title><p>Words %d of a page of its own.%s<img src='http://alive.test/%d.png'>%s" % (number, number, images, number, older)


def answer(host, path):
    if host == "alive.test":
        return "image/png", "picture %s" % path
    if path == "/robots.txt":
        return None
    if host == "slow.test":
        time.sleep(3)
        return "image/png", "late picture %s" % path
    number = int(path[6:]) if path.startswith("/page/") else 0 if path == "/" else posts
    return ("text/html", page(number)) if number < posts else None


def serve(connection):
    stream = connection.makefile("rb")
    while True:
        line = stream.readline()
        if not line:
            return
        host = ""
        for field in iter(stream.readline, b"\r\n"):
            if field.lower().startswith(b"host:"):
                host = field[5:].strip().decode()
        path = line.split()[1].decode()
        found = answer(host, path)
        log.write("%s %s\n" % (host, path))
        kind, body = found or ("text/plain", "none")
        connection.sendall(("HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s" % (
            "200 OK" if found else "404 Not Found", kind, len(body), body)).encode())


def listen(where, backlog):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((where, 80))
    listener.listen(backlog)
    return listener


silent = listen(silent_address, 0)
fillers = []
for _ in range(4):  # what waits to be accepted fills the backlog: any further SYN is dropped
    filler = socket.socket()
    filler.setblocking(False)
    filler.connect_ex((silent_address, 80))
    fillers.append(filler)
listener = listen(address, 64)
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
