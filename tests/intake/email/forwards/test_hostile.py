from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.intake.email.forwards import unwrap
from submissions.intake.email.forwards.dates import read_date
from submissions.intake.email.forwards.people import mailbox
from submissions.intake.email.parsing.parse import parse
from tests.intake.email.forwards.samples import AUTHOR, LANGUAGES, SUBJECT, fields, unwrapped
from tests.intake.email.mails import mail

PIECES = [
    *(
        "From: ",
        "To: ",
        "Subject: ",
        "Date: ",
        "Bcc:",
        ":",
        "\n",
        "\n\n",
        "> ",
        ">",
        "*",
        "\xa0",
        "\t",
        "\u200f",
        "a@b.example",
    ),
    *("---------- Forwarded message ---------", "-----Original Message-----", "Begin forwarded message:", "_" * 30),
    *("wrote:", "On 5/1/2026 ", "----- End forwarded message -----", "[mailto:", "<", ">", '"', "(", ")", "@", AUTHOR),
    *(line for words in LANGUAGES[::6] for line in fields(words)),
]
pieces = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20)), max_size=60).map("".join)
subjects = st.one_of(
    st.sampled_from(["Fwd: x", "Re: x", "VS: x", "[Fwd: x]", "[a] [b] WG : x", ""]), st.text(max_size=30)
)


@given(pieces, subjects)
def test_unwrap_never_raises_and_names_clean_things(body, subject):
    found = unwrapped(body, " ".join(subject.split()).encode("utf-8", "replace").decode())

    if found:
        assert found.confidence in ("high", "low")
        assert 1 <= found.depth <= 8
        assert "\n" not in found.name + found.address + found.subject
        assert found.confidence == "low" or (found.address and found.body)


@given(
    st.binary(max_size=300),
    st.sampled_from(["message/rfc822", "multipart/mixed; boundary=b", "multipart/digest; boundary=b"]),
)
def test_unwrap_never_raises_on_any_bytes(content, content_type):
    raw = mail(
        b"--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@b.example\r\n" + content, f"Content-Type: {content_type}"
    )

    found = unwrap(parse(raw))

    assert found is None or found.depth >= 1


@given(st.text(max_size=120))
def test_read_date_and_mailbox_never_raise(text):
    name, address = mailbox(text)
    read_date(text)
    read_date(text, day_first=True)

    assert "@" not in name
    assert address == "" or address.count("@") == 1


HEAD = f"----- Forwarded message -----\nFrom: {AUTHOR}\nDate: x\nSubject: Fwd: y\nTo: a@b.example\n\nhi\n"


@pytest.mark.parametrize(
    ("piece", "depth"),
    [
        *(
            (piece, 0)
            for piece in (
                "From: \n",
                "From: ",
                ">",
                ">\n",
                "> \n",
                "-",
                "_\n",
                "\n",
                ":",
                "@",
                "a wrote:\n",
                "To: a,\nb\n",
            )
        ),
        *(
            (piece, 0)
            for piece in ("To: x\nBcc: y\n", "Begin forwarded message:\n\n", "----- Forwarded message -----\n")
        ),
        (f"From: {AUTHOR}\nTo: a@b.example,\nSubject: y\n", 1),
        (HEAD, 8),
    ],
)
def test_unwrap_comes_to_an_end_on_a_million_characters(piece, depth):
    letter = parse(mail("", Subject=f"Fwd: {SUBJECT}"))

    found = unwrap(replace(letter, body=piece * (1_000_000 // len(piece))))

    assert (found.depth if found else 0) == depth
