"""A mail server that does as a test says: a small one that works, and whose answers can be replaced."""

import base64
import re
import socket
import threading
from collections.abc import Callable
from contextlib import suppress

CAPABILITY = "IMAP4rev1 MOVE UIDPLUS IDLE AUTH=XOAUTH2 AUTH=OAUTHBEARER AUTH=PLAIN"
GREETING = b"* OK ready\r\n"


class Hangup(Exception):
    """Close the connection now."""


class Connection:
    """One conversation."""

    def __init__(self, server: "ScriptedServer", sock: socket.socket) -> None:
        self.server, self.sock = server, sock
        self.file = sock.makefile("rb")

    def send(self, *lines: str | bytes) -> None:
        self.sock.sendall(b"".join(line if isinstance(line, bytes) else f"{line}\r\n".encode() for line in lines))

    def line(self) -> str:
        line = self.file.readline()
        if not line:
            raise Hangup
        return line.decode().rstrip("\r\n")

    def serve(self) -> None:
        self.send(self.server.greeting)
        while True:
            tag, _, command = self.line().partition(" ")
            self.server.heard.append(command)
            self.answer(tag, command)

    def answer(self, tag: str, command: str) -> None:
        for start, answer in self.server.answers.items():
            if command.startswith(start):
                said = answer(self, tag, command)
                if said is not False:
                    return
        word = command.removeprefix("UID ").split()[0].lower()
        getattr(self, f"do_{word}", self.do_other)(tag, command)

    def do_other(self, tag: str, _command: str) -> None:
        self.send(f"{tag} OK done")

    def do_capability(self, tag: str, _command: str) -> None:
        self.send(f"* CAPABILITY {self.server.capability}", f"{tag} OK done")

    def do_login(self, tag: str, _command: str) -> None:
        self.send(f"{tag} OK done")

    def do_authenticate(self, tag: str, _command: str) -> None:
        self.send("+ ")
        said = base64.b64decode(self.line()).decode()
        self.server.heard.append(said)
        if not self.server.token or f"auth=Bearer {self.server.token}\1" in said:
            self.send(f"{tag} OK done")
            return
        self.send("+ " + base64.b64encode(b'{"status":"400"}').decode())
        self.server.heard.append(base64.b64decode(self.line()).decode())
        self.send(f"{tag} NO refused")

    def do_list(self, tag: str, _command: str) -> None:
        self.send('* LIST () "/" INBOX', '* LIST () "/" Processed', f"{tag} OK done")

    def do_select(self, tag: str, _command: str) -> None:
        count = len(self.server.messages)
        self.send(f"* {count} EXISTS", "* 0 RECENT", "* OK [UIDVALIDITY 7] ok", f"{tag} OK [READ-WRITE] done")

    do_examine = do_select

    def do_search(self, tag: str, _command: str) -> None:
        self.send("* SEARCH " + " ".join(map(str, sorted(self.server.messages))), f"{tag} OK done")

    def do_fetch(self, tag: str, command: str) -> None:
        for number, (uid, raw) in enumerate(sorted(self.server.messages.items()), 1):
            if str(uid) not in re.split(r"[ ,]", command):
                continue
            if "RFC822.SIZE" in command:
                self.send(f"* {number} FETCH (UID {uid} RFC822.SIZE {len(raw)})")
            else:
                self.send(f"* {number} FETCH (UID {uid} BODY[] {{{len(raw)}}}", raw, ")")
        self.send(f"{tag} OK done")

    def do_move(self, tag: str, command: str) -> None:
        for uid in command.split()[2].split(","):
            self.server.messages.pop(int(uid), None)
        self.send(f"{tag} OK done")

    def do_idle(self, tag: str, _command: str) -> None:
        self.send("+ idling")
        self.server.idling.set()
        self.line()
        self.send(f"{tag} OK done")

    def do_logout(self, tag: str, _command: str) -> None:
        self.send("* BYE bye", f"{tag} OK done")
        raise Hangup


class ScriptedServer:
    """Listens from the beginning; `answers` replace what it does at commands that begin so."""

    def __init__(self) -> None:
        self.messages: dict[int, bytes] = {}
        self.answers: dict[str, Callable[[Connection, str, str], object]] = {}
        self.heard: list[str] = []
        self.greeting, self.capability, self.token = GREETING, CAPABILITY, ""
        self.connections = 0
        self.idling = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            with sock, suppress(Hangup, OSError, ValueError):
                connection = Connection(self, sock)
                with connection.file:
                    connection.serve()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(10)
