import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions import storage

DIGEST = hashlib.sha256(b"a letter").hexdigest()


@pytest.fixture
def media(settings):
    return Path(settings.MEDIA_ROOT)


@pytest.fixture
def done(monkeypatch):
    """What was synced and renamed, in order."""
    done, fsync, rename = [], os.fsync, Path.rename

    def tell_fsync(handle):
        done.append(str(Path(f"/proc/self/fd/{handle}").readlink()))
        fsync(handle)

    def tell_rename(path, to):
        done.append("rename")
        return rename(path, to)

    monkeypatch.setattr(os, "fsync", tell_fsync)
    monkeypatch.setattr(Path, "rename", tell_rename)
    return done


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_keep_names_bytes_by_their_hash(media):
    name = storage.keep(b"a letter")
    assert (name, files(media)) == (f"{DIGEST[:2]}/{DIGEST}", [name])
    assert storage.read(name) == b"a letter"
    assert storage.path_of(name) == media / name


def test_kept_file_is_its_owners_only(media):
    assert (media / storage.keep(b"a letter")).stat().st_mode & 0o077 == 0


def test_same_bytes_twice_are_one_file(media):
    assert storage.keep(b"a letter") == storage.keep(b"a letter")
    assert len(files(media)) == 1


def test_keep_syncs_the_file_before_its_name_and_then_both_folders(media, done):
    name = storage.keep(b"a letter")

    spool, *rest = done
    assert Path(spool).name.startswith(".spool-")
    assert rest == ["rename", str((media / name).parent), str(media)]


def test_keep_of_known_bytes_syncs_the_name_that_another_gave_it(media, done):
    name = storage.keep(b"a letter")
    done.clear()
    storage.keep(b"a letter")
    assert done == []
    storage._durable.clear()
    storage.keep(b"a letter")
    assert done == [str((media / name).parent), str(media)]


def test_keep_of_bytes_that_were_removed_and_came_back_syncs_their_name_again(media, done):
    path = media / storage.keep(b"a letter")
    path.rename(media / "elsewhere")
    path.write_bytes(b"a letter")
    done.clear()
    storage.keep(b"a letter")
    assert done == [str(path.parent), str(media)]


@pytest.mark.parametrize("step", ["fsync", "open"])
def test_full_disk_leaves_nothing_behind(media, monkeypatch, step):
    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os if step == "fsync" else storage.tempfile, "fsync" if step == "fsync" else "mkstemp", full)
    with pytest.raises(OSError, match="No space"):
        storage.keep(b"a letter")
    assert files(media) == []


def test_spool_is_adopted_under_its_hash(media):
    with storage.new_spool() as spool:
        spool.write(b"a letter")
        name = storage.adopt(spool, DIGEST)
    assert (files(media), storage.read(name)) == ([name], b"a letter")


@pytest.mark.parametrize(
    "name",
    ["", "x", "../secret_key", f"{DIGEST[:2]}/{DIGEST}/", f"zz/{DIGEST}", f"{DIGEST[:2]}/{DIGEST[:-1]}.", "/" * 67],
)
def test_name_that_was_not_made_here_is_refused(name):
    with pytest.raises(ValueError, match="not a stored name"):
        storage.path_of(name)


@given(st.text(max_size=70))
def test_no_name_leads_out_of_the_folder(name):
    try:
        path = storage.path_of(name)
    except ValueError:
        return
    assert path.parent.parent.name == "media"


def test_read_of_a_file_that_is_gone_says_so():
    with pytest.raises(FileNotFoundError):
        storage.read(f"{DIGEST[:2]}/{DIGEST}")
