"""Mail health: does mail come in, does it leave, and what does the road do to it."""
