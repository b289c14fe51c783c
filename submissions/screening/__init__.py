"""Stage 2: checks that inform."""
