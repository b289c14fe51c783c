"""What stands there after `manage.py seed` on an empty database."""

import hashlib
import io
import re
from collections import Counter
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.serializers import serialize
from django.db.models import Count, Q
from django.utils import timezone

from submissions.models import (
    Attachment,
    ContactAddress,
    Disclaimer,
    Event,
    HousePolicy,
    Notification,
    Publication,
    QueueCount,
    RawMessage,
    Revision,
    Submission,
    Writer,
)
from submissions.moderation.withdrawal import can_restore
from submissions.notifications.digest import queue_digests
from submissions.publishing.piece import on_site
from submissions.seeding.pieces import read_pieces
from submissions.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]


def demo_pieces():
    return Submission.objects.filter(identity__in=[piece.identity for piece in read_pieces()])


def titled(headline: str) -> Submission:
    return Submission.objects.get(revisions__number=0, revisions__headline=headline)


def test_demo_has_sixty_pieces_in_every_state():
    states = dict(demo_pieces().values_list("state").annotate(Count("pk")))
    assert states == {
        "received": 2,
        "unconfirmed": 6,
        "queued": 15,
        "shortlisted": 4,
        "held": 4,
        "accepted": 3,
        "proof": 2,
        "ready": 2,
        "scheduled": 2,
        "published": 10,
        "retracted": 1,
        "declined": 5,
        "spam": 2,
        "withdrawn": 2,
    }
    assert set(states) == set(State.values)


def test_demo_comes_by_every_kind_and_channel():
    assert dict(demo_pieces().values_list("kind").annotate(Count("pk"))) == {"letter": 48, "opinion": 10, "unsorted": 2}
    channels = dict(Submission.objects.values_list("channel").annotate(Count("pk")))
    assert channels == {"web": 56, "desk": 4, "email": 15}


def test_counts_are_those_of_the_rows():
    counted = {
        (kind, state): n for kind, state, n in Submission.objects.values_list("kind", "state").annotate(Count("pk"))
    }
    kept = {(row.kind, row.state): row.count for row in QueueCount.objects.filter(count__gt=0)}
    assert kept == counted


def test_every_mail_became_what_it_is():
    outcomes = Counter(RawMessage.objects.values_list("outcome", flat=True))
    assert outcomes == {"submission": 15, "duplicate": 1, "reply": 1, "bounce": 1, "auto_reply": 1, "list": 1}


def test_mails_are_read_as_they_were_written():
    headlines = set(Submission.objects.filter(channel="email").values_list("current__headline", flat=True))
    assert {
        "The café on First",
        "🦌🚗 Please slow down at mile 11 🙏",
        "Cuando cierran la carretera: una petición",
        "Canoes are no frill",
        "",
    } <= headlines
    assert "7½ feet" in titled("The café on First").current.body
    assert titled("For the paper").kind == "unsorted"


def test_history_runs_forward_and_ends_before_now():
    now = timezone.now()
    for submission in Submission.objects.prefetch_related("events"):
        times = [event.at for event in submission.events.all()]
        assert times == sorted(times)
        assert times[0] - submission.received_at <= timedelta(seconds=3)
        assert times[-1] <= now
        assert submission.state_since in times


def test_history_is_weeks_long():
    days = [(timezone.now() - received).days for received in Submission.objects.values_list("received_at", flat=True)]
    assert max(days) > 30
    assert sum(n == 0 for n in days) > 10


def test_events_were_written_in_the_order_of_time():
    played = (
        Event.objects.exclude(submission__channel="email")
        .exclude(data__has_key="message")
        .order_by("pk")
        .values_list("at", flat=True)
    )
    assert list(played) == sorted(played)


def test_every_published_piece_has_its_disclaimers():
    codes = {
        publication.submission.revisions.get(number=0).headline: [d["code"] for d in publication.disclaimers]
        for publication in Publication.objects.all()
    }
    assert len(codes) == 12
    assert all(("letters" in found) != ("opinion" in found) for found in codes.values())
    assert codes["Keep the footbridge open to the people who walk it"] == ["interests", "letters"]
    assert codes["Why I am asking for a seat on the water board"] == ["interests", "role", "letters"]
    assert codes[""] == ["interests", "staff", "letters"]
    assert codes["An hour after supper"] == ["ai", "letters"]
    assert codes["The sage grouse does not read our maps"] == ["interests", "paid", "role", "opinion"]


def test_pages_show_what_is_live_and_no_other():
    assert on_site().count() == 10
    assert Publication.objects.exclude(ran_in="").get().ran_in == "Print edition, page A6"
    assert Publication.objects.get(retracted_at__isnull=False).submission.state == "retracted"


def test_edited_pieces_have_revisions_and_some_were_signed_off_by_phone():
    assert Revision.objects.filter(number__gte=1).count() == 13
    assert titled("An hour after supper").sign_offs.get().how == "phone"
    assert titled("The ditch is everybody's until it breaks").current.words < 200


def test_form_letter_came_eight_times_and_is_noticed():
    first = titled("A concerned resident")
    same = Submission.objects.filter(text_hash=first.text_hash)
    assert same.count() == 8
    assert same.values("city").distinct().count() == 8
    assert first.findings.filter(rule="duplicate").exists()


def test_screening_noticed_what_the_demo_is_there_to_show():
    rules = set(demo_pieces().values_list("findings__rule", flat=True))
    assert {"cadence", "capitals", "duplicate", "honeypot", "links", "several_papers", "words"} <= rules


def test_names_of_every_script_and_length_are_kept():
    names = set(demo_pieces().values_list("name", flat=True))
    assert {"Юрий Полынь", "ليلى السهل", "草野 風子"} <= names
    headlines = demo_pieces().values_list("current__headline", flat=True)
    assert max(len(headline) for headline in headlines) > 250
    assert "<b>Bold</b> & \"quoted\" <script>alert('letters')</script>" in headlines
    assert "" in headlines


def test_attachments_are_what_they_say_and_allowed():
    allowed = HousePolicy.objects.in_force("letter").attachment_types
    found = dict(Attachment.objects.filter(submission__in=demo_pieces()).values_list("name", "media_type"))
    assert found == {
        "bus-letter-scan.pdf": "application/pdf",
        "barracks-letter-scan.pdf": "application/pdf",
        "pothole-map.png": "image/png",
    }
    assert set(found.values()) <= set(allowed)


def test_a_withdrawal_is_young_enough_to_be_taken_back_and_another_is_not():
    withdrawn = {s.current.headline: can_restore(s) for s in Submission.objects.filter(state="withdrawn")}
    assert withdrawn == {"Before we vote on the pool": True, "Four-fifteen in the morning": False}


def test_what_is_scheduled_lies_ahead():
    now = timezone.now()
    assert all(s.scheduled_for > now for s in Submission.objects.filter(state="scheduled"))
    assert all(s.held_until > now for s in Submission.objects.filter(state="held"))


def test_hardly_any_mail_is_owed():
    states = Counter(Notification.objects.values_list("template", "state"))
    assert states[("acknowledgement", "owed")] == 1
    assert states[("decline", "cancelled")] == 1
    assert states[("decline", "sent")] == 3
    assert states[("published", "sent")] == 11
    assert sum(n for (_, state), n in states.items() if state == "owed") == 1
    assert not Notification.objects.filter(state="sent", sent_at__gt=timezone.now()).exists()


def test_editors_hear_of_the_queue_in_their_first_digest():
    assert queue_digests() == 3
    assert set(Notification.objects.filter(template="digest").values_list("user__username", flat=True)) == {
        "letters",
        "opinion",
        "chief",
    }


def test_nobody_in_the_demo_can_be_reached():
    emails = [
        *Writer.objects.exclude(email=None).values_list("email", flat=True),
        *User.objects.values_list("email", flat=True),
    ]
    assert all(email.endswith(".example") for email in emails)
    phones = Writer.objects.exclude(phone="").values_list("phone", flat=True)
    assert all(re.fullmatch(r"\+1307555 ?01\d\d", phone) for phone in phones)
    assert all(
        re.search(r"@wyomingstar\.example$|^307-555-01\d\d$|Laramie", c.address) for c in ContactAddress.objects.all()
    )


def test_passwords_are_printed_once_and_fit(seeded):
    printed = dict(re.findall(r"^    (\w+) +((?:\w{4}-){3}\w{4}) ", seeded, re.MULTILINE))
    assert set(printed) == {"letters", "opinion", "chief", "admin"}
    assert all(User.objects.get(username=name).check_password(password) for name, password in printed.items())
    assert len(set(printed.values())) == 4
    assert "/admin/" in seeded


def test_accounts_belong_to_their_groups():
    groups = {user.username: user.groups.get().name for user in User.objects.all()}
    assert groups == {
        "letters": "Letters editor",
        "opinion": "Opinion editor",
        "chief": "Chief editor",
        "admin": "Administrator",
    }
    assert not User.objects.filter(Q(is_superuser=True) | Q(is_staff=False)).exists()


def test_seeding_twice_changes_nothing():
    before, again = everything(), io.StringIO()
    call_command("seed", stdout=again)
    assert everything() == before
    assert again.getvalue() == ""


def test_every_disclaimer_that_was_used_is_marked():
    used = {d["code"] for publication in Publication.objects.all() for d in publication.disclaimers}
    assert used == {"ai", "interests", "letters", "opinion", "paid", "role", "staff"}
    assert set(Disclaimer.objects.filter(used_at__isnull=False).values_list("code", flat=True)) == used


def everything() -> dict[str, tuple[int, str]]:
    """Return the number of rows in every table, and a hash of all that stands in it."""
    return {
        model._meta.label: (
            model._default_manager.count(),
            hashlib.sha256(serialize("json", model._default_manager.order_by("pk")).encode()).hexdigest(),
        )
        for model in apps.get_models(include_auto_created=True)
    }
