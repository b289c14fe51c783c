import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from submissions.models import Paper
from submissions.notifications import addresses
from submissions.notifications.addresses import domain_of, message_id_domain, own_addresses, sole_address


@pytest.mark.parametrize(
    "address", ["ann@example.org", "A.B+tag@sub.example.org", "o'brien@example.org", "x_y-z@example.co"]
)
def test_one_plain_address_is_itself(address):
    assert sole_address(address) == address


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "a@b.example, victim@x.example",
        "a@b.example,victim@x.example",
        "a@b.example;c@d.example",
        "a@b.example c@d.example",
        "Ann <ann@example.org>",
        "<ann@example.org>",
        "ann@example.org\nBcc: victim@x.example",
        "ann@example.org\r\n",
        "ann@example.org\n",
        '"a, b"@example.org',
        "ann@[127.0.0.1]",
        "ann",
        "@example.org",
        "ann@example",
        "ann@@example.org",
        "änn@example.org",
        "ann@" + "a" * 250 + ".org",
        "ann@exa\x00mple.org",
        "ann@xn--.example",
    ],
)
def test_what_is_not_exactly_one_address_is_none(text):
    assert sole_address(text) is None


def test_an_international_domain_goes_out_in_ascii():
    assert sole_address("ann@bücher.example") == "ann@xn--bcher-kva.example"


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_text_gives_an_address_that_a_header_could_misread(text):
    address = sole_address(text + "@example.org")
    assert address is None or (address.isprintable() and address.isascii() and not set(address) & set(' ,;<>"()'))


def test_our_own_addresses_are_all_that_take_mail_in(monkeypatch):
    monkeypatch.setattr(
        addresses.settings, "INTAKE_ADDRESSES", ["Letters@wyomingstar.example=letter", "all@wyomingstar.example"]
    )
    paper = Paper(name="Star", reply_address="desk@wyomingstar.example")
    assert own_addresses(paper) == {
        "letters@wyomingstar.example",
        "all@wyomingstar.example",
        "desk@wyomingstar.example",
    }
    assert domain_of(paper) == "wyomingstar.example"


def test_message_ids_have_a_domain_of_their_own():
    assert message_id_domain(Paper(reply_address="letters@wyomingstar.example")) == "mailbag.wyomingstar.example"
