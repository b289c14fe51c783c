"""Flowed text (RFC 3676): soft line breaks undone, for quoted lines as for the others."""


def unflow(text: str, *, delsp: bool) -> str:
    """Return flowed text with its soft line breaks undone within lines of one quote depth; signatures stay apart."""
    lines: list[list[str]] = []
    open_depth = -1
    for line in text.replace("\r\n", "\n").split("\n"):
        depth, said = _quoted(line)
        soft = said.endswith(" ") and said != "-- "
        shown = said[:-1] if soft and delsp else said
        if open_depth == depth and said != "-- ":
            lines[-1].append(shown)
        else:
            lines.append([f"{'>' * depth} {shown}" if depth else shown])
        open_depth = depth if soft else -1
    return "\n".join("".join(pieces) for pieces in lines)


def _quoted(line: str) -> tuple[int, str]:
    """Return how deep a line is quoted, and what it says, without the blank that was stuffed before it."""
    said = line.lstrip(">")
    return len(line) - len(said), said.removeprefix(" ")
