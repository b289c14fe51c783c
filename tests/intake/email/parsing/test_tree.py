import pytest

from submissions.intake.email.parsing import tree
from submissions.intake.email.parsing.leaves import Leaf, outline
from submissions.intake.email.parsing.tree import content_of, content_type_of, guarded, open_message, parameters, walk
from tests.intake.email.mails import mail, multipart, nested, part


def _leaf(message) -> Leaf:
    leaf = outline(message)
    assert isinstance(leaf, Leaf)
    return leaf


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("text/HTML; charset=x", "text/html"),
        ("text", "text/plain"),
        ("", "text/plain"),
        ("text/html\x00", "text/plain"),
        ("a/b/c", "text/plain"),
        ("é/b", "text/plain"),
    ],
)
def test_content_type_is_a_media_type_whatever_is_declared(field, expected):
    message, _ = open_message(mail("x", f"Content-Type: {field}"))
    assert _leaf(message).content_type == expected


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="a.txt"', "a.txt"),
        ("attachment; filename*=utf-8''%C3%A9.txt", "é.txt"),
        ("attachment; filename*0*=utf-8''%C3; filename*1*=%A9.txt", "é.txt"),
        ('attachment; filename="=?utf-8?q?=C3=A9=2Etxt?="', "é.txt"),
        ("attachment; filename=é.txt", "é.txt"),
        ("attachment; filename*=nul\x00''a.txt", "a.txt"),
        ("attachment", ""),
        ("attachment; filename=" + "a;" * 50_000, "a"),
    ],
)
def test_a_file_name_is_decoded_however_it_is_written(disposition, name):
    message, _ = open_message(mail("x", f"Content-Disposition: {disposition}"))
    leaf = _leaf(message)
    assert (leaf.disposition, leaf.name) == ("attachment", name)


def test_a_name_may_stand_in_the_content_type():
    message, _ = open_message(mail("x", "Content-Type: image/png; name*=utf-8''a.png"))
    assert _leaf(message).name == "a.png"
    assert "charset" not in parameters(message, "content-type")


@pytest.mark.parametrize("charset", ["utf-8\x00", "idna", "zlib", "nonsense"])
@pytest.mark.parametrize("encoding", ["base64", "7bit", "8bit", "quoted-printable", "x-uuencode", "nonsense"])
def test_content_is_undone_whatever_its_charset(charset, encoding):
    fields = f'Content-Type: text/plain; charset="{charset}"', f"Content-Transfer-Encoding: {encoding}"
    message, _ = open_message(mail("aGVsbG8gd29ybGQ=" if encoding == "base64" else "héllo".encode(), *fields))
    assert _leaf(message).text() == ("hello world" if encoding == "base64" else "héllo")


def test_broken_base64_gives_what_can_be_had():
    message, _ = open_message(mail("aGVsbG8gd29ybGQ*", "Content-Transfer-Encoding: base64"))
    assert content_of(message) == b"hello world"


def test_a_message_within_is_content_as_a_whole():
    inner = part("Subject: inner\r\n\r\nhello", "message/rfc822")
    body, content_type = multipart("mixed", inner)
    message, _ = open_message(mail(body, content_type))
    assert content_of(message.get_payload(0)) == b"Subject: inner\r\n\r\nhello"


def test_walk_goes_no_deeper_than_the_limit():
    inner = part("deep")
    for number in range(60):
        inner = nested("mixed", inner, boundary=f"n{number}")
    message, over = open_message(mail(inner.partition("\r\n\r\n")[2], inner.partition("\r\n\r\n")[0]))
    assert over == ""
    assert max(depth for _, depth in walk(message)) == tree.DEEPEST


@pytest.mark.parametrize(
    ("body", "limit"),
    [
        ("\r\n--" * (tree.MOST_DELIMITERS + 1), "parts"),
        ("Content-Type: a/b\r\n" * (tree.MOST_FIELDS + 1), "parts"),
    ],
)
def test_what_is_plainly_too_much_is_not_taken_apart(body, limit):
    message, over = open_message(mail(body, 'Content-Type: multipart/mixed; boundary=""'))
    assert over == limit
    assert message["Subject"] == "Keep the footbridge open"
    assert not message.is_multipart()


def test_a_thousand_nested_parts_are_survived():
    head, tail = "", ""
    for number in range(1000):
        head += f'Content-Type: multipart/mixed; boundary="n{number}"\r\n\r\n--n{number}\r\n'
        tail = f"\r\n--n{number}--" + tail
    message, _ = open_message(b"Subject: deep\r\n" + (head + "\r\nx" + tail).encode())
    assert message["Subject"] == "deep"
    assert content_type_of(message) == "multipart/mixed"


def test_a_parser_that_fails_leaves_the_header(monkeypatch):
    parse = tree.BytesParser.parsebytes

    def fail(self, text, headersonly=False):
        if not headersonly:
            raise RecursionError
        return parse(self, text, headersonly)

    monkeypatch.setattr(tree.BytesParser, "parsebytes", fail)
    message, over = open_message(mail("x"))
    assert (message["Subject"], over) == ("Keep the footbridge open", "structure")


def test_guarded_returns_the_default_for_any_exception():
    assert guarded(lambda: 1 // 0, "x") == "x"
