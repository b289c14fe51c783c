import hashlib
import os

from submissions import storage
from submissions.intake.email.spool import IN_ROW, Contents, Spool, contain


def test_a_small_message_stays_in_memory(data_dir):
    sha256 = hashlib.sha256(b"hello").hexdigest()
    assert contain(b"hello") == Contents(size=5, sha256=sha256, data=b"hello")
    assert not (data_dir / "media").exists()


def test_a_large_message_goes_to_a_file():
    raw = b"0123456789" * (IN_ROW // 10) + b"!"
    spool = Spool()
    for start in range(0, len(raw), 65_536):
        spool.write(raw[start : start + 65_536])
    contents = spool.finish()
    assert (contents.size, contents.data) == (len(raw), None)
    assert contents.sha256 == hashlib.sha256(raw).hexdigest()
    assert storage.read(contents.file) == raw


def test_a_discarded_message_leaves_nothing(data_dir):
    spool = Spool()
    spool.write(b"x" * (IN_ROW + 1))
    spool.discard()
    spool.discard()
    assert [path for path in (data_dir / "media").rglob("*") if path.is_file()] == []


def test_what_a_killed_process_left_is_forgotten_after_a_day(data_dir):
    spool, fresh = storage.new_spool(), storage.new_spool()
    os.utime(spool.name, (0, 0))
    spool.close()
    fresh.close()
    assert storage.forget_spools() == 1
    assert [str(path) for path in (data_dir / "media").iterdir()] == [fresh.name]
