"""A letter that stands in the text of the mail that passed it on."""

from submissions.cleaning import one_line
from submissions.intake.email.forwards.attributions import Attribution, attribution_at
from submissions.intake.email.forwards.blocks import Block, block_at
from submissions.intake.email.forwards.dates import read_date
from submissions.intake.email.forwards.flat import flat_block
from submissions.intake.email.forwards.foreign import bare_block_at, foreign_block_at
from submissions.intake.email.forwards.judging import Verdict, judge
from submissions.intake.email.forwards.letter import Letter, Passed
from submissions.intake.email.forwards.lines import Line, above, quoted_until, read_lines, words
from submissions.intake.email.forwards.people import addresses, mailbox
from submissions.intake.email.forwards.separators import Says, ends_forward, separator_of
from submissions.intake.email.forwards.subjects import Prefix, prefix_of, without_prefix

GAP = 3
"""So many empty lines may part a separator from the fields."""
SUBJECT_LENGTH = 1000


def passed_inline(letter: Letter) -> Passed | None:
    """Return the letter that stands in a letter's text, None if none was passed on there.

    The first thing from the top that looks like another's letter decides: below an answered letter all is history.
    """
    reader = _Reader(letter)
    at = 0
    while at < len(reader.lines):
        found = reader.separated(at)
        found = reader.fields(at) if found is None else found
        found = reader.attributed(at) if found is None else found
        if isinstance(found, Passed):
            return found
        at = at + 1 if found is None else found
    return None


class _Reader:
    """The lines of one letter. Each question returns a letter, the line to go on with, or None for nothing here."""

    def __init__(self, letter: Letter) -> None:
        self.letter = letter
        self.lines = read_lines(letter.body)
        self.prefix = prefix_of(letter.subject)
        said = (at for at, line in enumerate(self.lines) if not line.blank and not line.ruled)
        self.first = next(said, len(self.lines))

    def separated(self, at: int) -> Passed | int | None:
        """Ask for a line of dashes, or the like, with the fields of a letter under it."""
        separator = separator_of(self.lines[at])
        if not separator:
            return None
        depth = self.lines[at].depth
        flat = flat_block(separator.rest, depth=depth, end=at + 1)
        block = flat or self._block_after(at + 1, depth)
        if block and (block.whole or separator.says == Says.FORWARDED):
            return self._judged(at, block, separator.says)
        return self._without_fields(at) if separator.says == Says.FORWARDED else None

    def fields(self, at: int) -> Passed | int | None:
        """Ask for the fields of a letter with nothing, or a mere rule, above them."""
        block = block_at(self.lines, at)
        return self._judged(at, block, None) if block and block.whole else None

    def attributed(self, at: int) -> Passed | int | None:
        """Ask for "so and so wrote": the top of a letter passed on only if the subject says so, else of a quote."""
        found = attribution_at(self.lines, at)
        if not found:
            return None
        if self.prefix in (Prefix.FORWARD, Prefix.EITHER) and found.address:
            return self._attributed_letter(found.start, found, sure=False)
        below = self._next(found.end)
        if below < len(self.lines) and self.lines[below].depth > self.lines[at].depth:
            return quoted_until(self.lines, below, self.lines[at].depth + 1)
        return len(self.lines) if self.prefix == Prefix.REPLY else None

    def _judged(self, at: int, block: Block, says: Says | None) -> Passed | int | None:
        verdict = judge(self.letter, block, says, covering=self.first < at)
        if verdict == Verdict.HISTORY:
            return len(self.lines)
        if verdict == Verdict.NOTHING:
            return block.end
        return self._letter_of(block, above(self.lines[:at]), sure=verdict == Verdict.SURE)

    def _without_fields(self, at: int) -> Passed | None:
        """Return the letter under a line that says forwarded, with no fields that we know under it."""
        below = self._next(at + 1)
        if below - at > GAP + 1 or below >= len(self.lines):
            return None
        attribution = attribution_at(self.lines, below, verb=False)
        if attribution:
            return self._attributed_letter(at, attribution, sure=True)
        block = foreign_block_at(self.lines, below)
        return self._letter_of(block, above(self.lines[:at]), sure=False) if block else None

    def _block_after(self, at: int, depth: int) -> Block | None:
        below = self._next(at)
        if below - at > GAP or below >= len(self.lines) or self.lines[below].depth < depth:
            return None
        block = block_at(self.lines, below) or bare_block_at(self.lines, below)
        if block and not block.whole:
            flat = flat_block(self.lines[below].text, depth=block.depth, end=below + 1)
            block = flat if flat and flat.whole else block
        return block if block and block.fields.get("from") else None

    def _letter_of(self, block: Block, covering: str, *, sure: bool) -> Passed:
        name, address = mailbox(block.fields.get("from", ""))
        body, below = self._body(block.end, block.depth)
        letter = Letter(
            name=name,
            address=address,
            date=read_date(block.fields.get("date", ""), day_first=not block.english),
            subject=one_line(block.fields.get("subject", without_prefix(self.letter.subject)), SUBJECT_LENGTH),
            body=body,
            recipients=addresses(f"{block.fields.get('to', '')} {block.fields.get('copy', '')}"),
            depth=self.letter.depth + 1,
        )
        return Passed(letter=letter, covering=_joined(covering, below), how="inline", sure=sure)

    def _attributed_letter(self, start: int, found: Attribution, *, sure: bool) -> Passed:
        body, below = self._body(found.end, self.lines[found.end - 1].depth)
        letter = Letter(
            name=found.name,
            address=found.address,
            date=found.date,
            subject=without_prefix(self.letter.subject),
            body=body,
            recipients=frozenset(),
            depth=self.letter.depth + 1,
        )
        return Passed(letter=letter, covering=_joined(above(self.lines[:start]), below), how="inline", sure=sure)

    def _body(self, start: int, depth: int) -> tuple[str, str]:
        """Return the words of the letter whose head ends before `start`, and what its forwarder wrote below it."""
        start = self._after_closing(start)
        end = quoted_until(self.lines, start, depth)
        end = next((at for at in range(start, end) if ends_forward(self.lines[at])), end)
        below = end + 1 if end < len(self.lines) and ends_forward(self.lines[end]) else end
        body = self.lines[start:end]
        if depth:
            body = [Line(max(line.depth, depth), line.text) for line in body]
        return words(body), words(self.lines[below:])

    def _after_closing(self, start: int) -> int:
        """Return the line after the one that some programs draw under the fields, too."""
        below = self._next(start)
        if below - start > GAP or below >= len(self.lines):
            return start
        line = self.lines[below]
        closes = separator_of(line) is not None and self._block_after(below + 1, line.depth) is None
        return below + 1 if line.ruled or closes else start

    def _next(self, at: int) -> int:
        """Return the next line from `at` on with something on it, or the end."""
        while at < len(self.lines) and self.lines[at].blank:
            at += 1
        return at


def _joined(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)
