"""What our own mail system wrote on top of a message, and what came with it.

Servers put what they write on top (RFC 5321, 4.4). House rule: only fields that stand above the first Received field
which is not ours are read as ours. That field can be told by counting alone, for whoever writes a message can name any
host in it. RFC 8601, section 5, makes the border remove what comes in under its own name; in set-ups that do not, a
field put in by the writer may still stand directly below the border's, so of several the upper one counts.
"""

from collections.abc import Iterator

from submissions.intake.email.parsing.headers import FIELD_LENGTH, MOST_FIELDS
from submissions.intake.email.parsing.parse import ParsedMessage
from submissions.intake.email.parsing.words import header_text


def own_fields(message: ParsedMessage, hops: int) -> Iterator[tuple[str, str]]:
    """Yield name (lower case) and value of the fields above the Received field number `hops` + 1 from the top.

    `hops` is how many Received fields our own mail system writes: one for a server that hands the message straight on.
    """
    received = 0
    for count, (name, value) in enumerate(message.tree.raw_items()):
        lowered = name.lower()
        received += lowered == "received"
        if received > hops or count == MOST_FIELDS:
            return
        yield lowered, header_text(str(value)[:FIELD_LENGTH])
