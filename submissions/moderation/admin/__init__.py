"""The desk's pages in the Django admin."""
