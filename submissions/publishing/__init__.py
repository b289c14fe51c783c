"""Stage 4: what goes out, with its disclaimers."""
