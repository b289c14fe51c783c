"""The scores of the corpora as a table, beside the bounds that they are held to."""

from collections.abc import Sequence

from tests.corpora import Row

BOUNDS = {
    "stalwart texts": 95.0,
    "stalwart attachments": 98.0,
    "flufl-bounce: the right addresses": 95.0,
    "sisimai: known as bounces": 90.0,
    "others: not taken for a bounce": 99.5,
    "forwards: all right": 95.0,
    "TNEF lists": 100.0,
    "replies: every word given back": 100.0,
    "ARC chains: pass": 100.0,
    "ARC chains: fail": 100.0,
    "ARC chains: none": 100.0,
    **{
        f"{door}: {what}": 100.0
        for door in ("ingest", "LMTP", "import_mail")
        for what in ("no exception", "the same bytes", "ends in sight")
    },
}
"""The least percentage of a row; rows that are not named here are shown for information."""


def missed(rows: Sequence[Row]) -> list[str]:
    """Return the names of the bounds that are not kept; one whose row is not there, or counts nothing, is not."""
    shares = {name: share(right, total) for name, right, total in rows if total}
    return [name for name, least in BOUNDS.items() if shares.get(name, -1.0) < least]


def share(right: int, total: int) -> float:
    """Return a percentage; nothing of nothing is none."""
    return 100 * right / total if total else 0.0


def table(rows: Sequence[Row]) -> str:
    """Return the rows as aligned columns of plain text, and below them the bounds that nothing was measured for."""
    low = missed(rows)
    unmeasured = [(name, 0, 0) for name in low if name not in {row[0] for row in rows}]
    cells = [("name", "right", "total", "percent", "bound", "")]
    cells += [_cells(row, low) for row in [*rows, *unmeasured]]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = (
        "  ".join(
            [line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))]
        )
        for line in cells
    )
    return "\n".join(line.rstrip() for line in lines)


def _cells(row: Row, low: Sequence[str]) -> tuple[str, ...]:
    name, right, total = row
    bound = BOUNDS.get(name)
    verdict = "" if bound is None else "LOW" if name in low else "ok"
    return (
        name,
        str(right),
        str(total),
        f"{share(right, total):.1f}",
        "" if bound is None else f"{bound:.1f}",
        verdict,
    )
