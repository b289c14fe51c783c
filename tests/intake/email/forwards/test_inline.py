from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.intake.email.forwards.samples import ADDRESS, AUTHOR, BODY, NAME, READER, SUBJECT, quote, unwrapped

BLOCK = f"From: {AUTHOR}\nSent: Monday, January 5, 2026 10:00 AM\nTo: {READER}\nSubject: {SUBJECT}\n\n{BODY}"
MARKED = f"---------- Forwarded message ---------\n{BLOCK}"
FW = f"FW: {SUBJECT}"


def author(body: str, subject: str = FW) -> tuple[str, str, str, str]:
    found = unwrapped(body, subject)
    assert found
    assert (found.subject, found.body) == (SUBJECT, BODY)
    return found.name, found.address, found.covering, found.confidence


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        (f"{NAME} [mailto:{ADDRESS}]", NAME),
        (f"{NAME} <mailto:{ADDRESS}>", NAME),
        (f"{NAME} <{ADDRESS}<mailto:{ADDRESS}>>", NAME),
        (f"{ADDRESS}<mailto:{ADDRESS}> [mailto:{ADDRESS}]", ""),
        (f'"{NAME}" <{ADDRESS}>', NAME),
        (f"« {NAME} » <{ADDRESS}>", NAME),
        (f"*{NAME}* <{ADDRESS}>", NAME),
        (f"{NAME} ({ADDRESS})", NAME),
        (f"{ADDRESS} ({NAME})", NAME),
        (f"{NAME} &lt;{ADDRESS}&gt;", NAME),
        (f"{ADDRESS} <{ADDRESS}>", ""),
        (f"{NAME}\n <{ADDRESS}>", NAME),
    ],
)
def test_unwrap_reads_a_sender_in_every_form(sender, name):
    assert author(MARKED.replace(AUTHOR, sender)) == (name, ADDRESS, "", "high")


@pytest.mark.parametrize(
    "line",
    [
        "-----Original Message-----",
        "----- Original message -----",
        "‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐",
        "============ Forwarded message ============",
        "------ Forwarded Message ------",
        "----------  Forwarded Message  ----------\n",
        f"----- Forwarded message from {AUTHOR} -----\n",
        "----- Forwarded by Nell Hardy/Wyoming Star on 01/06/2026 09:15 AM -----\n",
        "*---------- Forwarded message ---------*",
        "Begin forwarded message:\n",
        "------------------ Original ------------------",
        "________________________________",
        "- - - - - - - - - - -",
        "",
    ],
)
def test_unwrap_knows_the_line_above(line):
    assert author(f"For Thursday?\n{line}\n{BLOCK}") == (NAME, ADDRESS, "For Thursday?", "high")


def test_unwrap_leaves_out_a_closing_line():
    zoho = MARKED.replace(f"\n\n{BODY}", f"\n============ Forwarded message ============\n\n{BODY}")
    mutt = f"{MARKED}\n\n----- End forwarded message -----\n\nNell"

    assert author(zoho) == (NAME, ADDRESS, "", "high")
    assert author(mutt) == (NAME, ADDRESS, "Nell", "high")


def test_unwrap_reads_a_head_that_says_only_when_and_who():
    yandex = f'-------- Пересылаемое сообщение --------\n05.01.2026, 10:00, "{NAME}" <{ADDRESS}>:\n\n{BODY}'
    end = "-------- Конец пересылаемого сообщения --------"

    found = unwrapped(f"{yandex}\n\n{end}", FW)

    assert found
    assert (found.name, found.address, str(found.date)) == (NAME, ADDRESS, "2026-01-05 10:00:00")
    assert (found.subject, found.body, found.confidence) == (SUBJECT, BODY, "high")


def test_unwrap_reads_values_that_stand_under_their_labels():
    below = BLOCK.replace(": ", ":\n")

    assert author(below) == (NAME, ADDRESS, "", "high")


def test_unwrap_reads_recipients_folded_over_many_lines():
    many = ",\n ".join(f"R. {number} <r{number}@prairie.example>" for number in range(25))

    assert author(MARKED.replace(READER, many)) == (NAME, ADDRESS, "", "high")


def test_unwrap_reads_labels_of_a_language_it_does_not_know():
    body = f"--- Forwarded message ---\nXyzzy: {AUTHOR}\nDate: Mon, 5 Jan 2026 10:00\nSubject: {SUBJECT}\n\n{BODY}"

    assert author(body) == (NAME, ADDRESS, "", "low")


def test_unwrap_reads_labels_without_colons():
    bare = (
        BLOCK.replace("From: ", "From ")
        .replace("Sent: ", "Date ")
        .replace("To: ", "To ")
        .replace("Subject: ", "Subject ")
    )

    assert author(f"------ Original Message ------\n{bare}") == (NAME, ADDRESS, "", "high")


def test_unwrap_knows_a_quoted_line_that_says_forwarded_in_words_of_its_own():
    assert author(quote(f"Hier der weitergeleitete Brief:\n\n{BLOCK}"), "Thursday") == (NAME, ADDRESS, "", "high")
    assert author(f"I am forwarding this from my aunt:\n\n{BLOCK}")[2] == "I am forwarding this from my aunt:"


@pytest.mark.parametrize(
    "line",
    [
        f"On Mon, Jan 5, 2026 at 3:44 AM, {AUTHOR} wrote:",
        f"Op 5-1-2026 12:46 heeft {AUTHOR} geschreven:",
        f"Am 05.01.26 um 12:46 Uhr schrieb {AUTHOR}:",
        f"På 05.01.2026 12:46, skrev {AUTHOR}:",
        f"Dňa 05/01/2026 12:46, používateľ {AUTHOR} napísal:",
        f"05.01.2026 12:46 tarihinde {AUTHOR} şunu yazdı:",
        f"{AUTHOR} kirjoitti 5.1.2026 12.46:",
        f"Dnia 5/1/2026, 12:46 użytkownik „{NAME}” <{ADDRESS}> napisał:",
    ],
)
def test_unwrap_reads_who_wrote(line):
    assert author(f"{line}\n\n{quote(BODY)}") == (NAME, ADDRESS, "", "low")


def test_unwrap_reads_a_quoted_letter_under_an_open_head():
    head, _, _ = MARKED.partition(f"\n\n{BODY}")

    assert author(f"{head}\n\n{quote(BODY)}\n>") == (NAME, ADDRESS, "", "high")
    assert author(f"Begin forwarded message:\n\n{quote(BLOCK)}") == (NAME, ADDRESS, "", "high")


def test_unwrap_keeps_what_the_forwarder_wrote_below_a_quoted_letter_apart():
    assert author(f"See this:\n\n{quote(MARKED)}\n\nNell") == (NAME, ADDRESS, "See this:\n\nNell", "high")


def test_unwrap_keeps_the_rest_of_a_broken_quoted_line_with_its_letter():
    broken = quote(MARKED).replace("> Let it run for ninety more.", "> Let it run for\nninety more.\n> So I say.")

    found = unwrapped(broken, FW)

    assert found
    assert "Let it run for\nninety more.\nSo I say." in found.body
    assert found.covering == ""


def test_unwrap_takes_a_quote_for_a_forward_where_the_subject_says_so():
    wrote = f'On 28/01/2026 10:00, "{NAME}" <{ADDRESS}> wrote:\n\n    ' + BODY.replace("\n", "\n    ")
    broken = f"Nell here.\nOn January 28, 2026 at 10:00 AM, {NAME}\n({ADDRESS}) wrote:\n{quote(BODY)}"

    assert author(wrote) == (NAME, ADDRESS, "", "low")
    assert author(broken) == (NAME, ADDRESS, "Nell here.", "low")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (MARKED.replace(AUTHOR, NAME), "no address"),
        (MARKED.replace(AUTHOR, f"Desk <desk@prairie.example> On Behalf Of {NAME}"), "a secretary's address"),
        (MARKED.replace(AUTHOR, f"'{NAME}' via Letters <letters@prairie.example>"), "a group's address"),
        (MARKED.replace(ADDRESS, "ida marsh@prairie..example"), "a broken address"),
        (MARKED.replace(BODY, ""), "no words"),
        (f"{'I have much to say. ' * 60}\n\n{MARKED}", "long covering words"),
    ],
)
def test_unwrap_is_not_sure_without(body, why):
    found = unwrapped(body, FW)

    assert found, why
    assert found.confidence == "low", why


def test_unwrap_is_sure_of_a_letter_that_somebody_passed_on_from_another_box_of_theirs():
    found = unwrapped(MARKED, FW, sender=AUTHOR)

    assert found
    assert (found.address, found.confidence) == (ADDRESS, "high")


def test_unwrap_takes_the_subject_of_the_mail_where_the_head_has_none():
    found = unwrapped(MARKED.replace(f"Subject: {SUBJECT}\n", ""), f"[EXTERNAL] Fwd: {SUBJECT}")

    assert found
    assert found.subject == SUBJECT


def test_unwrap_gives_the_date_its_offset():
    body = MARKED.replace("Monday, January 5, 2026 10:00 AM", "Mon, 5 Jan 2026 10:00:00 -0700")

    found = unwrapped(body, FW)

    assert found
    assert found.date == datetime(2026, 1, 5, 10, 0, tzinfo=timezone(timedelta(hours=-7)))
    assert found.date.astimezone(UTC).hour == 17


def test_unwrap_reads_a_forward_without_a_prefix_as_likely():
    assert author(BLOCK, "For Thursday") == (NAME, ADDRESS, "", "low")
    found = unwrapped(f"For Thursday?\n\n{BLOCK}", "A letter for you", To="letters@wyomingstar.example")
    assert found
    assert (found.name, found.covering, found.confidence) == (NAME, "For Thursday?", "low")
