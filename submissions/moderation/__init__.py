"""Stage 3: the editors' desk."""
