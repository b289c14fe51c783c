"""Stage 5: the outbox."""
