"""How many of the crisp-forward corpus's letters are unwrapped right: who wrote, about what, and which words."""

from pathlib import Path

from submissions.intake.email.forwards import unwrap
from submissions.intake.email.parsing.parse import parse
from tests.intake.email.mails import CORPORA, PLAIN, mail

FOLDER = CORPORA / "crisp-forward"
AUTHOR = ("John Doe", "john.doe@acme.com")
SUBJECT = "Integer consequat non purus"
BEGINS, ENDS = "Aenean quis diam urna.", "at congue massa sagittis eget."
COVERING = "Praesent suscipit egestas hendrerit.\n\nAliquam eget dui dui."
ANSWERS = {"hubspot_en_body_variant_4", "missive_en_body_variant_4"}
"""What these hold is a reply with its quote: nothing was passed on."""
NAMELESS = {"unknown_en_body_variant_12"}
"""Here the program that passed it on did not show the author's address."""
PARTS = ("name", "address", "subject", "body", "covering")


def cases() -> list[tuple[str, str, str]]:
    """Every (name, subject, body): a body goes with the subject of its client and language, or with each that fits."""
    found = []
    for path in sorted(FOLDER.glob("*_body*.txt")):
        body = path.read_bytes().decode()
        subjects = _subjects(path)
        found += [(f"{path.stem} {source.stem}", _read(source), body) for source in subjects]
        if not subjects:
            found.append((path.stem, "", body))
    return found


def _subjects(body: Path) -> list[Path]:
    client, _, _ = body.stem.partition("_body")
    exact = FOLDER / f"{client}_subject.txt"
    if exact.exists():
        return [exact]
    if client == "outlook_live":
        return sorted(FOLDER.glob("outlook_live_*_subject.txt"))
    shared = FOLDER / "outlook_2019_subject.txt"
    return [shared] if client.startswith("outlook_2019_") else []


def _read(path: Path) -> str:
    return path.read_bytes().decode().strip()


def failures(name: str, subject: str, body: str) -> set[str]:
    """Return which parts of a case are wrong."""
    raw = mail(body, PLAIN, Subject=subject, From="Bessie Berry <bessie.berry@acme.com>")
    found = unwrap(parse(raw))
    case = name.split()[0]
    if case in ANSWERS:
        return set() if found is None else set(PARTS)
    if found is None:
        return set(PARTS)
    right = {
        "name": found.name == AUTHOR[0],
        "address": found.address == ("" if case in NAMELESS else AUTHOR[1]),
        "subject": found.subject == SUBJECT,
        "body": found.body.startswith(BEGINS) and found.body.endswith(ENDS),
        "covering": found.covering == (COVERING if body.startswith(COVERING) else ""),
    }
    return {part for part in PARTS if not right[part]}


def score() -> list[tuple[str, int, int]]:
    """Return (what, right, of how many): every part, and the cases with all parts right."""
    wrong = [failures(*case) for case in cases()]
    rows = [(f"forwards: {part}", sum(part not in parts for parts in wrong), len(wrong)) for part in PARTS]
    return [*rows, ("forwards: all right", sum(not parts for parts in wrong), len(wrong))]
