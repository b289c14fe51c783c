"""Letters that came by post or phone, typed in by staff."""
