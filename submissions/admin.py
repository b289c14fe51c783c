"""Where Django's admin looks for an app's pages: ours are the desk's."""

from submissions.moderation.admin import house, mail, people, submission

__all__ = ["house", "mail", "people", "submission"]
