import pytest
from limits.errors import StorageError

from submissions.intake.web import throttle


def asked_from(rf, address: str, forwarded: str = ""):
    return rf.get("/", REMOTE_ADDR=address, **({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}))


@pytest.mark.parametrize(
    ("address", "forwarded", "network"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "192.0.2.7, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.3", "10.0.0.3"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "", "203.0.113.9"),
        ("", "", "None"),
    ],
)
def test_network_is_the_nearest_address_that_is_no_proxy_of_ours(rf, settings, address, forwarded, network):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    assert throttle.network(asked_from(rf, address, forwarded)) == network


def test_address_itself_is_not_kept(rf):
    request = asked_from(rf, "203.0.113.9")
    throttle.take(request, "submit", 5)
    assert "203.0.113.9" not in repr(vars(throttle.limiter().storage))
    assert throttle.network_hash(request) != throttle.network_hash(asked_from(rf, "203.0.113.10"))


def test_take_counts_and_left_does_not(rf):
    request = asked_from(rf, "203.0.113.9")
    assert [throttle.left(request, "x", 1), throttle.left(request, "x", 1)] == [True, True]
    assert [throttle.take(request, "x", 1), throttle.take(request, "x", 1)] == [True, False]
    assert throttle.left(request, "x", 1) is False


def test_counter_out_of_reach_lets_letters_in(rf, monkeypatch, caplog):
    def broken(*_args: object) -> bool:
        raise StorageError(ConnectionError())

    monkeypatch.setattr(throttle.limiter(), "hit", broken)
    assert throttle.take(asked_from(rf, "203.0.113.9"), "submit", 1) is True
    assert caplog.messages == ["the rate limit cannot count (ConnectionError)"]


def test_redis_is_asked_where_there_is_one(rf, settings, caplog):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    throttle.limiter.cache_clear()
    assert throttle.take(asked_from(rf, "203.0.113.9"), "submit", 1) is True
    assert caplog.messages == ["the rate limit cannot count (ConnectionError)"]
