"""Archives for tests, written by hand: what a library writes is not always what it was given."""

import re
from pathlib import Path

FROM = b"From w.prairie@example.org Mon Jan  5 10:00:00 2026\n"
_TO_QUOTE = re.compile(rb"^(>*From )", re.MULTILINE)


def mbox(raws: list[bytes]) -> bytes:
    """An mboxrd file; a message without a line end at its end gets one, as every mbox asks."""
    return b"".join(
        FROM + _TO_QUOTE.sub(rb">\1", raw) + (b"" if raw.endswith(b"\n") else b"\n") + b"\n" for raw in raws
    )


def write_mbox(path: Path, raws: list[bytes]) -> Path:
    path.write_bytes(mbox(raws))
    return path


def write_maildir(path: Path, raws: list[bytes]) -> Path:
    for part in ("cur", "new", "tmp"):
        (path / part).mkdir(parents=True)
    for number, raw in enumerate(raws):
        name = f"cur/{1767632400 + number}.M{number}P1.host:2,RS" if number % 2 else f"new/{1767632400 + number}.M.host"
        (path / name).write_bytes(raw)
    return path


def write_folder(path: Path, raws: list[bytes]) -> Path:
    for number, raw in enumerate(raws):
        folder = path / f"{number // 100:03}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:05}.eml").write_bytes(raw)
    return path


WRITERS = {"mbox": write_mbox, "maildir": write_maildir, "folder": write_folder}
