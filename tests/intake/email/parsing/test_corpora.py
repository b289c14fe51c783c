"""What others expect of hard and broken mail, and how much of it we find."""

import pytest

from submissions.intake.email.parsing.parse import parse
from tests.corpora import CORPORA, Row, stalwart, tnef

pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not beside the project")


def _share(row: Row) -> float:
    return row[1] / row[2]


def test_stalwart_texts_and_attachments_are_found():
    texts, attachments = stalwart.score()
    assert (texts[2], attachments[2]) == (334, 256)
    assert _share(texts) >= 0.95
    assert _share(attachments) >= 0.98


def test_every_list_of_the_tnef_samples_is_right():
    assert tnef.score() == [("TNEF lists", 19, 19), ("TNEF files", 36, 36)]


def test_a_file_in_two_yenc_mails_is_whole_when_joined():
    folder = CORPORA / "mimekit" / "yenc"
    pieces = [parse((folder / name).read_bytes()).files[0].content for name in ("00000020.ntx", "00000021.ntx")]
    assert b"".join(pieces) == (folder / "joystick.jpg").read_bytes()
