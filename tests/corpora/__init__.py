"""How much of what others expect of real and hostile mail is found: each module's score() gives rows for a table."""

from pathlib import Path

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "email"

Row = tuple[str, int, int]
"""What was looked for, how many of them were right, and how many there are."""
