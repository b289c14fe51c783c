"""What templates need and views should not know."""
