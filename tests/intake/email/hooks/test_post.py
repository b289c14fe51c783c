from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from submissions.intake.email.hooks import post
from submissions.intake.email.hooks.post import Post, bytes_of, read_json
from tests.intake.email.hooks.posting import multipart, urlencoded

FIELDS = st.dictionaries(st.text("abc-", min_size=1, max_size=8), st.binary(max_size=200), min_size=1, max_size=4)


def _post(body, content_type):
    return Post(RequestFactory().generic("POST", "/", body, content_type))


@given(FIELDS)
def test_fields_of_a_form_are_the_bytes_that_were_sent(fields):
    safe = {name: value for name, value in fields.items() if b"--limit" not in value}
    assert dict(post._pairs(urlencoded(safe)[0])) == safe
    assert dict(post._parts(multipart(safe)[0], "limit")) == safe


@given(st.lists(st.sampled_from([b"%", b"+", b" ", b"a", b"\xff", b"%41"]), max_size=40).map(b"".join))
def test_an_escape_is_never_cut(value):
    body, pieces = urlencoded({"a": value})[0], post.PIECE
    try:
        post.PIECE = 4
        assert dict(post._pairs(body)) == {"a": value}
    finally:
        post.PIECE = pieces


@given(st.binary(max_size=50))
def test_a_json_string_gives_its_bytes_back(raw):
    body = b'"' + raw.translate(bytes.maketrans(bytes(range(32)) + b'"\\', b" " * 34)) + b'"'
    assert bytes_of(read_json(body)) == body[1:-1]


@given(st.text(st.characters(max_codepoint=0xFFFF), max_size=20))
def test_halves_of_pairs_are_no_error(text):
    assert isinstance(bytes_of(text + "\ud83d"), bytes)


def test_what_is_no_form_has_no_fields(monkeypatch):
    monkeypatch.setattr(post, "message_limit", lambda: 1000)
    said = _post(b'{"a": 1}', "application/json")
    assert (said.fields, said.POST.dict(), said.json()) == ({}, {}, {"a": 1})


def test_validators_see_text(monkeypatch):
    monkeypatch.setattr(post, "message_limit", lambda: 1000)
    said = _post(*urlencoded({"a": "gehört".encode(), "b": b"\xff"}))
    assert (said.POST.dict(), len(said.POST)) == ({"a": "gehört", "b": "\ufffd"}, 2)
