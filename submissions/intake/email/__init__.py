"""Mail: accepted, kept, and read afterwards."""
