"""Replies to our own mails: kept as a note on their submission, and as the proof that our mail was read."""

from submissions.intake.email.parse import ParsedMessage
from submissions.lifecycle import record
from submissions.models import ConfirmedHow, Note, Notification, Outcome, Party, RawMessage, Submission
from submissions.moderation.verification import confirm
from submissions.states import Action

NOTE_LENGTH = 9000


def answered(parsed: ParsedMessage) -> Notification | None:
    """Return the mail of ours that a message answers, the nearest if it names several, or None."""
    ids = [f"<{one}>" for one in parsed.refers_to]
    ours = Notification.objects.filter(message_id__in=ids, submission__isnull=False)
    return min(ours, key=lambda owed: ids.index(owed.message_id), default=None)


def keep_reply(
    message: RawMessage, parsed: ParsedMessage, owed: Notification, submission: Submission, identity: str
) -> Outcome:
    """Keep a reply to `owed` with its submission; must run in a transaction. Return DUPLICATE if it is kept already.

    It confirms the writer's address when From names that very address and the reply quotes the Message-ID of a mail
    that went to it: nobody else has seen that id, so it proves as much as the link in the same mail does. Automatic
    replies never get here.
    """
    if submission.events.filter(action=Action.NOTE, data__identity=identity).exists():
        return Outcome.DUPLICATE
    by = Party.WRITER if _is_from(submission, parsed) else Party.SYSTEM
    Note.objects.create(submission=submission, author=None, text=_text(message, parsed))
    record(submission, Action.NOTE, by=by, data={"message": message.pk, "identity": identity})
    if by == Party.WRITER and owed.to and owed.to.casefold() == parsed.address.casefold():
        confirm(submission.writer, ConfirmedHow.REPLY, by=Party.WRITER)
    return Outcome.REPLY


def _is_from(submission: Submission, parsed: ParsedMessage) -> bool:
    return bool(parsed.address) and parsed.address.casefold() == (submission.writer.email or "").casefold()


def _text(message: RawMessage, parsed: ParsedMessage) -> str:
    files = f" with {len(parsed.files)} file(s)" if parsed.files else ""
    about = f"Reply by mail{files} from {parsed.address or 'an unknown address'} (message {message.pk}):"
    return f"{about}\n\n{parsed.body}"[:NOTE_LENGTH]
