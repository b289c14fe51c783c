import pytest

from submissions.intake.email.bounces.library import look_up
from submissions.intake.email.bounces.texts import LINE_LENGTH, before_the_returned, text_of, unquoted
from submissions.intake.email.parsing.parse import parse
from tests.intake.email.mails import mail, multipart, nested, part

QMAIL = "Hi. This is the qmail-send program.\n\n<gone@b.example>:\nSorry, no mailbox here by that name.\n"


@pytest.mark.parametrize(
    "line",
    [
        "--- Below this line is a copy of the message.",
        "------ This is a copy of your message, including all the headers. ------",
        "   ----- Original message follows -----",
        "   ----- Unsent message follows -----",
        "Message headers follow.",
        "Received:from mx.example by mail.example",
    ],
)
def test_what_was_returned_is_left_out(line):
    assert before_the_returned(f"Failed.\n{line}\nDear editor") == f"Failed.\n{line}"


@pytest.mark.parametrize("text", ["", "Original message", "Failed.\nThis is the MAILER-DAEMON, do not reply.\nx"])
def test_a_text_without_such_a_line_is_left_whole(text):
    assert before_the_returned(text) == text


def test_quoted_lines_are_left_out():
    assert unquoted("a\n> b\n | c\nd") == "a\nd"


def test_the_readable_text_is_that_of_the_message_itself():
    inner = f"Content-Type: message/rfc822\r\n\r\n{mail('Dear editor').decode()}"
    body, header = multipart("mixed", nested("alternative", part("<p>Failed</p>", "text/html"), boundary="a"), inner)
    assert text_of(parse(mail(body, header)).tree) == "Failed"


def test_long_lines_and_runs_of_blanks_are_cut():
    text = text_of(parse(mail(f"{'x' * 9000}\na{' ' * 300}b\n")).tree)
    assert text == f"{'x' * LINE_LENGTH}\na        b"


def test_the_library_names_who_failed_for_good_and_for_now():
    warning = 'This is an advisory-only email.\n\n"late@b.example"\nhas been postponed due to a full mailbox.\n'
    assert look_up(parse(mail(QMAIL)).tree) == ((), ("gone@b.example",))
    assert look_up(parse(mail(warning)).tree) == (("late@b.example",), ())


def test_the_library_sees_what_the_encoding_hides():
    raw = mail(QMAIL.replace("gone@", "go=\r\nne=40"), "Content-Transfer-Encoding: quoted-printable")
    assert look_up(parse(raw).tree) == ((), ("gone@b.example",))


def test_the_library_is_kept_from_the_returned_message():
    inner = f"Content-Type: message/rfc822\r\n\r\n{mail(QMAIL).decode()}"
    body, header = multipart("mixed", part("See below."), inner)
    assert look_up(parse(mail(body, header)).tree) == ((), ())
