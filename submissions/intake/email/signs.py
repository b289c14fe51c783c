"""By which signs a machine is told from a person, before the text is looked at."""

import re

from submissions.intake.email.parse import ParsedMessage

_MAILER = re.compile(
    r"(mailer[-_. ]?daemon|post[-_ ]?master|mail[-_. ]?(deliver|delivery|administrator|router|system|service)"
    r"|mdaemon|mmdf|delivery[-_. ]?(failure|status|subsystem)|bounces?|double-bounce)\b",
    re.IGNORECASE,
)
_PROGRAM = re.compile(
    r"(no[-_.]?reply|do[-_.]?not[-_.]?reply|(mail|system|e-?mail) ?admin|\badmin(istrator)?\b|anti-?virus|gateway|\bndr\b)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"(\[[^\]]{0,60}\] ?)?\W{0,9}(undeliver|un-deliver|returned mail|return(ed|ing) (message|to sender)|failure notice"
    r"|mail delivery (fail|problem|system|error|status|warning)|mail failure|mail (system )?error"
    r"|delivery (status|failure|error|notification|report|has failed|delayed?)|mail status report"
    r"|mail (could not|not delivered|failure)|(message|mail) (delivery )?(failed|delayed|status|rejected)"
    r"|(message|mail) (you sent )?(could ?n.t|could not|was not|cannot) be|could ?n.t (be )?deliver"
    r"|nondeliverable|non[- ]delivery|warning: ?(could not send|message)|warning--could not send|permanent delivery"
    r"|unzustellbar|nicht zustellbar|non remis|échec de la remise|no se puede entregar|mancato recapito|onbestelbaar"
    r"|não entregue|недоставлен|メールエラー|配信不能|配信エラー)",
    re.IGNORECASE,
)
_ANYWHERE = re.compile(
    r"(delivery (failed|failure|status notification)|undeliverable|failure notice|returned mail"
    r"|could not be delivered|returning message to sender)",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"\s{0,9}(re|fwd?|fw|aw|wg|antw|sv|vs|tr|rv)\s{0,3}:", re.IGNORECASE)


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
    return bool(_SUBJECT.match(message.subject))


def names_bounce(message: ParsedMessage) -> bool:
    """Whether a subject speaks of a bounce at all."""
    return has_bounce_subject(message) or bool(_ANYWHERE.search(message.subject))


def is_written(message: ParsedMessage) -> bool:
    """Whether a mail shows the marks of a person's mail program: an answer, a forward, or the program's own name."""
    headers = message.headers
    program = headers.all("user-agent") or headers.all("x-mailer")
    return bool(message.refers_to or program or _ANSWER.match(message.subject))
