"""How often one network address may do something. No address is stored: only a keyed hash of it is counted."""

import ipaddress
import logging
from functools import cache

import redis  # noqa: F401  limits must not meet it half imported by another thread
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from limits import RateLimitItem, RateLimitItemPerHour
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

logger = logging.getLogger(__name__)

MISSES_PER_HOUR = 30
"""So many wrong references may be tried: 63 random bits need more."""
LOST_CODES_PER_HOUR = 10

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@cache
def limiter() -> MovingWindowRateLimiter:
    """Return the counter: in Redis where REDIS_URL names one, so that all processes share it; else in memory."""
    if not settings.REDIS_URL:
        return MovingWindowRateLimiter(storage_from_string("memory://"))
    options = {"wrap_exceptions": True, "socket_connect_timeout": 1, "socket_timeout": 1}
    return MovingWindowRateLimiter(storage_from_string(settings.REDIS_URL, **options))


def take(request: HttpRequest, what: str, per_hour: int) -> bool:
    """Count one use of something by the request's network; return whether it was still allowed."""
    return _ask(limiter().hit, RateLimitItemPerHour(per_hour), what, network_hash(request))


def left(request: HttpRequest, what: str, per_hour: int) -> bool:
    """Whether the request's network may do something once more, without counting it."""
    return _ask(limiter().test, RateLimitItemPerHour(per_hour), what, network_hash(request))


def network_hash(request: HttpRequest) -> str:
    """Return the keyed hash under which the sender's network is counted."""
    return salted_hmac("mailbag.throttle", network(request)).hexdigest()[:32]


def network(request: HttpRequest) -> str:
    """Return the sender's address, or for IPv6 its /64, of which one household or host has all."""
    address = _client(request)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _client(request: HttpRequest) -> Address | None:
    """Return the nearest address that is no proxy of ours; what a stranger says of itself does not count."""
    hops = [request.META.get("REMOTE_ADDR", "")]
    hops += reversed(request.headers.get("X-Forwarded-For", "").split(","))
    client = None
    for hop in hops:
        address = _parsed(hop)
        if address is None:
            break
        client = address
        if not _is_ours(address):
            break
    return client


def _parsed(text: str) -> Address | None:
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_ours(address: Address) -> bool:
    return any(address in ipaddress.ip_network(proxy, strict=False) for proxy in settings.TRUSTED_PROXIES)


def _ask(question: object, item: RateLimitItem, *names: str) -> bool:
    """Ask the counter; while it is out of reach letters are still taken."""
    try:
        return bool(question(item, *names))  # type: ignore[operator]
    except StorageError as error:
        logger.warning("the rate limit cannot count (%s)", type(error.storage_error).__name__)
        return True
