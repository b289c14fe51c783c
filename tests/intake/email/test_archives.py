import io
import os

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from submissions.intake.email import archives
from submissions.intake.email.archives import Found, NotAnArchive, messages_of, size_of
from tests.intake.email.archiving import mbox

LIMIT = 1000
FROM = b"From w.prairie@example.org Mon Jan  5 10:00:00 2026\n"


def _raws(path, limit=LIMIT):
    return [found.raw for found in messages_of(path, limit)]


def _mbox_of(tmp_path, content):
    (tmp_path / "box").write_bytes(content)
    return tmp_path / "box"


@pytest.mark.parametrize(
    "line",
    [
        b"From w.prairie@example.org Mon Jan  5 10:00:00 2026",
        b"From MAILER-DAEMON Fri Dec 25 09:05 2026",
        b"From - Sun Feb  1 23:59:59 2026\r",
        b"From 1789@xxx Mon Jan 05 17:00:00 +0000 2026",
        b"From x Mon Jan 5 10:00:00 MST 2026 remote from gate",
        b"From w.prairie at example.org  Tue Jan 13 10:00:00 2026",
        b"From ???@??? Mon, 5 Jan 2026 10:00:00 -0700",
    ],
)
def test_mbox_is_split_at_the_lines_that_programs_write(tmp_path, line):
    path = _mbox_of(tmp_path, line + b"\nSubject: 1\n\na\n\n" + line + b"\nSubject: 2\n\nb\n\n")
    assert _raws(path) == [b"Subject: 1\n\na\n", b"Subject: 2\n\nb\n"]


@pytest.mark.parametrize(
    "text",
    [
        b"x\n\nFrom the editor, with regards\n",
        b"x\n\nFrom 10:30 on Mon we close.\n",
        b"x\nFrom a@b.example Mon Jan  5 10:00:00 2026\n",
        b"\r\nx\r\n\r\n\r\n",
        b"no end of line\n",
        b"",
        b"x" * 200_000 + b"From \n",
    ],
)
def test_mbox_keeps_the_text_as_it_is(tmp_path, text):
    raw = b"Subject: 1\n\n" + text
    assert _raws(_mbox_of(tmp_path, FROM + raw + b"\n" + FROM + b"S: 2\n\n\n"), 10**6) == [raw, b"S: 2\n\n"]


def test_mbox_takes_one_level_of_quoting_away(tmp_path):
    path = _mbox_of(tmp_path, FROM + b"S: 1\n\n>From me\n>>From you\n> From us\n >From x\n>Fromage\n")
    assert _raws(path) == [b"S: 1\n\nFrom me\n>From you\n> From us\n >From x\n>Fromage\n"]


def test_mbox_with_the_line_ends_of_windows(tmp_path):
    path = _mbox_of(tmp_path, (FROM + b"S: 1\n\na\n\n" + FROM + b"S: 2\n\nb\n\n").replace(b"\n", b"\r\n"))
    assert _raws(path) == [b"S: 1\r\n\r\na\r\n", b"S: 2\r\n\r\nb\r\n"]


HOSTILE = st.lists(
    st.sampled_from([b"From ", b">", b"\n", b"\r\n", b"\r", b"a", b"\x00\xff", FROM, b"Subject: x\n"]), max_size=30
)


@given(st.lists(HOSTILE.map(b"".join).filter(lambda raw: bool(raw)), min_size=1, max_size=4))
@example([b"From x\n", b"\n\n", b">From x"])
def test_mbox_gives_back_what_was_put_in(raws):
    whole = [raw if raw.endswith(b"\n") else raw + b"\n" for raw in raws]
    found = list(archives._split(io.BytesIO(mbox(raws)), LIMIT))
    assert [one.raw for one in found] == whole
    assert sum(one.passed for one in found) <= len(mbox(raws))


@given(st.binary(max_size=300))
def test_mbox_of_anything_is_read(content):
    for found in archives._split(io.BytesIO(b"From x\n" + content), 100):
        assert (found.raw is None) == bool(found.trouble)


@pytest.mark.parametrize("content", [b"", b"\n\n"])
def test_an_empty_mbox_has_no_messages(tmp_path, content):
    assert (_raws(_mbox_of(tmp_path, content)), size_of(_mbox_of(tmp_path, content))) == ([], len(content))


def test_mbox_passes_over_what_is_too_large_without_keeping_it(tmp_path):
    path = _mbox_of(tmp_path, FROM + b"x" * 300_000 + b"\n\n" + FROM + b"S: 2\n\nb\n")
    large, good = messages_of(path, LIMIT)
    assert (large.place, large.raw, large.trouble) == ("message 1", None, archives.TOO_LARGE)
    assert (good.place, good.raw) == ("message 2", b"S: 2\n\nb\n")
    assert large.passed + good.passed == size_of(path)


def test_maildir_gives_new_and_seen_messages_in_order_without_drafts(tmp_path):
    for part, name, raw in [
        ("cur", "1767632402.M1.host:2,S", b"second"),
        ("cur", "1767632403.M1.host:2,DS", b"a draft"),
        ("new", "1767632401.M1.host", b"first\r\n"),
        ("cur", "1767632404.M1.host:2,RT", b"third"),
        ("cur", ".hidden", b"x"),
        ("tmp", "1767632400.M1.host", b"half a mess"),
    ]:
        (tmp_path / part).mkdir(exist_ok=True)
        (tmp_path / part / name).write_bytes(raw)
    assert _raws(tmp_path) == [b"first\r\n", b"second", b"third"]


def test_a_folder_gives_its_files_and_those_of_its_folders_in_order(tmp_path):
    (tmp_path / "b").mkdir()
    for name, raw in [("z.eml", b"\xff"), ("a.EML", b"From me"), ("b/c.eml", b"c"), ("b/notes.txt", b"no")]:
        (tmp_path / name).write_bytes(raw)
    assert [found.place for found in messages_of(tmp_path, LIMIT)] == ["a.EML", "z.eml", "b/c.eml"]
    assert _raws(tmp_path) == [b"From me", b"\xff", b"c"]
    assert size_of(tmp_path) == 9


def test_one_eml_file_is_an_archive_of_one(tmp_path):
    (tmp_path / "x.eml").write_bytes(b"From here on.\n\n")
    assert list(messages_of(tmp_path / "x.eml", LIMIT)) == [Found(place="x.eml", raw=b"From here on.\n\n", passed=15)]


def test_what_cannot_be_read_is_told_and_the_others_are_given(tmp_path):
    os.mkfifo(tmp_path / "a.eml")
    (tmp_path / "b.eml").mkdir()
    (tmp_path / "c.eml").write_bytes(b"")
    (tmp_path / "d.eml").write_bytes(b"x" * (LIMIT + 1))
    (tmp_path / "e.eml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "f.eml").write_bytes(b"good")
    found = list(messages_of(tmp_path, LIMIT))
    assert [(one.place, one.trouble) for one in found] == [
        ("a.eml", "not a file that can be read"),
        ("c.eml", archives.EMPTY),
        ("d.eml", archives.TOO_LARGE),
        ("e.eml", "not a file that can be read"),
        ("f.eml", ""),
    ]


def test_a_file_that_fails_to_open_is_told(tmp_path, monkeypatch):
    (tmp_path / "a.eml").write_bytes(b"x")
    monkeypatch.setattr(
        archives.Path, "open", lambda *_: (_ for _ in ()).throw(PermissionError(13, "Permission denied"))
    )
    assert [found.trouble for found in messages_of(tmp_path, LIMIT)] == ["Permission denied"]


def test_a_folder_that_cannot_be_read_is_told(tmp_path, monkeypatch):
    def walk(path, onerror):
        onerror(PermissionError(13, "Permission denied", str(tmp_path / "closed")))
        return iter([])

    monkeypatch.setattr(os, "walk", walk)
    assert [(found.place, found.raw) for found in messages_of(tmp_path, LIMIT)] == [("closed", None)]


def test_a_disk_that_fails_within_an_mbox_is_told(tmp_path, monkeypatch):
    def split(*_):
        yield Found(place="message 1", raw=b"x")
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(archives, "_split", split)
    found = list(messages_of(_mbox_of(tmp_path, FROM), LIMIT))
    assert [(one.place, one.trouble) for one in found] == [
        ("message 1", ""),
        ("everything after message 1", "Input/output error"),
    ]


def test_what_is_no_archive_is_refused(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04")
    for read in (lambda: list(messages_of(tmp_path / "x.zip", LIMIT)), lambda: size_of(tmp_path / "x.zip")):
        with pytest.raises(NotAnArchive):
            read()
    with pytest.raises(FileNotFoundError):
        list(messages_of(tmp_path / "nowhere", LIMIT))
