#!/usr/bin/env python3
"""Answers over HTTP/2, by the package h2 of PyPI.

    http2.py --address A --facts FILE --certificate PEM --key PEM

Listens on port 443 and speaks nothing but HTTP/2; "/" links to the rest.  --facts: an empty file, once it listens.
"""
import argparse
import socket
import ssl
import threading
import time

import h2.config
import h2.connection
import h2.events

FIELDS = [(b":status", b"200"), (b"content-type", b"text/plain"), (b"x-twice", b"1"), (b"x-twice", b"2"), (b"x-odd", b"gr\xf6\xdfe")]
PATHS = ["/plain", "/trailers", "/hints", "/empty", "/reset", "/never"]


def answer(connection, stream, path, flush):
    if path == "/never":
        connection.reset_stream(stream, 2)
        return
    if path == "/hints":
        connection.send_headers(stream, [(b":status", b"103"), (b"link", b"</a.css>")])
    if path == "/":
        connection.send_headers(stream, [(b":status", b"200"), (b"content-type", b"text/html")])
        connection.send_data(stream, "".join('<a href="%s">.</a>' % path for path in PATHS).encode(), end_stream=True)
        return
    connection.send_headers(stream, FIELDS, end_stream=path == "/empty")
    if path == "/empty":
        return
    connection.send_data(stream, b"hello from " + path.encode(), end_stream=path in ("/plain", "/hints"))
    if path == "/trailers":
        connection.send_headers(stream, [(b"x-sum", b"1"), (b"x-more", b"2")], end_stream=True)
    if path == "/reset":
        flush()
        time.sleep(0.1)
        connection.reset_stream(stream, 2)


def serve(stream, context):
    try:
        stream = context.wrap_socket(stream, server_side=True)
        connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False, header_encoding=None,
                                                                          validate_outbound_headers=False,
                                                                          normalize_outbound_headers=False))
        connection.initiate_connection()

        def flush():
            stream.sendall(connection.data_to_send())
        flush()
        while octets := stream.recv(65536):
            for event in connection.receive_data(octets):
                if isinstance(event, h2.events.RequestReceived):
                    answer(connection, event.stream_id, dict(event.headers)[b":path"].decode(), flush)
            flush()
    except OSError:
        pass # the other side left


def main():
    parser = argparse.ArgumentParser()
    for name in ("address", "facts", "certificate", "key"):
        parser.add_argument("--" + name)
    arguments = parser.parse_args()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(arguments.certificate, arguments.key)
    context.set_alpn_protocols(["h2"])
    listener = socket.create_server((arguments.address, 443), backlog=50)
    open(arguments.facts, "w").close()
    while True:
        stream, _ = listener.accept()
        threading.Thread(target=serve, args=(stream, context), daemon=True).start()


if __name__ == "__main__":
    main()
