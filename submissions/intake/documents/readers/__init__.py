"""A module for each kind of document, with one function: read(content) -> Document. Only the child imports them.

Each may raise whatever it likes: the child then ends without an answer, which means "broken".
"""
