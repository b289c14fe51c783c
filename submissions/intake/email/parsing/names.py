"""What a file from a message may be called."""

import mimetypes
import re
from pathlib import PurePosixPath

from submissions.cleaning import one_line

NAME_LENGTH = 150
_UNSAFE = re.compile(r'[<>:"|?*;%\x00-\x1f]')


def safe_name(name: str, media_type: str, number: int) -> str:
    """Return a file name without path, control characters or leading dots; a nameless file gets one by its type."""
    last = re.split(r"[\\/]", name)[-1]
    safe = one_line(_UNSAFE.sub("_", last), 1000).strip(". ")
    if not safe:
        return f"file-{number}{mimetypes.guess_extension(media_type) or '.bin'}"
    suffix = PurePosixPath(safe).suffix[:20]
    return safe if len(safe) <= NAME_LENGTH else safe[: NAME_LENGTH - len(suffix)].rstrip(". ") + suffix
