from itertools import combinations

import pytest

from submissions.intake.email.forwards import labels
from submissions.intake.email.forwards.blocks import label_of

TABLES = (labels.FROM, labels.TO, labels.COPY, labels.DATE, labels.SUBJECT, labels.OTHER)


@pytest.mark.parametrize(("one", "other"), list(combinations(TABLES, 2)))
def test_no_label_means_two_fields(one, other):
    assert set(labels.words_of(one)) & set(labels.words_of(other)) == set()


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("From: Ida", ("from", "from", "Ida")),
        ("*From:* Ida", ("from", "from", "Ida")),
        ("**From:** Ida", ("from", "from", "Ida")),
        ("*From: Ida*", ("from", "from", "Ida")),
        ("De\xa0: Ida", ("from", "de", "Ida")),
        ("ОТ：Ида", ("from", "от", "Ида")),
        ("Kopie (CC): \tIda", ("copy", "kopie (cc)", "Ida")),
        ("Objet :", ("subject", "objet", "")),
        ("Hats: fine", None),
        ("From Ida", None),
    ],
)
def test_label_of_a_line(line, found):
    assert label_of(line) == found
