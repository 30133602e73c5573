"""A blog whose pictures fail in all ways that there are, as the night has it.

Arguments: ADDRESS SILENT_ADDRESS LOG NIGHT_FILE.  Serves ADDRESS:80, and on ADDRESS:443 what is not TLS.  SILENT_ADDRESS:80 is
bound with a backlog that is full.  NIGHT_FILE has the number of the night.  The log has "NIGHT HOST PATH"."""
import socket
import sys
import threading

address, silent_address, log_path, night_path = sys.argv[1:]
log = open(log_path, "a", buffering=1)
PICTURES = """/503.png /cut.png /empty.png /back.png /late.png /gone.png /closed.png /well.png
    http://nameless.invalid/a.png http://nameless.invalid/b.png http://refusing.test/a.png http://silent.test/a.png
    https://tls.test/a.png http://moved.test/there.png""".split()


def night():
    with open(night_path) as file:
        return int(file.read())


def response(status, body=b"", kind="image/png", more=""):
    return ("HTTP/1.1 %d X\r\nContent-Type: %s\r\nContent-Length: %d\r\n%s\r\n" % (status, kind, len(body), more)).encode() + body


def page(title, body, head=""):
    return response(200, ("<title>%s</title>%s<p>Words of the page %s, its own.%s" % (title, head, title, body)).encode(), "text/html")


def answer(host, path, now):
    if host == "pages.test":  # a page and a list that fail each night
        if path == "/":
            return page("pages", '<a href="/post">A post</a>')
        return response(503, kind="text/html") if path == "/post" else response(404)
    if host == "lists.test":
        if path == "/":
            return page("lists", "", '<link rel="alternate" type="application/rss+xml" href="/feed">')
        return response(503, kind="text/html") if path == "/feed" else response(404)
    if host == "moved.test":
        return response(302, more="Location: http://refusing.test/moved.png\r\n") if path == "/there.png" else response(404)
    if host == "varied.test":
        if path == "/":
            return page("varied", '<img src="/varied.png">')
        return response([500, 502, 503, 504][now % 4]) if path == "/varied.png" else response(404)
    if path == "/":
        return page("blog", "".join('<img src="%s">' % picture for picture in PICTURES if picture != "/late.png" or now > 2))
    if path == "/503.png":
        return response(503)
    if path == "/cut.png":
        return b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 1000\r\n\r\nhalf of it"
    if path == "/empty.png":
        return b""
    if path == "/back.png":  # comes back in the fourth night
        return response(503) if now < 4 else response(200, b"back")
    if path == "/late.png":  # the page shows it from the third night on
        return response(503)
    if path == "/closed.png":
        return response(403)
    return response(200, b"picture") if path == "/well.png" else response(404)


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
        path, now = line.split()[1].decode(), night()
        log.write("%d %s %s\n" % (now, host, path))
        said = answer(host, path, now)
        connection.sendall(said)
        if path in ("/cut.png", "/empty.png"):
            connection.shutdown(socket.SHUT_RDWR)
            return


def serve_no_tls(connection):
    connection.recv(1000)
    connection.sendall(b"SMTP is spoken here\r\n" * 10)
    connection.close()


def listen(where, port, backlog):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((where, port))
    listener.listen(backlog)
    return listener


def accept(listener, serve_one):
    while True:
        threading.Thread(target=serve_one, args=(listener.accept()[0],), daemon=True).start()


silent = listen(silent_address, 80, 0)
fillers = []
for _ in range(4):  # what waits to be accepted fills the backlog: any further SYN is dropped
    filler = socket.socket()
    filler.setblocking(False)
    filler.connect_ex((silent_address, 80))
    fillers.append(filler)
no_tls = listen(address, 443, 16)
threading.Thread(target=accept, args=(no_tls, serve_no_tls), daemon=True).start()
accept(listen(address, 80, 64), serve)
