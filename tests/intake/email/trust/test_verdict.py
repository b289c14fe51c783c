import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.intake.email.parsing.parse import parse
from submissions.intake.email.trust.verdict import MOST_RESULT_FIELDS, Trust, is_aligned, trust_of
from tests.intake.email.mails import mail
from tests.intake.email.trust.sealing import KEYS, SEALER, sealed

SENDER = "w.prairie@example.org"
MX = "mx.paper.example"
RECEIVED = b"Received: from a by b\r\n"


def judged(results, *, raw=None, sender=SENDER, authserv_id=MX, sealers=(), **named):
    """Trust in a mail that came in by one server of ours, which wrote these results."""
    fields = [results] if isinstance(results, str) else results
    own = "".join(f"Authentication-Results: {MX}; {value}\r\n" for value in fields if value).encode()
    whole = RECEIVED + own + RECEIVED + (raw or mail(**named))
    return trust_of(parse(whole), whole, sender=sender, authserv_id=authserv_id, sealers=sealers, look_up=KEYS.get)


@pytest.mark.parametrize(
    ("results", "by"),
    [
        ("dmarc=pass (p=REJECT) header.from=example.org", "dmarc"),
        ("dmarc=pass header.from=Example.ORG; spf=fail smtp.mailfrom=example.org", "dmarc"),
        ("dmarc=pass header.from=bank.example", ""),
        ("dmarc=pass", ""),
        ("dmarc=bestguesspass action=none header.from=example.org", ""),
        ("dkim=pass header.d=example.org", "dkim"),
        ("dkim=pass header.i=@mail.example.org", "dkim"),
        ("dkim=fail header.d=example.org; dkim=pass header.d=example.org", "dkim"),
        ("dkim=pass header.d=bulk.example", ""),
        ("dkim=pass header.d=org", ""),
        ("dkim=pass", ""),
        ("dkim=fail header.d=example.org", ""),
        ("spf=pass smtp.mailfrom=w.prairie@example.org", "spf"),
        ("spf=pass smtp.mailfrom=bounces.example.org", "spf"),
        ("spf=pass smtp.mfrom=w.prairie@example.org", "spf"),
        ("spf=pass", "spf"),
        ("spf=pass smtp.helo=example.org", ""),
        ("spf=pass smtp.mailfrom=bulk.example", ""),
        ("spf=softfail smtp.mailfrom=example.org", ""),
        ("spf=pass smtp.mailfrom=example.org; dkim=pass header.d=example.org; dmarc=none", "dkim"),
        ("dmarc=fail header.from=example.org; dkim=pass header.d=mail.example.org", ""),
        ("compauth=pass reason=100; iprev=pass policy.iprev=192.0.2.1", ""),
        ("none", ""),
    ],
)
def test_the_mail_system_vouches_by_the_strongest_aligned_method(results, by):
    trust = judged(results)
    assert (trust.by, trust.domain, trust.verdict == "vouched") == (by, "example.org", bool(by))


def test_spf_without_a_name_is_about_the_envelope_sender():
    assert judged("spf=pass", sender="x@bulk.example").by == ""
    assert judged("spf=pass", sender=None).by == ""


def test_a_whole_verdict():
    found = (
        "spf=pass smtp.mailfrom=example.org; dkim=none; dmarc=pass (p=NONE sp=REJECT dis=NONE) header.from=example.org"
    )
    assert judged(found) == Trust(
        verdict="vouched",
        by="dmarc",
        domain="example.org",
        policy="none",
        results={"spf": "pass", "dkim": "none", "dmarc": "pass"},
    )


@pytest.mark.parametrize(
    ("results", "policy", "forbids"),
    [
        ("dmarc=fail (p=REJECT sp=REJECT dis=NONE) header.from=example.org", "reject", True),
        ("dmarc=fail (p=none dis=none) header.from=example.org", "none", False),
        ("dmarc=fail (p=NONE sp=QUARANTINE dis=QUARANTINE) header.from=example.org", "quarantine", True),
        ("dmarc=fail policy.dmarc=quarantine header.from=example.org", "quarantine", True),
        ("dmarc=fail policy.published-domain-policy=reject header.from=example.org", "reject", True),
        ("dmarc=fail action=oreject header.from=example.org", "reject", True),
        ("dmarc=fail action=pct.quarantine header.from=example.org", "quarantine", True),
        ("dmarc=fail (policy=reject) header.from=example.org", "reject", True),
        ("dmarc=fail header.from=example.org", "", False),
        ("spf=fail smtp.mailfrom=example.org", "reject", True),
        ("dmarc=fail (p=none) header.from=example.org; spf=fail smtp.mailfrom=example.org", "none", False),
    ],
)
def test_a_failed_mail_is_answered_only_if_its_domain_does_not_mind(results, policy, forbids):
    trust = judged(results)
    assert (trust.verdict, trust.policy, trust.forbids_answer) == ("failed", policy, forbids)


def test_a_policy_forbids_no_answer_to_a_vouched_address():
    trust = judged("dmarc=pass (p=REJECT) header.from=example.org")
    assert (trust.policy, trust.forbids_answer) == ("reject", False)


def test_a_policy_of_another_domain_is_not_the_senders():
    assert judged("dmarc=fail (p=REJECT) header.from=bank.example") == Trust(
        domain="example.org", results={"dmarc": "fail"}
    )


def test_nothing_is_read_where_the_house_names_no_server():
    assert judged("dmarc=pass header.from=example.org", authserv_id="") == Trust(domain="example.org")


def test_only_the_named_server_counts_whatever_its_case():
    assert judged("dmarc=pass header.from=example.org", authserv_id="MX.Paper.Example").by == "dmarc"
    assert judged("dmarc=pass header.from=example.org", authserv_id="paper.example").by == ""


def test_what_the_writer_put_into_his_message_does_not_count():
    forged = f"Authentication-Results: {MX}; dmarc=pass header.from=example.org"
    assert judged("", raw=mail("x", forged)) == Trust(domain="example.org")


def test_of_two_fields_the_upper_one_counts():
    trust = judged(["dmarc=fail (p=reject) header.from=example.org", "dmarc=pass header.from=example.org"])
    assert (trust.verdict, trust.results) == ("failed", {"dmarc": "fail"})


def test_only_so_many_fields_are_read():
    fields = ["none"] * (MOST_RESULT_FIELDS - 1) + ["dkim=pass header.d=example.org"]
    assert [judged(fields).by, judged(["none", *fields]).by] == ["dkim", ""]


def test_methods_may_stand_in_fields_of_their_own():
    trust = judged(["spf=fail smtp.mailfrom=bulk.example", "dkim=pass header.d=example.org"])
    assert (trust.by, trust.results) == ("dkim", {"spf": "fail", "dkim": "pass"})


@pytest.mark.parametrize(
    "from_",
    [
        "ann@example.org, bob@example.org",
        "Ann <ann@example.org>\r\nFrom: Bob <bob@example.org>",
        "team: ann@example.org, bob@example.org;",
        f"Ann <ann@example.org>{' ' * 4000}, Bob <bob@example.org>",
        "no address at all",
        "",
    ],
)
def test_only_a_sole_author_is_vouched_for(from_):
    assert judged("dmarc=pass header.from=example.org", From=from_).verdict == "unknown"


def test_a_display_name_that_is_an_address_is_not_judged():
    trust = judged("dmarc=pass header.from=example.org", From='"chief@bank.example" <ann@example.org>')
    assert (trust.verdict, trust.domain) == ("vouched", "example.org")


def test_an_international_domain_is_one_in_both_its_forms():
    trust = judged("dmarc=pass header.from=bücher.example", From="Ann <ann@xn--bcher-kva.example>")
    assert (trust.by, trust.domain) == ("dmarc", "xn--bcher-kva.example")


def test_a_listed_forwarder_vouches_where_our_own_server_cannot():
    trust = judged("dmarc=fail (p=REJECT) header.from=example.org", raw=sealed(), sealers=[SEALER])
    assert trust == Trust(
        verdict="vouched", by="arc", domain="example.org", policy="reject", results={"dmarc": "fail", "arc": "pass"}
    )


def test_a_seal_is_verified_here_and_needs_no_server_of_ours():
    assert judged("", raw=sealed(), sealers=[SEALER], authserv_id="").by == "arc"


@pytest.mark.parametrize(
    ("raw", "sealers", "results"),
    [
        (sealed(), [], {"dmarc": "fail"}),
        (sealed(), ["other.example"], {"dmarc": "fail", "arc": "fail"}),
        (sealed(seen="dmarc=fail header.from=example.org"), [SEALER], {"dmarc": "fail", "arc": "pass"}),
        (sealed(seen="dmarc=pass header.from=bank.example"), [SEALER], {"dmarc": "fail", "arc": "pass"}),
        (sealed(seen="spf=pass"), [SEALER], {"dmarc": "fail", "arc": "pass"}),
    ],
)
def test_a_forwarder_that_is_not_listed_or_saw_no_proof_changes_nothing(raw, sealers, results):
    trust = judged("dmarc=fail (p=REJECT) header.from=example.org", raw=raw, sealers=sealers)
    assert (trust.verdict, trust.forbids_answer, trust.results) == ("failed", True, results)


def test_the_border_lies_below_as_many_servers_as_the_house_has():
    raw = b"Received: from mx by mailbox\r\n" + RECEIVED
    raw += f"Authentication-Results: {MX}; dmarc=pass header.from=example.org\r\n".encode() + RECEIVED + mail()
    found = [trust_of(parse(raw), raw, sender=SENDER, authserv_id=MX, sealers=[], hops=hops).verdict for hops in (1, 2)]
    assert found == ["unknown", "vouched"]


@pytest.mark.parametrize(
    ("one", "other", "aligned"),
    [
        ("example.org", "example.org", True),
        ("mail.example.org", "example.org", True),
        ("example.org", "a.b.example.org", True),
        ("a.example.org", "b.example.org", False),
        ("badexample.org", "example.org", False),
        ("org", "example.org", False),
        ("org", "org", False),
        ("", "", False),
        ("example.org", "", False),
    ],
)
def test_domains_are_aligned_if_one_lies_under_the_other(one, other, aligned):
    assert is_aligned(one, other) == is_aligned(other, one) == aligned


@given(st.binary(max_size=300), st.binary(max_size=100))
def test_hostile_bytes_are_judged_and_never_vouched_for(value, from_):
    raw = RECEIVED + b"Authentication-Results: " + MX.encode() + b"; " + value + b"\r\nFrom: " + from_ + b"\r\n\r\n"
    trust = trust_of(parse(raw), raw, sender=None, authserv_id=MX, sealers=[SEALER], look_up=KEYS.get)
    assert trust.verdict in ("failed", "unknown")
