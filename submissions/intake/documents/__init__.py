"""Attached documents: their text, which of them is the letter, and what to ask for where none can be read.

The child process imports this package for each document: nothing is imported here, and nothing that it reads with may
import Django.
"""
