from tests.intake.email.forwards.samples import ADDRESS, AUTHOR, BODY, NAME, READER, SUBJECT, quote, unwrapped

BLOCK = f"From: {AUTHOR}\nSent: Monday, January 5, 2026 10:00 AM\nTo: {READER}\nSubject: {SUBJECT}\n\n{BODY}"
MARKED = f"---------- Forwarded message ---------\n{BLOCK}"
FW = f"FW: {SUBJECT}"


def test_unwrap_finds_the_innermost_author_of_a_forward_of_a_forward():
    outer = "Look, Nell.\n\n----- Forwarded message -----\nFrom: Bo Reed <bo@reed.example>\nDate: Tue, 6 Jan 2026\n"
    outer += f"Subject: {FW}\nTo: {READER}\n\nNell, for you.\n\n{BLOCK}"

    found = unwrapped(outer, f"Fwd: {FW}")

    assert found
    assert (found.name, found.address, found.body) == (NAME, ADDRESS, BODY)
    assert (found.depth, found.covering, found.confidence) == (2, "Look, Nell.\n\nNell, for you.", "high")


def test_unwrap_opens_quotes_within_quotes():
    inner = quote(f"Begin forwarded message:\n\n{BLOCK}")
    middle = (
        f"Begin forwarded message:\n\nFrom: Bo Reed <bo@reed.example>\nSubject: {FW}\nTo: {READER}\n\nSee:\n\n{inner}"
    )

    found = unwrapped(quote(middle), f"Fwd: {FW}")

    assert found
    assert (found.name, found.body, found.depth, found.covering) == (NAME, BODY, 2, "See:")


def test_unwrap_doubts_a_forward_within_a_letter_that_is_none():
    inner = MARKED.replace("From: Ida Marsh <ida.marsh@", "From: Bo Reed <bo@")

    found = unwrapped(MARKED.replace(BODY, f"Our mayor wrote me this, read it.\n\n{inner}"), FW)

    assert found
    assert (found.name, found.depth, found.confidence) == ("Bo Reed", 2, "low")


def test_unwrap_stops_at_the_letter_that_the_author_answered():
    answered = (
        f"{BODY}\n\n-----Original Message-----\nFrom: Bo Reed <bo@reed.example>\nSent: Sunday\nTo: Ida\nSubject: Ferry"
    )

    found = unwrapped(MARKED.replace(BODY, answered).replace(f"Subject: {SUBJECT}", "Subject: RE: Ferry"), FW)

    assert found
    assert (found.name, found.subject, found.depth, found.body) == (NAME, "RE: Ferry", 1, answered)
