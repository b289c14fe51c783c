"""Who vouches for a sender, and whose word about it counts."""
