"""A bounce finds the mail of ours that came back: the mail and, where the failure lasts, the address are marked."""

from django.utils import timezone

from submissions.intake.email.bounces import Bounce
from submissions.lifecycle import record
from submissions.models import Notification, Party, RawMessage, Writer
from submissions.notifications.reply_tokens import notification_of
from submissions.states import Action

STATUS_LENGTH = 12


def owed_of(message: RawMessage, bounce: Bounce) -> Notification | None:
    """Return the mail of ours that came back, by its Message-ID in the returned part or the token it was sent to."""
    by_token = notification_of(message.extension or "")
    if by_token:
        return by_token
    ids = [f"<{one}>" for one in bounce.message_ids]
    return Notification.objects.filter(message_id__in=ids).order_by("pk").first()


def mark(owed: Notification, bounce: Bounce) -> None:
    """Mark a mail that came back, and for good its writer's address; must run in a transaction.

    Only a failure marks anything: a delay is no bounce. A bounce that names other addresses alone marks nothing.
    """
    to = (owed.to or "").casefold()
    if not bounce.permanent or bounce.action in ("delayed", "delivered", "relayed", "expanded") or not to:
        return
    if bounce.addresses and to not in bounce.addresses:
        return
    marks = {"bounced_at": timezone.now(), "bounce_status": bounce.status[:STATUS_LENGTH]}
    Notification.objects.filter(pk=owed.pk).update(**marks)
    if owed.submission is None:
        return
    Writer.objects.filter(pk=owed.submission.writer_id, email=to).update(**marks)
    data = {"notification": owed.pk, "status": marks["bounce_status"]}
    record(owed.submission, Action.BOUNCE, by=Party.SYSTEM, data=data)
