import pytest

from submissions.intake.email.parsing.parse import parse
from submissions.intake.email.trust.spam import spam_verdict

RECEIVED = "Received: from x by y"


def verdict(*lines, authserv_id="mx.paper.example", hops=1):
    return spam_verdict(parse("\r\n".join([*lines, "", "Text"]).encode()), authserv_id=authserv_id, hops=hops)


@pytest.mark.parametrize(
    ("field", "filter_"),
    [
        ("X-Spam: Yes", "rspamd"),
        ("X-Spamd-Result: default: True [15.20 / 15.00]; BAYES_SPAM(5.10)[99.9%]", "rspamd"),
        ("X-Rspamd-Action: add header", "rspamd"),
        ("X-Rspamd-Action: rewrite subject", "rspamd"),
        ("X-Rspamd-Server: mx1\r\nX-Spam-Flag: YES", "rspamd"),
        ("X-Spam: Yes\r\nX-Spam-Flag: YES", "rspamd"),
        ("X-Spam-Flag: YES", "spamassassin"),
        ("X-Spam-Status: Yes, score=7.1 required=5.0 tests=BAYES_99", "spamassassin"),
        ("X-Spam: No", ""),
        ("X-Spamd-Result: default: False [1.20 / 15.00]; NOT_TRUE(1.0)", ""),
        ("X-Rspamd-Action: greylist", ""),
        ("X-Rspamd-Action: no action", ""),
        ("X-Spam-Flag: NO", ""),
        ("X-Spam-Status: No, score=-1.0 required=5.0 tests=none, yes", ""),
        ("X-Spam-Level: ********", ""),
        ("X-Spam-Flag: yesterday", ""),
    ],
)
def test_our_own_filters_verdict_is_read(field, filter_):
    assert verdict(RECEIVED, field, RECEIVED) == filter_


def test_what_a_server_on_the_way_thought_does_not_count():
    assert verdict(RECEIVED, RECEIVED, "X-Spam-Flag: YES") == ""
    assert verdict(RECEIVED, RECEIVED, "X-Spam-Flag: YES", RECEIVED, hops=2) == "spamassassin"


def test_nothing_counts_where_the_house_names_no_server():
    assert verdict("X-Spam-Flag: YES", authserv_id="") == ""
