"""A server that says what a test has it say."""

import socket
import threading
from contextlib import contextmanager


@contextmanager
def speaks(conversation):
    """A server that holds one conversation, `conversation(hear, say)`. Its port, and what it heard."""
    heard = []
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve():
            line, _whom = door.accept()
            with line, line.makefile("rb") as words:

                def hear():
                    heard.append(words.readline().decode().rstrip("\r\n"))
                    return heard[-1]

                def say(said):
                    line.sendall(f"{said}\r\n".encode())

                conversation(hear, say)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield door.getsockname()[1], heard
        finally:
            thread.join(20)
            assert not thread.is_alive()
