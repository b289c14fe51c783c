import json

import pytest

from submissions.intake.email.bounces.reports import Fate
from submissions.intake.email.bounces.ses import fates_told, kind_of, notification_of
from submissions.intake.email.parsing.parse import parse
from tests.intake.email.mails import mail

AMAZON = "Letters <no-reply@sns.amazonaws.com>"
RECIPIENT = {"emailAddress": "Gone@b.example", "action": "failed", "status": "5.1.1"}
BOUNCE = {"notificationType": "Bounce", "bounce": {"bounceType": "Permanent", "bouncedRecipients": [RECIPIENT]}}
FATE = Fate(address="gone@b.example", action="failed", status="5.1.1")


@pytest.mark.parametrize(
    "body",
    [
        json.dumps(BOUNCE),
        json.dumps({"Type": "Notification", "Message": json.dumps(BOUNCE)}, indent=1),
        json.dumps(BOUNCE).replace("emailAddress", "email!\n Address") + "\n\n--\nTo unsubscribe ...",
    ],
)
def test_a_bounce_is_told_in_json(body):
    assert fates_told(parse(mail(body, From=AMAZON))) == (FATE,)


@pytest.mark.parametrize(
    ("bounce", "expected"),
    [
        ({"bounceType": "Transient"}, Fate(address="", action="delayed", status="")),
        ({"bouncedRecipients": [{"emailAddress": 7, "status": None}, 7]}, Fate(address="", action="failed", status="")),
    ],
)
def test_what_is_not_told_stays_empty(bounce, expected):
    body = json.dumps({"eventType": "Bounce", "bounce": bounce})
    assert fates_told(parse(mail(body, From=AMAZON))) == (expected,)


@pytest.mark.parametrize(
    ("body", "sender"),
    [
        (json.dumps(BOUNCE), "W. Prairie <w.prairie@example.org>"),
        (json.dumps(BOUNCE), "no-reply@notamazonaws.com"),
        (json.dumps({"notificationType": "Complaint"}), AMAZON),
        (json.dumps({"notificationType": "Bounce", "bounce": 7}), AMAZON),
        ("[1]", AMAZON),
        ('{"a":' * 100_000, AMAZON),
        ("Dear editor", AMAZON),
    ],
)
def test_anything_else_tells_of_no_bounce(body, sender):
    assert fates_told(parse(mail(body, From=sender))) == ()


def test_a_complaint_is_known():
    message = parse(mail(json.dumps({"notificationType": "Complaint"}), From=AMAZON))
    assert kind_of(notification_of(message)) == "Complaint"
