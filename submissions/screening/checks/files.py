"""The files that came with it."""

from django.template.defaultfilters import filesizeformat

from submissions.models import HousePolicy, Noticed
from submissions.screening.draft import WORDS_AT_MOST, Draft, SentFile, notice


def files(draft: Draft, policy: HousePolicy) -> list[Noticed]:
    """Notice more files than the policy takes, and those of another type (where it names any) or too large."""
    found = []
    if len(draft.files) > policy.attachments_max:
        message = f"{len(draft.files)} files; {policy.attachments_max or 'none'} allowed"
        found.append(notice("files", message, problem="count", count=len(draft.files)))
    for file in draft.files:
        if policy.attachment_types and file.media_type not in policy.attachment_types:
            found.append(_named(file, f"A file of type {file.media_type}, which we do not take", "type"))
        if file.size > policy.attachment_max_bytes:
            most = filesizeformat(policy.attachment_max_bytes)
            found.append(_named(file, f"A file of {filesizeformat(file.size)}; at most {most} allowed", "size"))
    return found


def _named(file: SentFile, message: str, problem: str) -> Noticed:
    plain = notice("files", message)
    return Noticed(
        rule=plain.rule,
        severity=plain.severity,
        message=plain.message,
        words=file.name[:WORDS_AT_MOST],
        data={"problem": problem},
    )
