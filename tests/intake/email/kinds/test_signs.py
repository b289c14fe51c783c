import pytest

from submissions.intake.email.kinds.signs import (
    envelope_sender,
    has_bounce_subject,
    is_mailer,
    is_mailer_daemon,
    is_program,
    is_written,
)
from submissions.intake.email.parsing.parse import parse
from tests.intake.email.mails import mail


@pytest.mark.parametrize(
    ("told", "noted", "expected"),
    [
        (None, "Return-Path: <>", ""),
        (None, "Return-Path: <a@b.example>", "a@b.example"),
        ("c@d.example", "Return-Path: <>", "c@d.example"),
        (None, "X: y", None),
    ],
)
def test_the_envelope_sender_is_the_protocols_or_the_mail_servers(told, noted, expected):
    assert envelope_sender(parse(mail("x", noted)), told) == expected


@pytest.mark.parametrize(
    ("sender", "mailer", "daemon", "program"),
    [
        ("Mail Delivery System <MAILER-DAEMON@mx.example>", True, True, False),
        ("MAILER-DAEMON <>", True, True, False),
        ("Post_Master@mx.example", True, False, False),
        ("MDaemon@mx.example", True, False, False),
        ('"System Administrator" <x@mx.example>', False, False, True),
        ("no-reply@forms.example", False, False, True),
        ("W. Prairie <w.prairie@example.org>", False, False, False),
        ("", False, False, False),
    ],
)
def test_from_tells_machines(sender, mailer, daemon, program):
    message = parse(mail("x", From=sender))
    assert (is_mailer(message), is_mailer_daemon(message), is_program(message)) == (mailer, daemon, program)


@pytest.mark.parametrize(("auto", "expected"), [("auto-generated", True), ("no", False)])
def test_a_program_may_say_so(auto, expected):
    assert is_program(parse(mail("x", f"Auto-Submitted: {auto}"))) is expected


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Undelivered Mail Returned to Sender", True),
        ("[mx] Returned mail: see transcript for details", True),
        ("*** Warning: could not send message for past 4 hours", True),
        ("Warning--Could not send mail for past 8 hours", True),
        ("Mail delivery failed: returning message to sender", True),
        ("メールエラー通知", True),
        ("Re: Undelivered Mail Returned to Sender", False),
        ("Why is our mail undelivered?", False),
        ("Warning: the bridge", False),
    ],
)
def test_a_subject_begins_as_those_of_bounces(subject, expected):
    assert has_bounce_subject(parse(mail("x", Subject=subject))) is expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (mail("x", "User-Agent: Mail 1"), True),
        (mail("x", "References: <1@x.example>"), True),
        (mail("x", Subject="Fwd: Failure notice"), True),
        (mail("x"), False),
    ],
)
def test_a_persons_mail_program_leaves_its_marks(raw, expected):
    assert is_written(parse(raw)) is expected
