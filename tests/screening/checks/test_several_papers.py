import pytest

from submissions.screening.checks.several_papers import several_papers
from tests.screening.drafts import draft, messages, policy, quoted

SEVERAL = "Addressed to several papers"
ANOTHER = "Addressed to another paper"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("To the editors of the Star, the Tribune and the Eagle:\n\nThe bridge is shut.", SEVERAL),
        ("Dear editors of the Laramie Tribune & the Casper Herald,\nThe bridge is shut.", SEVERAL),
        ("To all Wyoming newspapers:\nThe bridge is shut.", SEVERAL),
        ("Editors of the Sheridan Press, Cody Enterprise\nThe bridge", SEVERAL),
        ("To the Editor of the Laramie Tribune:\nThe bridge is shut.", ANOTHER),
        ("Hello.\nDear Casper Star,\nThe bridge is shut.", ANOTHER),
        ("Dear Tribune editor, the bridge is shut.", ANOTHER),
    ],
)
def test_salutations_to_other_papers_are_noticed(body, message):
    assert messages(several_papers(draft(body), policy())) == [message]


@pytest.mark.parametrize(
    "body",
    [
        "To the editor of the Wyoming Star:\nThe bridge is shut.",
        "Dear Editor,\nThe Casper Herald was wrong, and the Tribune too.",
        "Dear editors,\nTo the mayor, the council and the Post Office I say: open it.",
        "To the Editor: The Tribune said so.",
        "Dear Star readers, the bridge is shut.",
        "To our neighbors and the News of their loss we turn.",
        "Dear Sir or Madam,\nTo be fair, the Sun shines.",
        "Dear Star,\nIt is so.",
        "The bridge is shut. " * 30 + "\nTo the editor of the Laramie Tribune:",
        "",
    ],
)
def test_our_own_salutations_are_left_alone(body):
    assert several_papers(draft(body), policy()) == []


def test_another_newsroom_among_the_recipients_is_quoted():
    found = several_papers(draft(also_to=("ann@example.org", "letters@tribune.example")), policy())
    assert (messages(found), quoted(found)) == (["Sent to another newsroom too"], ["letters@tribune.example"])


def test_many_recipients_are_a_mailing():
    found = several_papers(draft(also_to=tuple(f"p{n}@example.org" for n in range(5))), policy())
    assert messages(found) == ["Sent to 5 others too"]


def test_a_few_friends_in_copy_are_left_alone():
    assert several_papers(draft(also_to=("ann@example.org", "newsome@example.org")), policy()) == []
