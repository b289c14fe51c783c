"""Real connections to a real port."""

import asyncio
import smtplib
import socket
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError

from submissions.intake.email import committer, limits, lmtp, server
from submissions.intake.email.read import bytes_of
from submissions.intake.email.server import Server
from submissions.intake.email.spool import IN_ROW, Spool
from submissions.models import HousePolicy, RawMessage
from tests.intake.email.mails import LETTERS, mail

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.protocol]

OPINION = "opinion@wyomingstar.example"
UNKNOWN = "nobody@wyomingstar.example"


def serve(talk: Callable[[int], Any], **options: Any) -> Any:
    """Run a server, and `talk` to its port from another thread; return what that returned."""

    async def run():
        async with Server("127.0.0.1", 0, **options) as listening:
            return await asyncio.to_thread(talk, listening.port)

    return asyncio.run(run())


class Talk:
    """A client that sends words and reads replies."""

    def __init__(self, port: int) -> None:
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.replies = self.connection.makefile("rb")
        self.greeting = self.reply()

    def reply(self) -> str:
        """One reply, of however many lines."""
        lines = [self.replies.readline().decode().rstrip("\r\n")]
        while lines[-1][3:4] == "-":
            lines.append(self.replies.readline().decode().rstrip("\r\n"))
        return "\n".join(lines)

    def say(self, words: str | bytes) -> str:
        """Send a line and read its reply."""
        self.connection.sendall(words if isinstance(words, bytes) else words.encode() + b"\r\n")
        return self.reply()

    def close(self) -> None:
        """Hang up."""
        self.replies.close()
        self.connection.close()


def talk(*words: str | bytes, more: int = 0) -> Callable[[int], list[str]]:
    """A conversation; its replies, with `more` of them read after the last word."""

    def run(port: int) -> list[str]:
        client = Talk(port)
        try:
            return [client.say(word) for word in words] + [client.reply() for _ in range(more)]
        finally:
            client.close()

    return run


def envelope(*recipients: str, hello: str = "LHLO test") -> list[str]:
    return [hello, "MAIL FROM:<w.prairie@example.org>", *(f"RCPT TO:<{one}>" for one in recipients)]


def stored() -> list[bytes]:
    return [bytes_of(row) for row in RawMessage.objects.order_by("pk")]


def test_a_client_is_told_what_we_can_do():
    expected = (
        "250-mailbag\n250-PIPELINING\n250-SIZE 50000000\n250-8BITMIME\n250-SMTPUTF8\n250-ENHANCEDSTATUSCODES\n250 HELP"
    )
    assert serve(talk("LHLO x", "EHLO x")) == [expected, expected]


def test_lmtp_answers_for_each_recipient():
    words = [*envelope(LETTERS, UNKNOWN, OPINION, "tips@wyomingstar.example"), "DATA", b"Subject: x\r\n\r\nhi\r\n.\r\n"]
    replies = serve(talk(*words, more=1))
    assert replies[2:] == [
        "250 2.1.5 OK",
        "550 5.1.1 No such address here",
        "250 2.1.5 OK",
        "550 5.1.1 No such address here",
        "354 End with <CR><LF>.<CR><LF>",
        "250 2.0.0 Safe",
        "250 2.0.0 Safe",
    ]
    assert list(RawMessage.objects.order_by("pk").values_list("kind", flat=True)) == ["letter", "opinion"]


def test_smtp_answers_once():
    words = [*envelope(LETTERS, OPINION, hello="EHLO x"), "DATA", b"hi\r\n.\r\n", "NOOP"]
    assert serve(talk(*words))[-2:] == ["250 2.0.0 Safe", "250 2.0.0 OK"]


@pytest.mark.parametrize("client", [smtplib.SMTP, smtplib.LMTP])
def test_the_standard_clients_deliver(client):
    def deliver(port: int) -> None:
        with client("127.0.0.1", port) as connection:
            connection.sendmail("w.prairie@example.org", [LETTERS], mail("first\r\n"))
            connection.sendmail("", ["LETTERS+x@WyomingStar.example"], mail("second\r\n"))

    serve(deliver)
    assert stored() == [mail("first\r\n"), mail("second\r\n")]
    assert list(RawMessage.objects.order_by("pk").values_list("envelope_from", flat=True)) == [
        "w.prairie@example.org",
        "",
    ]


def test_plain_smtp_and_sessions_of_several_messages():
    words = ["HELO x", "MAIL FROM:<>", f"RCPT TO:{LETTERS}", "DATA", b"1\r\n.\r\n"]
    assert serve(talk(*words, *words[1:]))[-1] == "250 2.0.0 Safe"
    assert stored() == [b"1\r\n", b"1\r\n"]


def test_commands_may_be_pipelined():
    words = "\r\n".join([*envelope(LETTERS), "DATA"]) + "\r\n"
    replies = serve(talk(words.encode(), b"x\r\n.\r\nNOOP\r\nQUIT\r\n", more=5))
    assert replies[-5:] == [
        "250 2.1.5 OK",
        "354 End with <CR><LF>.<CR><LF>",
        "250 2.0.0 Safe",
        "250 2.0.0 OK",
        "221 2.0.0 Bye",
    ]


@pytest.mark.parametrize(
    ("wire", "content"),
    [
        (b".\r\n", b""),
        (b"\r\n.\r\n", b"\r\n"),
        (b"..\r\n.\r\n", b".\r\n"),
        (b".x\r\n..y\r\n.\r\n", b"x\r\n.y\r\n"),
        (b"end.\r\n.\r\n", b"end.\r\n"),
        (b"bare\n.\n\r.\r\n.\r\n", b"bare\n.\n\r.\r\n"),
        (b"\x00\xff\x80\r\n.\r\n", b"\x00\xff\x80\r\n"),
        (b"x" * 300_000 + b"\r\n.\r\n", b"x" * 300_000 + b"\r\n"),
        (b"\r\n.." * 50_000 + b"\r\n.\r\n", b"\r\n." * 50_000 + b"\r\n"),
        (b".\r\n"[:0] + b"a.\r\n" * 40_000 + b".\r\n", b"a.\r\n" * 40_000),
        (b"y" * 65_534 + b"\r\n..z\r\n.\r\n", b"y" * 65_534 + b"\r\n.z\r\n"),
        (b"y" * 65_535 + b"\r\n..z\r\n.\r\n", b"y" * 65_535 + b"\r\n.z\r\n"),
        (b"y" * 65_536 + b"\r\n..z\r\n.\r\n", b"y" * 65_536 + b"\r\n.z\r\n"),
    ],
)
def test_every_byte_arrives(wire, content):
    assert serve(talk(*envelope(LETTERS), "DATA", wire))[-1] == "250 2.0.0 Safe"
    assert stored() == [content]


def test_dots_survive_however_the_network_cuts_them():
    wire = b"a\r\n..b\r\n.\r\n"

    def drip(port: int) -> str:
        client = Talk(port)
        for word in [*envelope(LETTERS), "DATA"]:
            client.say(word)
        for place in range(len(wire)):
            client.connection.sendall(wire[place : place + 1])
        reply = client.reply()
        client.close()
        return reply

    assert serve(drip) == "250 2.0.0 Safe"
    assert stored() == [b"a\r\n.b\r\n"]


def test_a_large_message_rests_in_a_file():
    content = b"0123456789abcdef\r\n" * (IN_ROW // 10)
    serve(talk(*envelope(LETTERS), "DATA", content + b".\r\n"))
    row = RawMessage.objects.get()
    assert (row.content, row.size) == (None, len(content))
    assert bytes_of(row) == content


def test_a_message_over_the_policys_limit_gets_552(house):
    for kind in ("letter", "opinion"):
        HousePolicy.objects.create(kind=kind, number=2, message_max_bytes=100, terms="x")
    words = [*envelope(LETTERS), "DATA", b"x" * 200 + b"\r\n.\r\n", "MAIL FROM:<a@b.example> SIZE=101"]
    replies = serve(talk(*words))
    assert replies[-2] == "552 5.3.4 Message larger than this newsroom takes"
    assert replies[-1].startswith("552 5.3.4 ")
    assert stored() == []


def test_non_ascii_addresses_and_bytes_are_taken():
    words = [
        "LHLO x",
        "MAIL FROM:<jürg@exämple.org> SMTPUTF8 BODY=8BITMIME",
        f"RCPT TO:<{LETTERS}>",
        "DATA",
        b"\xe9\r\n.\r\n",
    ]
    assert serve(talk(*words))[-1] == "250 2.0.0 Safe"
    assert RawMessage.objects.get().envelope_from == "jürg@exämple.org"


@pytest.mark.parametrize(
    ("words", "reply"),
    [
        (["DATA"], "503 5.5.1 Error: send HELO first"),
        (["LHLO x", "DATA"], "503 5.5.1 No valid recipients"),
        (["LHLO"], "501 5.5.4 Syntax: EHLO hostname"),
        (["HELO"], "501 5.5.4 Syntax: HELO hostname"),
        (["LHLO x", "MAIL FROM:<a"], "553 5.1.3 Error: malformed address"),
        (["LHLO x", "MAIL FROM"], "501 5.5.4 Syntax: MAIL FROM: <address> [SP <mail-parameters>]"),
        ([*envelope(LETTERS), "DATA now"], "501 5.5.4 Syntax: DATA"),
        ([*envelope(UNKNOWN), "DATA"], "503 5.5.1 No valid recipients"),
        (["BLA"], '500 5.5.2 Error: command "BLA" not recognized'),
        (["LHLO x", "MAIL FROM:<a@b.example>", "RCPT TO:<@x,@y:letters@wyomingstar.example>"], "250 2.1.5 OK"),
        (["LHLO x", 'MAIL FROM:<"a>b"@c.example>'], "250 2.0.0 OK"),
    ],
)
def test_what_cannot_be_done_is_answered_with_a_code(words, reply):
    assert serve(talk(*words))[-1] == reply


def test_too_many_recipients_are_refused(monkeypatch):
    monkeypatch.setattr(lmtp, "MOST_RECIPIENTS", 1)
    assert serve(talk(*envelope(LETTERS, OPINION)))[-1] == "452 4.5.3 Too many recipients"


@pytest.mark.parametrize(
    ("error", "reply"),
    [
        (OperationalError("locked"), "452 4.3.1 No room for the message just now, please send it again"),
        (OSError("full"), "452 4.3.1 No room for the message just now, please send it again"),
        (ValueError("a bug"), "451 4.3.0 Trouble on our side, please send it again"),
    ],
)
def test_what_cannot_be_stored_comes_again(monkeypatch, error, reply):
    def fail(_rows):
        raise error

    monkeypatch.setattr(committer, "store", fail)
    words = [*envelope(LETTERS, OPINION), "DATA", b"x\r\n.\r\n"]
    assert serve(talk(*words, more=1))[-2:] == [reply, reply]


def test_a_disk_that_fills_up_during_a_message_is_452(monkeypatch):
    def full(_self, _piece):
        raise OSError

    monkeypatch.setattr(Spool, "write", full)
    replies = serve(talk(*envelope(LETTERS), "DATA", b"x" * 200_000 + b"\r\n.\r\n", "NOOP"))
    assert replies[-2:] == ["452 4.3.1 No room for the message just now, please send it again", "250 2.0.0 OK"]


def test_any_inner_error_is_451(monkeypatch):
    def fail(_address):
        raise RuntimeError

    monkeypatch.setattr(lmtp, "find_mailbox", fail)
    assert serve(talk(*envelope(LETTERS)))[-1] == "451 4.3.0 Trouble on our side, please send it again"


def test_one_connection_too_many_is_told_to_come_again():
    def crowd(port: int) -> list[str]:
        first, second = Talk(port), Talk(port)
        first.close()
        second.close()
        return [first.greeting[:3], second.greeting]

    assert serve(crowd, connections=1) == ["220", "421 4.3.2 Too many connections, please come again"]


def test_a_silent_connection_is_closed():
    def wait(port: int) -> bytes:
        client = Talk(port)
        rest = client.replies.readline()
        client.close()
        return rest

    assert serve(wait, idle=0.1) == b""


def test_concurrent_deliveries_all_arrive():
    def deliver(port: int) -> None:
        threads = [threading.Thread(target=_send_ten, args=(port, number)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    serve(deliver)
    assert RawMessage.objects.count() == 80


def _send_ten(port: int, number: int) -> None:
    with smtplib.LMTP("127.0.0.1", port) as client:
        for count in range(10):
            client.sendmail("w.prairie@example.org", [LETTERS], mail(f"{number}-{count}"))


def test_a_stop_waits_for_the_message_on_its_way():
    async def run() -> list[str]:
        async with Server("127.0.0.1", 0) as listening:
            idle, busy = await asyncio.gather(*(asyncio.to_thread(Talk, listening.port) for _ in range(2)))
            for word in [*envelope(LETTERS), "DATA"]:
                await asyncio.to_thread(busy.say, word)
            finish = asyncio.get_running_loop().run_in_executor(None, _finish_late, busy)
        late = await finish
        said = await asyncio.to_thread(idle.reply)
        idle.close()
        busy.close()
        return [said, *late]

    assert asyncio.run(run()) == ["421 4.3.2 Closing down, please come again", "250 2.0.0 Safe", ""]
    assert stored() == [b"x\r\n"]


def _finish_late(client: Talk) -> list[str]:
    threading.Event().wait(0.3)
    return [client.say(b"x\r\n.\r\n"), client.reply()]


def test_a_stop_does_not_wait_for_ever():
    async def run() -> str:
        async with Server("127.0.0.1", 0, patience=0.1) as listening:
            busy = await asyncio.to_thread(Talk, listening.port)
            for word in [*envelope(LETTERS), "DATA"]:
                await asyncio.to_thread(busy.say, word)
        try:
            return await asyncio.to_thread(busy.reply)
        except ConnectionResetError:
            return ""
        finally:
            busy.close()

    assert asyncio.run(run()) == ""


def test_the_size_limit_follows_policy(monkeypatch):
    monkeypatch.setattr(server, "POLICY_SECONDS", 0.02)
    answers = iter([100, 200, OperationalError(), *[300] * 1000])

    def limit() -> int:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(server, "message_limit", limit)

    def ask(port: int) -> str:
        threading.Event().wait(0.5)
        return talk("LHLO x")(port)[0]

    assert "250-SIZE 300\n" in serve(ask)


def test_without_a_policy_the_limit_is_fifty_megabytes():
    assert limits.message_limit() == 50_000_000
