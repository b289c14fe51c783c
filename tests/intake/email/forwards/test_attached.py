import base64
from datetime import datetime, timedelta, timezone

from submissions.intake.email.forwards import Unwrapped, unwrap
from submissions.intake.email.parsing.parse import parse
from tests.intake.email.forwards.samples import ADDRESS, AUTHOR, BODY, FORWARDER, NAME, READER, SUBJECT
from tests.intake.email.mails import PLAIN, mail, multipart, nested, part

INNER = f"From: {AUTHOR}\r\nTo: {READER}\r\nSubject: {SUBJECT}\r\nDate: Mon, 5 Jan 2026 10:00:00 -0700\r\n"
LETTER = f"{INNER}{PLAIN}\r\n\r\n{BODY}"
OTHER = LETTER.replace(AUTHOR, "Bo Reed <bo@reed.example>")
DATE = datetime(2026, 1, 5, 10, 0, tzinfo=timezone(timedelta(hours=-7)))


def found_in(
    *parts: str, subtype: str = "mixed", subject: str = "A letter", sender: str = FORWARDER
) -> Unwrapped | None:
    body, content_type = multipart(subtype, *parts)
    return unwrap(parse(mail(body, content_type, From=sender, Subject=subject)))


def test_unwrap_finds_the_author_of_an_attached_message():
    found = found_in(part("For Thursday?", PLAIN[14:]), part(LETTER, "message/rfc822"))

    assert found == Unwrapped(
        name=NAME,
        address=ADDRESS,
        date=DATE,
        subject=SUBJECT,
        body=BODY,
        covering="For Thursday?",
        how="rfc822",
        depth=1,
        confidence="high",
    )


def test_unwrap_reads_a_mail_that_is_nothing_but_a_message():
    found = unwrap(parse(mail(LETTER, "Content-Type: message/rfc822", From=FORWARDER)))

    assert found
    assert (found.address, found.body, found.covering, found.confidence) == (ADDRESS, BODY, "", "high")


def test_unwrap_hands_over_the_files_of_the_message():
    body, content_type = multipart(
        "mixed",
        part(BODY),
        part("a plan", "text/plain", 'Content-Disposition: attachment; filename="plan.txt"'),
        boundary="i",
    )

    found = found_in(part("See."), part(f"{INNER}{content_type}\r\n\r\n{body}", "message/rfc822"))

    assert found
    assert [(file.name, file.content) for file in found.files] == [("plan.txt", b"a plan")]


def test_unwrap_finds_the_innermost_of_attached_messages():
    body, content_type = multipart("mixed", part("Nell, see."), part(LETTER, "message/rfc822"), boundary="i")

    found = found_in(
        part("Look."), part(f"From: Bo <bo@reed.example>\r\n{content_type}\r\n\r\n{body}", "message/rfc822")
    )

    assert found
    assert (found.name, found.body, found.depth) == (NAME, BODY, 2)
    assert (found.covering, found.confidence) == ("Look.\n\nNell, see.", "high")


def test_unwrap_finds_a_forward_in_the_text_of_an_attached_message():
    text = f"See.\r\n\r\n---------- Forwarded message ---------\r\nFrom: {AUTHOR}\r\nSubject: {SUBJECT}\r\n\r\n{BODY}"

    found = found_in(part(f"From: Bo <bo@reed.example>\r\nSubject: Fwd: {SUBJECT}\r\n\r\n{text}", "message/global"))

    assert found
    assert (found.name, found.body, found.how, found.depth) == (NAME, BODY, "inline", 2)
    assert (found.covering, found.confidence) == ("See.", "high")


def test_unwrap_reads_a_message_in_base64_and_one_that_is_a_mere_file():
    encoded = base64.encodebytes(LETTER.encode()).decode()
    transfer = "Content-Transfer-Encoding: base64"
    declared = part(encoded, "message/rfc822", transfer)
    file = part(encoded, 'application/octet-stream; name="ferry.EML"', transfer)

    for attached in (declared, file):
        found = found_in(part("See."), attached)
        assert found
        assert (found.address, found.body, found.confidence) == (ADDRESS, BODY, "high")


def test_unwrap_is_sure_of_one_message_attached_twice_but_not_of_two():
    twice = found_in(part("See."), part(LETTER, "message/rfc822"), part(LETTER, "message/rfc822"))
    two = found_in(part("See."), part(LETTER, "message/rfc822"), part(OTHER, "message/rfc822"))

    assert twice
    assert two
    assert (twice.confidence, two.address, two.confidence) == ("high", ADDRESS, "low")


def test_unwrap_is_not_sure_of_a_digest():
    found = found_in(part("Today"), nested("digest", f"\r\n{LETTER}", boundary="d"))

    assert found
    assert (found.address, found.confidence) == (ADDRESS, "low")


def test_unwrap_is_not_sure_where_another_letter_stands_in_the_text():
    text = "---------- Forwarded message ---------\r\nFrom: Bo <bo@reed.example>\r\nSubject: Hats\r\n\r\nI like hats."

    found = found_in(part(text), part(LETTER, "message/rfc822"))

    assert found
    assert (found.address, found.confidence) == (ADDRESS, "low")


def test_unwrap_is_not_sure_of_a_message_on_an_answer():
    found = found_in(part("As I said."), part(LETTER, "message/rfc822"), subject="Re: Ferries")

    assert found
    assert found.confidence == "low"


def test_unwrap_finds_nothing_in_reports_and_empty_messages():
    enclosed = part(LETTER, "message/rfc822")

    assert found_in(part("No such user."), enclosed, subtype="report") is None
    assert found_in(part("No such user."), enclosed, sender="MAILER-DAEMON@relay.example") is None
    assert found_in(part("See."), part("Subject: nobody\r\n\r\nhat", "message/rfc822")) is None
    assert found_in(part("See."), part(f"{INNER}\r\n", "message/rfc822")) is None


def test_unwrap_does_not_date_what_has_no_date():
    found = found_in(part("See."), part(LETTER.replace("Mon, 5 Jan 2026", "Someday"), "message/rfc822"))

    assert found
    assert (found.date, found.confidence) == (None, "high")
