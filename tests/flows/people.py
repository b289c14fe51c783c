"""Who acts in the stories: a reader with a browser, the workers, and an editor at the desk."""

import email
import html
import re
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from django.conf import settings
from django.test import Client

from submissions.intake.tasks import intake
from submissions.models import Submission
from submissions.moderation.tasks import moderation
from submissions.notifications.tasks import notifications
from submissions.publishing.tasks import publishing
from submissions.screening.tasks import screening
from tests import factories

DESK = "/admin/submissions/submission"


def work() -> None:
    """Let every stage's worker do what waits, once."""
    for stage in (intake, screening, moderation, publishing, notifications):
        stage()


def mails(to: str = "") -> list[EmailMessage]:
    """Return the mails that have left, to one person or to all."""
    parsed = [
        email.message_from_bytes(path.read_bytes(), policy=default) for path in Path(settings.OUTBOX_DIR).glob("*.eml")
    ]
    return [mail for mail in parsed if to in mail["To"]]


def text_of(mail: EmailMessage) -> str:
    """Return the plain text of a mail."""
    body = mail.get_body(("plain",))
    assert body is not None
    return body.get_content()


def link_in(mail: EmailMessage, start: str) -> str:
    """Return the path of the one link in a mail that leads to our own page below `start`."""
    (link,) = set(re.findall(rf"{re.escape(settings.SITE_URL)}({start}\S+)", text_of(mail)))
    return link


def press_button(reader: Client, link: str, **given: str) -> None:
    """Open a page from a mail, as a mail scanner would, see that nothing happened, and press its button."""
    before = list(Submission.objects.values_list("state", "version"))
    page = reader.get(link)
    assert (page.status_code, list(Submission.objects.values_list("state", "version"))) == (200, before)
    assert reader.post(link, given).status_code == 303
    assert reader.get(link).status_code == 200


class Editor:
    """An account at the desk, who decides by the buttons of the review page."""

    def __init__(self, group: str) -> None:
        self.user = factories.make_user(group)
        self.client = Client()
        self.client.force_login(self.user)

    def page(self, submission: Submission) -> str:
        """Return the review page."""
        response = self.client.get(f"{DESK}/{submission.pk}/change/")
        assert response.status_code == 200
        return html.unescape(response.content.decode())

    def decide(self, submission: Submission, action: str, **fields: str) -> None:
        """Press a button that the page offers."""
        address = f"{DESK}/{submission.pk}/{action}/"
        assert address in self.page(submission)
        submission.refresh_from_db()
        response = self.client.post(address, {"expecting": str(submission.version), **fields})
        assert response.status_code == 302, re.sub(r"<[^>]+>|\s+", " ", response.content.decode())
        submission.refresh_from_db()
