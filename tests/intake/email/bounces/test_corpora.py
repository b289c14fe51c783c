import pytest

from tests.corpora import bounces
from tests.intake.email.mails import CORPORA

pytestmark = pytest.mark.skipif(
    not CORPORA.is_dir(), reason="the corpora are not beside the project: ../shared/corpora/email"
)
LEAST = {
    "flufl-bounce: the right addresses": 0.98,
    "flufl-bounce: temporary or permanent": 0.98,
    "sisimai: known as bounces": 0.98,
    "sisimai: a recipient named": 0.97,
    "sisimai: the same status code": 0.9,
    "sisimai: vacations and feedback": 1,
    "others: not taken for a bounce": 1,
}


def test_bounces_of_the_corpora_are_known():
    shares = {name: right / total for name, right, total in bounces.score()}
    assert {name for name, share in shares.items() if share < LEAST[name]} == set()
    assert shares.keys() == LEAST.keys()


def test_nothing_else_in_the_corpora_is_a_bounce():
    assert bounces.false_bounces() == []
