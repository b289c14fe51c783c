"""What a file is in its mail: the words that editors read beside its name."""

from submissions.intake.email.parsing.intext import PGP
from submissions.intake.email.parsing.leaves import Leaf

CALENDAR = "calendar"
FORWARDED = "forwarded message"
INLINE = "inline image"
WINMAIL = "from winmail.dat"
PGP_SIGNATURE = "signature (PGP)"
SMIME = "encrypted (S/MIME)"
SMIME_SIGNATURE = "signature (S/MIME)"
_BY_TYPE = {
    "text/calendar": CALENDAR,
    "application/ics": CALENDAR,
    "message/rfc822": FORWARDED,
    "message/global": FORWARDED,
    "message/partial": "one piece of a split message",
    "message/external-body": "a pointer to a file elsewhere",
    "message/delivery-status": "delivery report",
    "message/global-delivery-status": "delivery report",
    "message/disposition-notification": "read receipt",
    "message/feedback-report": "feedback report",
    "application/pgp-encrypted": PGP,
    "application/pgp-signature": PGP_SIGNATURE,
    "application/pgp-keys": "key (PGP)",
    "application/pkcs7-signature": SMIME_SIGNATURE,
    "application/x-pkcs7-signature": SMIME_SIGNATURE,
}
_BY_SMIME_TYPE = {"signed-data": "signed (S/MIME)", "certs-only": "certificates (S/MIME)"}
_BY_BYTES = (
    (b"-----BEGIN PGP MESSAGE-----", PGP),
    (b"-----BEGIN PGP SIGNATURE-----", PGP_SIGNATURE),
    (b"-----BEGIN PGP PUBLIC KEY BLOCK-----", "key (PGP)"),
    (b"BEGIN:VCALENDAR", CALENDAR),
)


def label_of(leaf: Leaf, content: bytes, media_type: str) -> str:
    """Return the label of a part that is a file; "" for a plain attachment."""
    if leaf.content_type in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
        return _BY_SMIME_TYPE.get(leaf.parameters.get("smime-type", "").lower(), SMIME)
    if leaf.parent_type == "multipart/encrypted":
        return PGP
    if leaf.content_type in _BY_TYPE:
        return _BY_TYPE[leaf.content_type]
    if media_type.startswith("image/") and leaf.disposition != "attachment" and _is_shown_within(leaf):
        return INLINE
    return next((label for sign, label in _BY_BYTES if content.startswith(sign)), "")


def _is_shown_within(leaf: Leaf) -> bool:
    """Whether the text shows it (RFC 2387): it has an id to be named by, or says that it is inline."""
    return leaf.disposition == "inline" or leaf.parent_type == "multipart/related" or "content-id" in leaf.part
