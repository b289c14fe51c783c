from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.intake.web import salvage
from submissions.intake.web.salvage import Kept, fields_of

MULTIPART = "multipart/form-data; boundary=edge"
PARTS = (
    b'--edge\r\nContent-Disposition: form-data; name="body"\r\n\r\nGr\xc3\xbc\xc3\x9fe,\r\nall\r\n'
    b'--edge\r\nContent-Disposition: form-data; name="attachments"; filename="a.txt"\r\n\r\nsecret\r\n'
    b'--edge\r\nContent-Disposition: form-data; name="headline"\r\n\r\nCut o'
)


def test_fields_are_found_in_a_cut_multipart_post():
    fields = fields_of(Kept(BytesIO(PARTS)), MULTIPART)
    assert fields == {"body": "Grüße,\r\nall", "headline": "Cut o"}


def test_fields_are_found_in_a_cut_urlencoded_post():
    fields = fields_of(Kept(BytesIO(b"body=one+two%21&headline=Cut+o")), "application/x-www-form-urlencoded")
    assert fields == {"body": "one two!", "headline": "Cut o"}


def test_stream_is_read_as_before_and_its_beginning_kept(monkeypatch):
    monkeypatch.setattr(salvage, "KEEP", 8)
    kept = Kept(BytesIO(b"one\ntwo\nthree\nfour"))
    assert (kept.readline(), kept.readline(2), kept.read(2), kept.read()) == (b"one\n", b"tw", b"o\n", b"three\nfour")
    kept.close()
    assert kept.beginning() == b"one\ntwo\n"


@given(st.binary(max_size=400), st.sampled_from([MULTIPART, "multipart/form-data", "text/plain", ""]))
def test_no_request_is_too_odd_to_salvage(content, content_type):
    fields = fields_of(Kept(BytesIO(content)), content_type)
    assert all(isinstance(value, str) for value in fields.values())


@pytest.mark.parametrize("junk", [b"--edge\r\nContent-Disposition: x\r\n\r\nbody", b"", b"--edge--"])
def test_parts_without_a_name_are_left_out(junk):
    assert fields_of(Kept(BytesIO(junk)), MULTIPART) == {}
