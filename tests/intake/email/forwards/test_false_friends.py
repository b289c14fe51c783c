import pytest

from tests.intake.email.forwards.samples import ADDRESS, AUTHOR, BODY, READER, SUBJECT, quote, unwrapped

BLOCK = f"From: {AUTHOR}\nSent: Monday, January 5, 2026 10:00 AM\nTo: {READER}\nSubject: {SUBJECT}\n\n{BODY}"


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        (SUBJECT, BODY),
        (f"Fwd: {SUBJECT}", BODY),
        (SUBJECT, f"From: the desk of {AUTHOR}\n\n{BODY}"),
        (f"Fwd: {SUBJECT}", f"From: the desk of Ida Marsh\n\n{BODY}"),
        (SUBJECT, f"From: Ida Marsh\nDate: January 5, 2026\nTo: The editor\nSubject: The ferry\n\n{BODY}"),
        (SUBJECT, f"I am forwarding this from my aunt:\n\nDate: unknown\nSubject: hats\n\n{BODY}"),
        (SUBJECT, f"--- forward, not back ---\n\n{BODY}"),
        (SUBJECT, f"To: whom it may concern\nDate: today\nSubject: ferries\n\n{BODY}"),
        (f"Re: {SUBJECT}", f"I agree.\n\nOn Mon, Jan 5, 2026, {AUTHOR} wrote:\n{quote(BODY)}"),
        (SUBJECT, f"I agree.\n\nOn Mon, Jan 5, 2026, {AUTHOR} wrote:\n\n{quote(BODY)}\n\nYours"),
        (f"Re: {SUBJECT}", f"I agree.\n\n{BLOCK}"),
        (f"SV: {SUBJECT}", f"________________________________\n{BLOCK}"),
        (SUBJECT, f"I agree.\n\n-----Original Message-----\n{BLOCK}"),
        (f"Re: {SUBJECT}", f"{AUTHOR} wrote:\n\nThanks.\n\n---------- Forwarded message ---------\n{BLOCK}"),
    ],
)
def test_unwrap_finds_nothing_in_a_letter_or_an_answer(subject, body):
    assert unwrapped(body, subject) is None


def test_unwrap_finds_nothing_that_the_answered_letter_passed_on():
    forward = f"---------- Forwarded message ---------\n{BLOCK}"

    assert unwrapped(f"I agree.\n\nOn Mon, Bo <bo@reed.example> wrote:\n{quote(forward)}", f"Re: {SUBJECT}") is None


def test_unwrap_takes_a_letter_to_its_author_for_an_answer():
    assert unwrapped(f"I agree.\n\n{BLOCK}", "Ferries", To=f"letters@wyomingstar.example, {ADDRESS}") is None
    assert unwrapped(BLOCK, "Ferries", Cc=ADDRESS) is None


def test_unwrap_takes_a_memo_for_its_senders_own():
    assert unwrapped(BLOCK, SUBJECT, sender=AUTHOR) is None


def test_unwrap_takes_the_same_prefix_for_an_answer_in_finnish_and_a_forward_in_danish():
    finnish = f"Lähettäjä: {AUTHOR}\nLähetetty: 5. tammikuuta 2026\nVastaanottaja: Nell\nAihe: {SUBJECT}\n\n{BODY}"
    danish = f"Fra: {AUTHOR}\nSendt: 5. januar 2026\nTil: Nell\nEmne: {SUBJECT}\n\n{BODY}"

    assert unwrapped(finnish, f"VS: {SUBJECT}") is None
    found = unwrapped(danish, f"VS: {SUBJECT}")
    assert found
    assert found.address == ADDRESS


@pytest.mark.parametrize(
    "field",
    ["X_Forwarded_To", "X_Forwarded_For", "Resent_From", "Delivered_To"],
)
def test_unwrap_takes_redirected_mail_for_its_senders_own(field):
    named = {field: "letters@wyomingstar.example", "Return_Path": "<SRS0=x=prairie.example=ida.marsh@relay.example>"}

    assert unwrapped(BODY, SUBJECT, sender=AUTHOR, **named) is None
