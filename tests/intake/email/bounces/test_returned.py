import pytest

from submissions.intake.email.bounces.returned import MOST_IDS, has_returned, returned_ids
from submissions.intake.email.parsing.parse import parse
from tests.intake.email.mails import mail, multipart, part

OURS = "Message-ID: <77.ours@x.example>\r\nReferences: <1@example.org>\r\nSubject: y\r\n"


def _with(*parts: str):
    body, header = multipart("report", part("Failed."), *parts)
    return parse(mail(body, header, "In-Reply-To: <2@example.org>"))


@pytest.mark.parametrize(
    "returned",
    [
        f"Content-Type: message/rfc822\r\n\r\n{OURS}\r\nDear editor",
        f"Content-Type: message/global\r\n\r\n{OURS}\r\nDear editor",
        f"Content-Type: message/rfc822-headers\r\n\r\n{OURS}",
    ],
)
def test_the_returned_messages_own_id_comes_first(returned):
    message = _with(returned)
    assert has_returned(message)
    assert returned_ids(message) == ("77.ours@x.example", "2@example.org", "1@example.org")


def test_headers_alone_are_read_as_text():
    message = _with(f"Content-Type: text/rfc822-headers\r\n\r\n{OURS}")
    assert has_returned(message)
    assert returned_ids(message) == ("77.ours@x.example", "2@example.org")


def test_a_report_may_name_the_id_itself():
    message = _with(part("X: y\r\nX-Original-Message-ID: <77.ours@x.example>\r\n", "message/delivery-status"))
    assert not has_returned(message)
    assert returned_ids(message) == ("77.ours@x.example", "2@example.org")


@pytest.mark.parametrize("before", ["", "> ", "   "])
def test_a_message_returned_in_the_text_is_found(before):
    message = parse(mail(f"Failed.\n--- Original message follows.\n{before}Message-Id: <77.ours@x.example>\n"))
    assert has_returned(message)
    assert returned_ids(message) == ("77.ours@x.example",)


def test_a_bounce_that_returns_nothing_names_no_id():
    message = parse(mail("Failed."))
    assert (returned_ids(message), has_returned(message)) == ((), False)


def test_ids_are_bounded():
    text = "".join(f"Message-ID: <{count}@x.example>\n" for count in range(500))
    assert len(returned_ids(parse(mail(text)))) == MOST_IDS
