from submissions.screening.checks.identity import identity
from tests.screening.drafts import draft, messages, policy


def test_identity_names_every_missing_field():
    found = identity(draft(name=" ", city=""), policy(required_fields=["city", "name", "headline"]))
    assert messages(found) == ["Missing: name, town, headline"]
    assert found[0].data == {"fields": ["name", "city", "headline"]}


def test_identity_asks_for_one_way_to_reach_the_writer():
    assert messages(identity(draft(email=""), policy())) == ["Missing: email or phone"]


def test_identity_is_satisfied_with_a_phone():
    assert identity(draft(email="", phone="+13075550134"), policy()) == []


def test_identity_does_not_ask_twice_for_the_phone():
    found = identity(draft(email=""), policy(required_fields=["phone"]))
    assert messages(found) == ["Missing: phone"]
