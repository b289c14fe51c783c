import dkim
import dns.exception
import dns.resolver
import pytest

from submissions.intake.email.parsing.parse import parse
from submissions.intake.email.trust import arc
from submissions.intake.email.trust.arc import MOST_SEALS, ask_dns, sealed_results
from tests.intake.email.mails import mail
from tests.intake.email.trust.sealing import KEYS, SEALER, sealed


def results(raw, sealers=(SEALER,), look_up=KEYS.get):
    return sealed_results(parse(raw), raw, sealers, look_up)


def told(raw, **named):
    return [(result.method, result.result) for result in results(raw, **named) or ()]


def test_a_listed_sealers_word_is_read():
    assert told(sealed()) == [("spf", "fail"), ("dkim", "pass"), ("dmarc", "pass")]
    assert told(sealed(), sealers=("other.example", SEALER.upper())) == told(sealed())


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(sealed().replace(b"footbridge open.", b"footbridge shut."), id="body changed"),
        pytest.param(sealed().replace(b"dmarc=pass", b"dmarc=fail"), id="results changed"),
        pytest.param(sealed().replace(b"cv=none", b"cv=pass"), id="chain status changed"),
        pytest.param(sealed().replace(b"ARC-Message-Signature", b"X-Message-Signature"), id="set incomplete"),
        pytest.param(sealed().replace(b"i=1", b"i=one"), id="no instance"),
        pytest.param(sealed().replace(b"d=forwarder.example", b"d=\xff\xfe.example"), id="no domain"),
    ],
)
def test_a_broken_chain_says_nothing(raw):
    assert not results(raw)


def test_an_unlisted_sealer_costs_no_look_up():
    def look_up(name, seconds):
        raise AssertionError(name)

    assert results(sealed(), sealers=("other.example",), look_up=look_up) == ()
    assert results(sealed(), sealers=(), look_up=look_up) is None
    assert results(mail(), look_up=look_up) is None


def test_a_listed_sealer_below_an_unlisted_one_says_nothing():
    again = sealed(sealed(), domain="other.example")
    assert (results(again), bool(results(again, sealers=("other.example",)))) == ((), True)


def test_a_chain_that_is_too_long_is_not_followed():
    raw = b"ARC-Seal: i=1; d=forwarder.example\r\n" * MOST_SEALS + sealed()
    assert results(raw) == ()


def test_a_header_that_is_too_large_is_not_followed():
    assert results(b"X-Long: " + b"x" * arc.HEADER_BYTES + b"\r\n" + sealed()) == ()


def test_keys_are_asked_for_once_and_not_for_ever(monkeypatch):
    asked = []

    def slow(name, seconds):
        asked.append((name, seconds))
        clock.append(clock[-1] + 3)
        return KEYS.get(name, seconds)

    clock = [0.0]
    monkeypatch.setattr(arc.time, "monotonic", lambda: clock[-1])
    keys = arc._Keys(slow)
    found = [
        bool(keys(name))
        for name in (b"s._domainkey.forwarder.example.", b"s._domainkey.forwarder.example.", b"b.", b"c.")
    ]
    assert found == [True, True, False, False]
    assert asked == [("s._domainkey.forwarder.example.", 2.0), ("b.", 1.0)]


def test_a_fault_inside_the_library_is_a_chain_that_does_not_hold(monkeypatch):
    def fault(*args, **named):
        raise IndexError

    monkeypatch.setattr(dkim, "arc_verify", fault)
    assert results(sealed()) == ()


def test_the_strings_of_a_record_are_joined(monkeypatch):
    class Record:
        strings = (b"v=DKIM1; ", b"p=x")

    monkeypatch.setattr(dns.resolver, "resolve", lambda name, kind, lifetime: [Record])
    assert ask_dns("s._domainkey.x.example.", 1) == b"v=DKIM1; p=x"


@pytest.mark.parametrize("error", [dns.resolver.NXDOMAIN, dns.exception.Timeout, dns.resolver.NoAnswer, ValueError])
def test_a_name_without_an_answer_has_no_record(monkeypatch, error):
    def fail(*args, **named):
        raise error if error is not dns.resolver.NoAnswer else dns.exception.DNSException

    monkeypatch.setattr(dns.resolver, "resolve", fail)
    assert ask_dns("s._domainkey.x.example.", 1) is None
