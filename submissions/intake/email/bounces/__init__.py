"""Mail that says that mail came back: who was not reached, how lastingly, and which mail it was."""

from submissions.intake.email.bounces.bounce import Bounce, bounce_of

__all__ = ["Bounce", "bounce_of"]
