"""Stage 1: how things come in. receive() is the one door."""
