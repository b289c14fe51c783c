"""What our own spam filter thought of a message: the fields of rspamd and SpamAssassin."""

import re

from submissions.intake.email.parsing.parse import ParsedMessage
from submissions.intake.email.trust.boundary import own_fields

_YES = re.compile(r"\s*(?:yes|true)\b", re.IGNORECASE)
_RSPAMD_RESULT = re.compile(r"\s*[\w-]{1,60}\s*:\s*true\b", re.IGNORECASE)
_RSPAMD_ACTION = re.compile(r"\s*(?:add[ _-]header|rewrite[ _-]subject|quarantine|discard|reject)\b", re.IGNORECASE)
_SIGNS = {
    "x-spamd-result": ("rspamd", _RSPAMD_RESULT),
    "x-rspamd-action": ("rspamd", _RSPAMD_ACTION),
    "x-spam": ("rspamd", _YES),
    "x-spam-status": ("spamassassin", _YES),
    "x-spam-flag": ("spamassassin", _YES),
}


def spam_verdict(message: ParsedMessage, *, authserv_id: str, hops: int = 1) -> str:
    """Return which filter of ours took a message for spam: rspamd, spamassassin, or "" for none.

    A verdict counts only where the house has named its own server (`authserv_id`), and only above the border (see
    boundary.py): what a server on the way thought is not ours. rspamd also writes SpamAssassin's fields; beside one of
    its own they are its.
    """
    if not authserv_id:
        return ""
    fields = list(own_fields(message, hops))
    found = {_SIGNS[name][0] for name, value in fields if name in _SIGNS and _SIGNS[name][1].match(value)}
    if found and any(name.startswith(("x-spamd-", "x-rspamd-")) for name, _ in fields):
        return "rspamd"
    return min(found, default="")
