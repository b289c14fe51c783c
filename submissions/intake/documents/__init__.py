"""Attached documents: their text, which of them is the letter, and what to ask for where none can be read.

The child process imports this package: nothing in it may import Django at run time.
"""

from submissions.intake.documents.asking import unreadable
from submissions.intake.documents.document import Document
from submissions.intake.documents.letter import LetterInFile, letter_in
from submissions.intake.documents.reading import read_document

__all__ = ["Document", "LetterInFile", "letter_in", "read_document", "unreadable"]
