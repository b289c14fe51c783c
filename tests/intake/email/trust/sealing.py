"""Messages as a forwarder hands them on: sealed with a key that was made for these tests and opens nothing."""

import dkim

from tests.intake.email.mails import mail

SEALER = "forwarder.example"
SEEN = "spf=fail smtp.mailfrom=example.org; dkim=pass header.d=example.org; dmarc=pass header.from=example.org"
_PUBLIC = (
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC7cUOzkq/pmrpYxTMQ43Su6ij35vlOBCsRGS2bPR/0NNWB/twICeUmXU0k"
    "Uv97zAcNPKuBX/0/8rOi/gyv4j/IOhMgaL61bRCaZD5WXaZajHFejFvBGKNSai0daPPAXeAmaVUcXoFGxJZOkGg9R7N5MwtN"
    "cE1n2AXi2LawvQbcewIDAQAB"
)
_PRIVATE = b"""-----BEGIN RSA PRIVATE KEY-----
MIICXQIBAAKBgQC7cUOzkq/pmrpYxTMQ43Su6ij35vlOBCsRGS2bPR/0NNWB/twI
CeUmXU0kUv97zAcNPKuBX/0/8rOi/gyv4j/IOhMgaL61bRCaZD5WXaZajHFejFvB
GKNSai0daPPAXeAmaVUcXoFGxJZOkGg9R7N5MwtNcE1n2AXi2LawvQbcewIDAQAB
AoGAcQrp7Y51kMjDwW2MUo8ae7K0am1dxPM2leU9X/YJI1oJuZBeWmq9S9nRACsd
8ScmyZDhTfD55msUcyQLurcUBz+hiOXCYMZEbrRimXHHi8Dyhg+4zW5dAwMa1fnv
G4EsILHB8F8vySSsoUgYPlWKzwj8nsa1mSUBVEESvwd3yiECQQDxnXhOZWI92IGD
Q8JHl9SLZerAzgL46RUhZ9DhUgRJpSBIy5LVbJtJ+iR5Sx44qTamMxEqFPyd3k9V
c0QZtdKnAkEAxpoh0yG1lHyk7xCCzYhwIl+9DJ3m6LVVdLmiGZeYYCTwHmVNu1eC
2gt0LvCEc8pDQEMOk43kLRtQPT1cdPLGDQJAPZYW8Vy0UvFZ6dyeq+MOoU2kLesV
JN88rJwqyRQ/1YnKleOWFOKvHoctPuGf3W98Z5bCvEhHL/JXpH9SD3+iJwJBAI9G
wwA+YXEuOw79KmB8/ejOiOSBRgS8TVpYUcmExDkYbOKA0wNErvH/MWJrwiKG2N2T
gwCQbPzdp5WGnxz/yEECQQCaBFXis6iRLhsNsFqIaYh+5Stw7UMdShfaAQZW7G7r
O+tle8qyW3FetMymbSPnKJFy5pzMTE9XNlbl38Rl1qka
-----END RSA PRIVATE KEY-----
"""


class Dns(dict[str, bytes]):
    """Records by name."""

    def get(self, name, _seconds):
        """The record of a name, as the look-up in the program returns it."""
        return super().get(name)


KEYS = Dns({f"s._domainkey.{domain}.": f"v=DKIM1; k=rsa; p={_PUBLIC}".encode() for domain in (SEALER, "other.example")})


def sealed(raw: bytes = b"", *, seen: str = SEEN, domain: str = SEALER, **named: str) -> bytes:
    """A message with one more ARC set on top; `seen` is what the forwarder found."""
    raw = raw or mail(**named)
    before = "; arc=pass" if b"ARC-Seal:" in raw else ""
    found = b"Authentication-Results: " + f"{domain}; {seen}{before}".encode() + b"\r\n" + raw
    fields = dkim.arc_sign(
        found, b"s", domain.encode(), _PRIVATE, domain.encode(), include_headers=[b"from", b"subject"]
    )
    return b"".join(fields) + raw
