"""Who signs an arrival: a writer known already, or a new one."""

from collections.abc import Sequence

from submissions.intake.arrival import Arrival
from submissions.models import Writer


def writers_of(arrivals: Sequence[Arrival]) -> list[Writer]:
    """Return each arrival's writer: by address, else by phone and name, else a new one; nothing known is changed."""
    by_address = _by_address([arrival for arrival in arrivals if arrival.email])
    return [
        by_address[arrival.email.casefold()] if arrival.email else _by_phone(arrival) or _new(arrival, save=True)
        for arrival in arrivals
    ]


def _by_address(arrivals: Sequence[Arrival]) -> dict[str, Writer]:
    """Return the writers of addresses, in the order of addresses: so two transactions never wait for one another."""
    wanted = {arrival.email.casefold(): arrival for arrival in arrivals}
    found = _found(wanted)
    fresh = sorted(set(wanted) - set(found))
    if fresh:
        rows = [_new(wanted[address], email=address) for address in fresh]
        Writer.objects.bulk_create(rows, ignore_conflicts=True)
        found |= _found(fresh)
    return found


def _found(addresses: Sequence[str] | dict[str, Arrival]) -> dict[str, Writer]:
    return {writer.email or "": writer for writer in Writer.objects.filter(email__in=list(addresses))}


def _by_phone(arrival: Arrival) -> Writer | None:
    if not arrival.phone:
        return None
    same = Writer.objects.filter(email=None, phone=arrival.phone, name__iexact=arrival.name)
    return same.order_by("pk").first()


def _new(arrival: Arrival, *, email: str | None = None, save: bool = False) -> Writer:
    details = {name: getattr(arrival, name) for name in ("name", "phone", "address", "city", "region")}
    writer = Writer(email=email, **details)
    if save:
        writer.save(force_insert=True)
    return writer
