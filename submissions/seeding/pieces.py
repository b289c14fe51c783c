"""The demo's pieces: who wrote what, and what was done with it when, as read from their files."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from submissions.intake.filetypes import media_type
from submissions.intake.receive import Arrival, File
from submissions.models import Channel, Kind, Noticed, Role, Severity
from submissions.seeding import files


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing done with a piece; `at` and `until` are moments of the seeds' calendar, `by` an account's name."""

    at: str
    do: str
    by: str = ""
    reason: str = ""
    text: str = ""
    until: str = ""
    headline: str = ""
    byline: str = ""
    change: list[list[str]] = field(default_factory=list)
    how: str = ""
    ran_in: str = ""
    tell: bool = False
    kind: str = ""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One letter or opinion piece, as its file has it. Sent by web form unless told otherwise."""

    slug: str
    kind: Kind
    writer: dict[str, str]
    received: str
    body: str
    channel: Channel = Channel.WEB
    typed_in_by: str = ""
    headline: str = ""
    in_response_to: str = ""
    role: Role = Role.NONE
    interests: str = ""
    paid_by: str = ""
    ai_use: str = "none"
    exclusive: bool = True
    phone_only: bool = False
    trapped: str = ""
    screened: bool = True
    files: tuple[str, ...] = ()
    then: tuple[Step, ...] = ()

    @property
    def identity(self) -> str:
        """What makes it the same submission when the seeds are loaded again."""
        return hashlib.sha256(f"mailbag demo {self.kind} {self.slug}".encode()).hexdigest()

    def arrival(self) -> Arrival:
        """Return it as a door hands it over; what only the web form asks is empty for the desk."""
        web = self.channel == Channel.WEB
        return Arrival(
            identity=self.identity,
            kind=self.kind,
            channel=self.channel,
            name=self.writer["name"],
            email="" if self.phone_only else self.writer.get("email", ""),
            phone=self.writer.get("phone", ""),
            address=self.writer.get("address", ""),
            city=self.writer["city"],
            headline=self.headline,
            body=self.body,
            in_response_to=self.in_response_to,
            role=self.role,
            interests=self.interests,
            paid_by=self.paid_by,
            ai_use=self.ai_use if web else "",
            exclusive=self.exclusive if web else None,
            consented=web,
            files=tuple(read_file(name) for name in self.files),
            findings=_caught(self.trapped),
        )


def read_pieces() -> list[Piece]:
    """Return every piece under seeds/demo, ordered by file name."""
    demo = files.folder() / "demo"
    writers = files.table(demo / "writers.toml")
    return [
        _piece(path, kind, writers)
        for kind, room in ((Kind.LETTER, "letters"), (Kind.OPINION, "opinion"))
        for path in sorted((demo / room).glob("*.toml"))
    ]


def read_file(name: str) -> File:
    """Return one of the demo's attachments."""
    content = (files.folder() / "demo" / "files" / name).read_bytes()
    return File(name=name, content=content, media_type=media_type(content))


def _piece(path: Path, kind: Kind, writers: dict[str, Any]) -> Piece:
    row = files.table(path)
    if copied := row.pop("same_text_as", None):
        row["body"] = files.table(path.with_name(f"{copied}.toml"))["body"]
    row["writer"] = writers[row["writer"]]
    row["kind"] = Kind(row.get("kind", kind))
    row["channel"] = Channel(row.get("channel", Channel.WEB))
    row["role"] = Role(row.get("role", Role.NONE))
    row["files"] = tuple(row.get("files", ()))
    row["then"] = tuple(Step(**step) for step in row.get("then", ()))
    return Piece(slug=path.stem, **row)


def _caught(rule: str) -> tuple[Noticed, ...]:
    message = "A field that only machines see was filled in (password managers do so too, at times)."
    return (Noticed(rule=rule, severity=Severity.STOP, message=message),) if rule else ()
