"""Replies to our own mails: correspondence on their submission, and proof that our mail was read."""

from submissions.cleaning import one_line
from submissions.intake.email.folding import fold
from submissions.intake.email.parsing.parse import ParsedMessage
from submissions.intake.email.rewrap import rewrap
from submissions.intake.receive import add_files
from submissions.lifecycle import record
from submissions.models import ConfirmedHow, Notification, Party, RawMessage, Reply, Submission
from submissions.moderation.verification import confirm
from submissions.notifications.reply_tokens import notification_of
from submissions.states import Action


def answered(message: RawMessage, parsed: ParsedMessage) -> Notification | None:
    """Return the mail of ours that a message answers: by the token it was sent to, else the nearest id it names."""
    by_token = notification_of(message.extension or "")
    if by_token and by_token.submission_id:
        return by_token
    ids = [f"<{one}>" for one in parsed.refers_to]
    if not ids:
        return None
    ours = Notification.objects.filter(message_id__in=ids, submission__isnull=False)
    return min(ours, key=lambda owed: ids.index(owed.message_id), default=None)


def keep_reply(message: RawMessage, parsed: ParsedMessage, owed: Notification, submission: Submission) -> Reply:
    """Keep a reply to `owed` with its submission, files too; must run in a transaction.

    It confirms the writer's address when From names that very address and the reply shows that it had our mail, its
    Message-ID or its token: nobody else has seen those, so they prove as much as the link in the same mail does.
    Automatic replies never get here.
    """
    by_writer = _is(submission.writer.email, parsed.address)
    folded = fold(parsed.body)
    reply = Reply.objects.create(
        submission=submission,
        message=message,
        name=one_line(parsed.name, 200),
        address=parsed.address,
        by_writer=by_writer,
        subject=one_line(parsed.subject, 300),
        text=rewrap(folded.text),
        folded="\n\n".join(one.text for one in folded.folds),
        received_at=message.received_at,
    )
    add_files(submission, parsed.files, label="with a reply")
    by = Party.WRITER if by_writer else Party.SYSTEM
    record(submission, Action.REPLY, by=by, data={"message": message.pk})
    if by_writer and _is(owed.to, parsed.address):
        confirm(submission.writer, ConfirmedHow.REPLY, by=Party.WRITER)
    return reply


def _is(known: str | None, address: str) -> bool:
    return bool(address) and address.casefold() == (known or "").casefold()
