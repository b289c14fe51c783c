"""A message taken apart: its header, its parts, its text and its files. Nothing here raises but MemoryError."""
