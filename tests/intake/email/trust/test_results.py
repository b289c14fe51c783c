import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.intake.email.trust.results import MOST_RESULTS, Result, ascii_domain, read_results

GOOGLE = (
    'mx.google.com;\r\n       dkim=pass header.i=@example.org header.s=s1 header.b="aB/c+d=";\r\n       spf=pass '
    "(google.com: domain of bounces+ann=x.example@example.org designates 192.0.2.1 as permitted sender) "
    'smtp.mailfrom="bounces+ann=x.example@example.org";\r\n       '
    "dmarc=pass (p=REJECT sp=NONE dis=NONE) header.from=example.org"
)
TORTURE = (
    "mail.paper.example (the (inner) border) 1 (version);\r\n dkim (why not) / 1 (one) = (wait) fail\r\n"
    " policy (a dot) . (like that) expired (still) = (here) 1362471462"
)


def named(value):
    """What a field says, as tuples."""
    return [(result.method, result.result, result.properties) for result in read_results(value).results]


def test_a_field_of_google_is_read():
    spf = {"smtp.mailfrom": "bounces+ann=x.example@example.org"}
    assert read_results(GOOGLE).authserv_id == "mx.google.com"
    assert named(GOOGLE) == [
        ("dkim", "pass", {"header.i": "@example.org", "header.s": "s1", "header.b": "aB/c+d="}),
        ("spf", "pass", spf),
        ("dmarc", "pass", {"header.from": "example.org"}),
    ]
    assert read_results(GOOGLE).results[2].comment == "p=reject sp=none dis=none"


def test_a_field_of_microsoft_names_no_server_and_keeps_its_action():
    value = (
        "spf=pass (sender IP is 192.0.2.1)\r\n smtp.mailfrom=example.org; dkim=none (message not signed)\r\n"
        " header.d=none;dmarc=fail action=oreject header.from=example.org;compauth=fail reason=000"
    )
    assert read_results(value).authserv_id == ""
    assert named(value) == [
        ("dkim", "none", {"header.d": "none"}),
        ("dmarc", "fail", {"action": "oreject", "header.from": "example.org"}),
        ("compauth", "fail", {"reason": "000"}),
    ]


def test_comments_spaces_and_versions_may_stand_anywhere():
    assert read_results(TORTURE).authserv_id == "mail.paper.example"
    assert named(TORTURE) == [("dkim", "fail", {"policy.expired": "1362471462"})]


@pytest.mark.parametrize(
    ("head", "authserv_id"),
    [
        ("MX.Paper.Example", "mx.paper.example"),
        ("mx.paper.example 1", "mx.paper.example"),
        ("mx.paper.example/1", "mx.paper.example"),
        ('"mx.paper.example" 1', "mx.paper.example"),
        ("(first) mx.paper.example (then)", "mx.paper.example"),
        ("mx.paper.example mx.other.example", ""),
        ('mx.paper.example"', ""),
        ("", ""),
    ],
)
def test_the_server_is_who_the_field_begins_with(head, authserv_id):
    assert read_results(f"{head}; spf=pass").authserv_id == authserv_id


@pytest.mark.parametrize(
    "value", ["mx.paper.example; none", "mx.paper.example;", "mx.paper.example", "mx; =pass; a=; ;"]
)
def test_a_field_without_results_has_none(value):
    assert read_results(value).results == ()


@pytest.mark.parametrize(
    "value",
    [
        "mx; x=y (; dkim=pass header.d=bank.example)",
        'mx; spf=fail smtp.mailfrom="a; dkim=pass header.d=bank.example"@evil.example',
        'mx; spf=fail reason="; dkim=pass \\"; dkim=pass',
        "mx; x=y (( unclosed ) ; dkim=pass",
        "mx; x=y (an escaped \\) ; dkim=pass) ",
    ],
)
def test_what_stands_in_comments_and_quotes_is_no_result(value):
    assert "dkim" not in {result.method for result in read_results(value).results}


def test_a_quote_in_a_comment_opens_nothing():
    assert named('mx; spf=pass (he said "hi) smtp.mailfrom=a.example; dkim=fail') == [
        ("spf", "pass", {"smtp.mailfrom": "a.example"}),
        ("dkim", "fail", {}),
    ]


def test_the_first_of_a_property_counts_and_results_are_bounded():
    assert named("mx; dkim=pass header.d=a.example header.d=b.example") == [("dkim", "pass", {"header.d": "a.example"})]
    assert len(read_results("mx" + "; dkim=pass" * (MOST_RESULTS + 9)).results) == MOST_RESULTS


@pytest.mark.parametrize(
    ("value", "domain"),
    [
        ("Ann@Example.ORG.", "example.org"),
        ("@example.org", "example.org"),
        ("a@b@example.org", "example.org"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("a..example", ""),
        ("x" * 300, ""),
    ],
)
def test_the_domain_of_a_property_is_plain_ascii(value, domain):
    assert Result(method="spf", result="pass", properties={"smtp.mailfrom": value}).domain("smtp.mailfrom") == domain


PIECES = st.sampled_from(
    [
        *'();="\\. /\r\n',
        "dkim=pass",
        "header.d=",
        "mx.example",
        "reason=",
        'a="',
        'a=\\"',
        "(" * 50,
        "\udcff",
        "\x00",
        "é",
    ]
)


@given(st.lists(PIECES, max_size=300).map("".join) | st.text(max_size=500))
def test_whatever_a_field_holds_is_read(value):
    found = read_results(value)
    assert len(found.results) <= value.count(";")
    assert all(
        result.method and result.result and ascii_domain(result.domain("header.d")) is not None
        for result in found.results
    )


@pytest.mark.parametrize(
    "piece", ["(", ")", '"', 'a="', 'a=\\"', "\\", ";", "=", " ", ".", "a", "a.", "a=b ", "(\\", 'a="\\"']
)
def test_twenty_thousand_characters_of_anything_are_read(piece):
    value = f"mx; dkim=pass {piece * 20_000}"[:20_000]
    assert read_results(value).authserv_id in ("mx", "")
