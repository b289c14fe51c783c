import pytest

from submissions.intake.email.parsing.leaves import Branch, Leaf, leaves, outline
from submissions.intake.email.parsing.tree import open_message
from tests.intake.email.mails import mail, multipart, nested, part


def _outline(raw: bytes) -> Branch | Leaf:
    return outline(open_message(raw)[0])


def test_an_outline_has_the_leaves_in_their_order():
    inner = nested("alternative", part("plain"), part("<p>x", "text/html"), boundary="in")
    found = _outline(mail(*multipart("mixed", inner, part("GIF8", "image/gif"))))
    shown = [(leaf.content_type, leaf.parent_type, leaf.first) for leaf in leaves(found)]
    assert shown == [
        ("text/plain", "multipart/alternative", True),
        ("text/html", "multipart/alternative", False),
        ("image/gif", "multipart/mixed", False),
    ]


@pytest.mark.parametrize(
    "content_type",
    [
        'Content-Type: multipart/mixed; boundary="b\r\n b"',
        "Content-Type: multipart/mixed\r\n\tboundary=b",
        "Content-Type : multipart/mixed; boundary=b",
        "Content-Type: multipart/mixed; name*=x; boundary=b",
    ],
)
def test_a_delimiter_is_found_however_it_is_declared(content_type):
    body, _ = multipart("mixed", part("one"), part("two"))
    found = _outline(mail(body.replace("--b", "--b b") if '"b\r' in content_type else body, content_type))
    assert [leaf.text() for leaf in leaves(found)] == ["one", "two"]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ('<meta charset="iso-8859-2">\xb1', "ą"),
        ('<meta http-equiv=Content-Type content="text/html; charset=windows-1251">\xef', "п"),
        ("<meta charset=nonsense>caf\xe9", "café"),
    ],
)
def test_a_page_may_name_its_charset_itself(page, text):
    found = _outline(mail(page.encode("latin-1"), "Content-Type: text/html"))
    assert isinstance(found, Leaf)
    assert found.text().endswith(text)


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_a_message_within_may_be_encoded_though_it_must_not(encoding):
    content = {"base64": "U3ViamVjdDogeA0KDQpoZWxsbw==", "quoted-printable": "Subject: x=0D=0A=0D=0Ahello"}[encoding]
    inner = f"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{content}"
    found = list(leaves(_outline(mail(*multipart("mixed", part("above"), inner)))))
    assert found[1].content.rstrip() == b"Subject: x\r\n\r\nhello"


def test_every_group_of_a_delivery_report_is_kept():
    report = part("Reporting-MTA: dns; a.example\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n", "message/delivery-status")
    found = list(leaves(_outline(mail(*multipart("report", part("above"), report)))))
    assert b"Action: failed" in found[1].content
    assert found[1].content.startswith(b"Reporting-MTA: dns; a.example\r\n\r\n")


def test_a_long_header_of_a_message_within_is_not_folded_anew():
    line = "Subject: " + "word " * 40 + "end"
    found = list(leaves(_outline(mail(*multipart("mixed", part("above"), part(f"{line}\r\n\r\nx", "message/rfc822"))))))
    assert found[1].content == f"{line}\r\n\r\nx".encode()
