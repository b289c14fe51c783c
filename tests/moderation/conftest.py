"""Editors at their desks."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from submissions.models import Submission
from tests import factories

DESK = "/admin/submissions/submission/"


@pytest.fixture
def letters_editor(house) -> User:
    return factories.make_user("Letters editor", "ada")


@pytest.fixture
def opinion_editor(house) -> User:
    return factories.make_user("Opinion editor", "olga")


@pytest.fixture
def chief(house) -> User:
    return factories.make_user("Chief editor", "carla")


@pytest.fixture
def desk(client: Client, letters_editor: User) -> Client:
    """A browser in which a letters editor is logged in."""
    client.force_login(letters_editor)
    return client


@pytest.fixture
def chief_desk(chief: User) -> Client:
    client = Client()
    client.force_login(chief)
    return client


Decide = Callable[..., HttpResponse]


@pytest.fixture
def decide(desk: Client) -> Decide:
    """Post a decision on a submission as it stands, as the letters editor."""
    return lambda submission, action, query="", client=None, **fields: (client or desk).post(
        f"{DESK}{submission.pk}/{action}/{query}", {"expecting": submission.version, **fields}
    )


def review(submission: Submission) -> str:
    """The address of a review page."""
    return f"{DESK}{submission.pk}/change/"
