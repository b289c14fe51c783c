import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.intake.email.bounces.forms import is_for_now, named_in, opens_as_bounce


@pytest.mark.parametrize(
    "text",
    [
        "There was an error delivering your mail to <gone@b.example>.",
        "---The following addresses had delivery errors---\n\ngone@b.example [User unknown]",
        "Could not be delivered to: <gone@b.example>\n  As their mailbox is full.",
        "An error has occurred while attempting to deliver a message for\nthe following list of recipients:\n\n"
        "gone@b.example: 550 5.1.1 No such user",
        "Each of the following recipients was rejected.\n    Recipient: <gone@b.example>",
        "----- The following addresses had permanent fatal errors -----\n>>> gone@b.example <gone@b.example>",
        "------- Failure Reasons  --------\n\nUser not listed\ngone@b.example\n",
        "以下のメールアドレスへの送信に失敗しました。\ngone@b.example\n",
        "While talking to mx.b.example:\n>>> RCPT To:<gone@b.example>\n<<< 550 no",
        "   ----- Transcript of session follows -----\n550 <gone@b.example>... User unknown",
        ">>> MAIL From:<us@example.org>\n<<< 501 <us@example.org>... no\n554 <gone@b.example>... no",
        " In:  RCPT TO:<GONE@b.example> ORCPT=rfc822;x\n Out: 451 4.3.0 Error",
    ],
)
def test_each_form_names_its_recipient(text):
    assert named_in(text) == ("gone@b.example",)


def test_all_recipients_of_a_paragraph_are_named():
    text = "Failed recipients:\na@b.example\nc@d.example: gone\n\nAsk help@e.example"
    assert named_in(text) == ("a@b.example", "c@d.example")


@pytest.mark.parametrize(
    "text", ["", "Nothing here\na@b.example", "User unknown\nnobody", "The following address: x@y"]
)
def test_a_text_without_recipient_names_nobody(text):
    assert named_in(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\n\n***\nYour message could not be delivered", True),
        ("Non-Delivery Report", True),
        ("1\n2\n3\n4\nYour message could not be delivered", False),
        ("Dear editor, the mailbox is full of user unknown", False),
        ("", False),
    ],
)
def test_a_bounce_says_so_at_once(text, expected):
    assert opens_as_bounce(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It has not yet been delivered. No action is required on your part.", True),
        ("Delivery is delayed. We are giving up.", False),
        ("User unknown", False),
    ],
)
def test_a_delay_is_for_now_unless_they_gave_up(text, expected):
    assert is_for_now("Mail status", text) is expected


_WORD = st.sampled_from(["following addresses had", "rcpt to:<", "a@b.example", "\n", "> ", "550 <", "\t", "@", ":"])


@given(st.lists(_WORD | st.text(max_size=20), max_size=40).map("".join))
def test_no_text_is_too_odd(text):
    assert all(address.count("@") == 1 for address in named_in(text))
    assert {opens_as_bounce(text), is_for_now("", text)} <= {True, False}
