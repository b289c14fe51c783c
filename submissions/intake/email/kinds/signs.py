"""By which signs a machine is told from a person, before the text is looked at."""

import re

from submissions.intake.email.kinds.phrases import any_of, begins_with
from submissions.intake.email.parsing.parse import ParsedMessage

_MAILER = any_of(
    r"mailer[-_. ]?daemon\b",
    r"(double-)?bounces?\b",
    r"post[-_ ]?master\b",
    r"mail[-_. ]?(deliver|delivery|administrator|router|system|service)\b",
    r"delivery[-_. ]?(failure|status|subsystem)\b",
    r"(mdaemon|mmdf)\b",
)
_PROGRAM = any_of(
    r"(no|do[-_.]?not)[-_.]?reply",
    r"(mail|system|e-?mail) ?admin",
    r"\badmin(istrator)?\b",
    r"anti-?virus",
    r"gateway",
    r"\bndr\b",
)
_SUBJECT = begins_with(
    r"un-?deliver(able|ed)",
    r"return(ed|ing) (e?mail|message|to sender)",
    r"failure notice",
    r"failed mail to",
    r"mail (delivery )?(system )?(fail|problem|error|status|warning)",
    r"mail delivery system",
    r"mail (could not|not delivered|status report|delivery (was )?failed)",
    r"delivery (status|failure|error|notification|report|has failed|delayed?)",
    r"(message|mail) (delivery )?(failed|delayed|status|rejected)",
    r"(message|mail) (you sent )?(could ?n.t|could not|was not|cannot) be",
    r"could ?n.t (be )?deliver",
    r"non-?deliverable",
    r"non[- ]delivery",
    r"automatically rejected",
    r"permanent (delivery )?(error|failure)",
    r"warning[:-]{1,2} ?(could not send|message)",
    *(
        "unzustellbar",
        "nicht zustellbar",
        "non remis",
        "échec de la remise",
        "no se puede entregar",
        "mancato recapito",
    ),
    *("onbestelbaar", "não entregue", "недоставлен", "メールエラー", "配信不能", "配信エラー"),
)
_ANSWER = re.compile(r"\s{0,9}(re|fwd?|fw|aw|wg|antw|sv|vs|tr|rv)\s{0,3}:", re.IGNORECASE)
_TAG = re.compile(r"\[[^\]]{0,60}\] ?")


def envelope_sender(message: ParsedMessage, sender: str | None) -> str | None:
    """Return the envelope sender; where the protocol did not tell, what the mail server noted in Return-Path."""
    if sender is None and message.headers.all("return-path"):
        return message.headers.text("return-path").strip("<> ")
    return sender


def is_mailer(message: ParsedMessage) -> bool:
    """Whether From names the mail system itself, as bounces do."""
    shown = f"{message.name} {message.address}"
    return bool(_MAILER.search(shown if shown.strip() else message.headers.text("from", 300)))


def is_mailer_daemon(message: ParsedMessage) -> bool:
    """Whether the address is the one that writes nothing but bounces."""
    return "mailer-daemon" in message.headers.text("from", 300).lower()


def is_program(message: ParsedMessage) -> bool:
    """Whether a program may have written a mail: From says so, or Auto-Submitted does (RFC 3834, 5)."""
    auto = message.headers.token("auto-submitted")
    return auto not in ("", "no") or bool(_PROGRAM.search(message.headers.text("from", 300)))


def has_bounce_subject(message: ParsedMessage) -> bool:
    """Whether a subject begins as those of bounces do; "Re:" or "Fwd:" before it is a person's."""
    return bool(_SUBJECT.match(_TAG.sub("", message.subject, count=1)))


def is_written(message: ParsedMessage) -> bool:
    """Whether a mail shows the marks of a person's mail program: an answer, a forward, or the program's own name."""
    headers = message.headers
    program = headers.all("user-agent") or headers.all("x-mailer")
    return bool(message.refers_to or program or _ANSWER.match(message.subject))
