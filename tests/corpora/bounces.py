"""How many of the corpora's bounces are known for what they are, and how much else is taken for one."""

import json
from functools import cache
from pathlib import Path

from submissions.intake.email.bounces.bounce import Bounce, bounce_of
from submissions.intake.email.bounces.reports import has_part
from submissions.intake.email.kinds.autoreplies import auto_reply_sign
from submissions.intake.email.kinds.feedback import told_by
from submissions.intake.email.kinds.signs import envelope_sender
from submissions.intake.email.parsing.parse import ParsedMessage, parse
from tests.intake.email.mails import CORPORA

FLUFL = CORPORA / "flufl-bounce"
SISIMAI = CORPORA / "sisimai"
OTHERS = ("stalwart", "enmime", "mimekit", "discourse-reply-trimmer")
# What the other corpora hold of true bounces, judged by eye.
TRUE_BOUNCES = frozenset(
    {
        *("delayed_dsn.raw", "dsn_with_multipart_alternative.raw", "multi_recipient_dsn.raw", "simple_dsn.raw"),
        *("simple_dsn_with_html.raw", "multipart-wo-boundary.raw", "bounce.txt", "delivery-status.txt"),
        *("delivery-status-multiple-blank-lines.txt", "delivery-status-no-blank-line.txt", "delivery-status2.txt"),
        "delivery-status.anonymized.eml",
    }
)
# No bounces: feedback reports, an unsubscription that a program sent, vacation notices.
_NO_BOUNCE = ("arf-", "rfc3834-", "lhost-amazonses-11")


def score() -> list[tuple[str, int, int]]:
    """Return rows (name, right, total)."""
    flufl = [(told, _bounce(FLUFL / name)) for name, told in sorted(_expected_of_flufl().items())]
    sisimai = {path.name: _bounce(path) for path in sorted(SISIMAI.glob("*.eml")) if not _is_no_bounce(path)}
    codes = {name: told for name, told in _expected_of_sisimai().items() if name in sisimai and told}
    machines = [path for path in SISIMAI.glob("*.eml") if _is_no_bounce(path)]
    others = len([path for path in _other_paths() if path.name not in TRUE_BOUNCES])
    return [
        ("flufl-bounce: the right addresses", sum(_addresses(found) == told[0] for told, found in flufl), len(flufl)),
        ("flufl-bounce: temporary or permanent", sum(_is_as_lasting(*pair) for pair in flufl), len(flufl)),
        ("sisimai: known as bounces", sum(found is not None for found in sisimai.values()), len(sisimai)),
        ("sisimai: a recipient named", sum(bool(_addresses(found)) for found in sisimai.values()), len(sisimai)),
        ("sisimai: the same status code", sum(_status(sisimai[name]) in codes[name] for name in codes), len(codes)),
        (
            "sisimai: vacations and feedback",
            sum(_is_told_apart(parse(p.read_bytes())) for p in machines),
            len(machines),
        ),
        ("others: not taken for a bounce", others - len(false_bounces()), others),
    ]


@cache
def false_bounces() -> list[str]:
    """Return the names of what is taken for a bounce and is none, were its sender null."""
    return [path.name for path in _other_paths() if bounce_of(parse(_raw(path)), "") and path.name not in TRUE_BOUNCES]


def _expected_of_flufl() -> dict[str, tuple[set[str], bool]]:
    """Return (addresses, temporary) by file; what flufl.bounce finds nothing in may be no bounce at all."""
    found: dict[str, tuple[set[str], bool]] = {}
    for one in json.loads((FLUFL / "_expected.json").read_text()):
        addresses, _ = found.setdefault(one["file"], (set(), one["temporary"]))
        addresses.update(address.lower() for address in one["addresses"])
    return found


def _expected_of_sisimai() -> dict[str, set[str]]:
    """Return the status codes by file, without those that sisimai makes up (5.0.9xx)."""
    told = json.loads((SISIMAI / "expected.json").read_text())
    return {name: {one["dsn"] for one in rows if ".0.9" not in one["dsn"]} for name, rows in told.items()}


def _bounce(path: Path) -> Bounce | None:
    return bounce_of(parse(path.read_bytes()), None)


def _addresses(found: Bounce | None) -> set[str]:
    return set(found.addresses) if found else set()


def _status(found: Bounce | None) -> str:
    return found.status if found else ""


def _is_as_lasting(told: tuple[set[str], bool], found: Bounce | None) -> bool:
    addresses, temporary = told
    return found.permanent != temporary if found else not addresses


def _is_told_apart(message: ParsedMessage) -> bool:
    report = has_part(message, "message/feedback-report") or told_by(message)
    answer = auto_reply_sign(message, envelope_sender(message, None))
    return bounce_of(message, None) is None and bool(report or answer)


def _is_no_bounce(path: Path) -> bool:
    return path.name.startswith(_NO_BOUNCE)


def _other_paths() -> list[Path]:
    paths = (path for name in OTHERS for path in sorted((CORPORA / name).rglob("*")))
    return [path for path in paths if path.suffix in (".eml", ".raw", ".txt") and path.parent.name != "tnef"]


def _raw(path: Path) -> bytes:
    """Return a message; the trimmer's are texts alone."""
    head = b"From: a@b.example\r\n\r\n" if "discourse-reply-trimmer" in path.parts else b""
    return head + path.read_bytes()
