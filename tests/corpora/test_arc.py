import pytest

from tests.corpora.arc import SUITE, score


@pytest.mark.skipif(not SUITE.exists(), reason="the corpora are not beside the project: ../shared/corpora/email")
def test_every_chain_of_the_suite_is_judged_rightly():
    assert score() == [("ARC chains: pass", 54, 54), ("ARC chains: fail", 109, 109), ("ARC chains: none", 8, 8)]
