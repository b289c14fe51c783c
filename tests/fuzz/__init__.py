"""Hostile mail for the readers of mail: `python -m tests.fuzz --minutes 10`."""
