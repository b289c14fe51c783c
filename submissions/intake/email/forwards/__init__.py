"""Who really wrote a letter that somebody passed on."""

from submissions.intake.email.forwards.unwrap import Unwrapped, unwrap

__all__ = ["Unwrapped", "unwrap"]
