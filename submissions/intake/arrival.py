"""What a door hands over to be received."""

from dataclasses import dataclass, field
from datetime import datetime

from submissions.models import AiUse, Channel, HousePolicy, Kind, Noticed, Role


@dataclass(frozen=True, kw_only=True)
class File:
    """A file as it came; `media_type` is what its bytes say, `label` (at most 60 characters) what it is in its mail."""

    name: str
    content: bytes
    media_type: str
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What a door hands over. `identity` (64 hex digits) makes a repeat of the same the same submission.

    `policy` holds the rules and terms that the sender was shown; without them those in force count.
    """

    identity: str
    kind: Kind
    channel: Channel
    body: str
    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    city: str = ""
    region: str = ""
    headline: str = ""
    in_response_to: str = ""
    role: Role = Role.NONE
    interests: str = ""
    paid_by: str = ""
    ai_use: AiUse | str = ""
    exclusive: bool | None = None
    consented: bool = False
    files: tuple[File, ...] = ()
    findings: tuple[Noticed, ...] = field(default=())
    received_at: datetime | None = None
    policy: HousePolicy | None = None
