"""How a command that takes mail ends (sysexits.h)."""

from enum import IntEnum


class Exit(IntEnum):
    """At 75 a mail server tries again; at all others but 0 it returns the mail."""

    OK = 0
    USAGE = 64
    DATA = 65
    NO_USER = 67
    TRY_AGAIN = 75
    NO_PERMISSION = 77
    CONFIG = 78
