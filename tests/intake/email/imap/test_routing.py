import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.intake.email.accept import Envelope
from submissions.intake.email.imap.routing import Nowhere, envelope_of
from tests.intake.email.mails import mail

LETTERS, OPINION, TIPS = (f"{name}@wyomingstar.example" for name in ("letters", "opinion", "tips"))


def to(*fields, login="newsroom@wyomingstar.example"):
    routed = envelope_of(mail("x", *fields), login, junk=False)
    return routed if isinstance(routed, Nowhere) else routed.mailboxes[0].address


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        ([f"Delivered-To: {OPINION}", f"To: {LETTERS}"], OPINION),
        ([f"X-Original-To: {OPINION}"], OPINION),
        ([f"Envelope-To: {OPINION}"], OPINION),
        ([f"X-Forwarded-To: <{OPINION}>"], OPINION),
        (["Delivered-To: someone@else.example", f"To: {OPINION}"], OPINION),
        ([f"To: a@b.example, W <Opinion+x@{OPINION.partition('@')[2]}>"], OPINION),
        ([f"Cc: Desk:a@b.example,{OPINION};"], OPINION),
        (["To: someone@else.example"], LETTERS),
        ([f"To: {OPINION}, {TIPS}"], OPINION),
    ],
)
def test_mailbox_is_the_one_that_the_header_names(fields, address):
    assert to(*fields) == address


@pytest.mark.parametrize(
    "fields",
    [
        [f"To: {TIPS}"],
        [f"To: Tips <TIPS+a@{TIPS.partition('@')[2]}>"],
        [f'To: "tips"@{TIPS.partition("@")[2]}'],
        [f"Cc: a@b.example,\r\n {TIPS}"],
        [f"Delivered-To: {TIPS}", f"To: {LETTERS}"],
        [f"Delivered-To: {LETTERS}", f"To: {TIPS}"],
        [f"To: {', '.join(f'a{number}@b.example' for number in range(300))}, {TIPS}"],
    ],
)
def test_what_only_tips_may_read_goes_nowhere(fields):
    assert to(*fields) is Nowhere.TIPS


def test_login_says_nothing_as_a_trace_but_is_the_default():
    assert to(f"Delivered-To: {OPINION}", f"To: {LETTERS}", login=OPINION) == LETTERS
    assert to(f"Delivered-To: {OPINION}", "To: a@b.example", login=OPINION) == OPINION
    assert to("To: a@b.example", login=TIPS) is Nowhere.TIPS


def test_default_is_what_is_unsorted_first(settings):
    settings.INTAKE_ADDRESSES = ["letters@paper.example", "desk@paper.example=unsorted", "tips@paper.example"]
    assert to("To: a@b.example") == "desk@paper.example"
    settings.INTAKE_ADDRESSES = ["tips@paper.example"]
    assert to("To: a@b.example") is Nowhere.TIPS


@pytest.mark.parametrize(
    ("fields", "sender"),
    [
        ([], None),
        (["Return-Path: <>"], ""),
        (["Return-Path: < >"], ""),
        (["Return-Path: <a@b.example>", "Return-Path: <c@d.example>"], "a@b.example"),
        (["Return-Path: a@b.example"], "a@b.example"),
        (["Return-Path: nonsense"], None),
    ],
)
def test_sender_is_what_the_receiving_server_noted(fields, sender):
    routed = envelope_of(mail("x", *fields), LETTERS, junk=True)
    assert isinstance(routed, Envelope)
    assert (routed.sender, routed.junk) == (sender, True)


def test_only_the_header_is_read():
    assert to("Subject: x", "", f"To: {TIPS}") == LETTERS


@given(st.binary(max_size=2000))
def test_any_bytes_have_a_mailbox(raw):
    assert envelope_of(b"To: " + raw, LETTERS, junk=False)


@given(st.lists(st.sampled_from([LETTERS, TIPS, "a@b.example", "<", ">", '"', ",", ":", ";", "(", "\r\n ", "\0", "é"])))
def test_tips_alone_are_never_let_through(words):
    value = " ".join(words)
    if TIPS in words and LETTERS not in words:
        assert envelope_of(f"To: {value}\r\n\r\nx".encode(), LETTERS, junk=False) is Nowhere.TIPS
