import pytest

from submissions.intake.email.parsing.headers import Headers
from submissions.intake.email.parsing.tree import open_message


def _headers(raw: str | bytes) -> Headers:
    content = raw if isinstance(raw, bytes) else raw.encode("utf-8", "surrogateescape")
    return Headers.of(open_message(content + b"\r\n\r\n")[0])


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("W. Prairie <w@example.org>", ("W. Prairie", "w@example.org")),
        ("w@example.org", ("", "w@example.org")),
        ("=?utf-8?q?Andr=C3=A9?= <a@example.org>", ("André", "a@example.org")),
        ("André <a@example.org>", ("André", "a@example.org")),
        ('"Last, First" <a@example.org>', ("Last, First", "a@example.org")),
        ("=?utf-8?q?A=2C_B?= <a@example.org>", ("A, B", "a@example.org")),
        ("=?utf-8?q?A_=3Ca=40example=2Eorg=3E?=", ("A", "a@example.org")),
        ("one@example.org, victim@example.net", ("", "one@example.org")),
        ("not an address <a b@example.org, x>", ("", "")),
        ("Group: a@example.org, (b@example.org;);", ("", "a@example.org")),
        ("nobody:;", ("", "")),
        ("from::;\xff", ("", "")),
        ("W. Prairie", ("W. Prairie", "")),
        ('"a@b.example, v@x.example"@c.example', ("", "")),
        ("<@a,@b:c@example.org>", ("", "c@example.org")),
        ("=?utf-8?q?x=0D=0ABcc=3A_v=40example=2Eorg?= <a@example.org>", ("x Bcc: v@example.org", "a@example.org")),
        ("see: (w@example.org", ("see: (", "w@example.org")),
        ("a\x00\u202e <a@example.org>", ("a", "a@example.org")),
    ],
)
def test_mailbox_is_one_name_and_one_plain_address(field, expected):
    name, address = _headers(f"From: {field}").mailbox("from")
    assert address == expected[1]
    assert name == expected[0] or not expected[1]


def test_mailbox_of_fifty_thousand_addresses_is_quick():
    many = ", ".join(f"a{number}@example.org" for number in range(50_000))
    assert _headers(f"From: {many}").mailbox("from") == ("", "a0@example.org")


def test_ids_are_nearest_first_whatever_surrounds_them():
    headers = _headers("References: <a@x> junk <b@x>\r\n\t<[c]@x>\r\nIn-Reply-To: your mail <d@x> <d@x>")
    assert headers.ids("references", "in-reply-to") == ("d@x", "[c]@x", "b@x", "a@x")
    assert headers.ids("message-id") == ()


def test_text_is_one_clean_line_of_limited_length():
    headers = _headers("Subject: =?utf-8?q?a=0D=0Ab=00?=\r\n  c\u202ed" + "x" * 2000)
    assert headers.text("subject", 20) == "a b cd" + "x" * 14
    assert (headers.text("none"), headers.token("none")) == ("", "")


def test_token_drops_parameters_and_comments():
    assert _headers("Auto-Submitted: Auto-Replied (vacation); x=1").token("auto-submitted") == "auto-replied"


def test_only_so_many_fields_are_read():
    headers = _headers("\r\n".join(f"X-{number}: 1" for number in range(5000)))
    assert len(headers.fields) == 1000


@pytest.mark.parametrize(
    "value",
    ["editor@wyomingstar.example <w@example.org>", '"editor@wyomingstar.example" <w@example.org>'],
)
def test_an_address_that_poses_as_a_name_is_a_name(value):
    assert list(_headers(f"From: {value}").mailboxes("from")) == [("editor@wyomingstar.example", "w@example.org")]
