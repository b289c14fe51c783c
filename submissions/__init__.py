"""Rooms of the house, a package for each stage of a letter's life."""
