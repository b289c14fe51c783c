"""What intake notices of a mail, told to editors: findings that screening's checks of the text cannot make."""

from submissions.intake.documents.document import Document
from submissions.intake.documents.letter import LetterInFile
from submissions.intake.email.parsing.parse import ParsedMessage
from submissions.models import Noticed, RawMessage, Severity
from submissions.notifications.policy import NO_ANSWER

_OVER = {
    "parts": "it has more parts than we take apart",
    "depth": "its parts nest deeper than we follow",
    "structure": "its structure could not be followed",
    "text": "its text is longer than we read",
    "size": "its files unpack to more than we keep",
}
_UNREADABLE = {
    "pages": "The letter came as a Pages file, which cannot be read here",
    "photo": "The letter seems to be in a picture",
    "cloud_link": "The letter seems to be behind a link",
    "scan": "The letter came as a scan without text",
    "encrypted": "The letter came in an encrypted file",
    "old_word": "The letter came in an old Word file, which cannot be read here",
}


def over(parsed: ParsedMessage) -> tuple[Noticed, ...]:
    """Return the finding that says what of a mail is not shown, where it went over a limit."""
    if not parsed.over:
        return ()
    why = "; ".join(_OVER[limit] for limit in parsed.over)
    text = f"Not all of this mail is shown here: {why}. The raw message has everything."
    return (Noticed(rule="mail_limits", severity=Severity.WARN, message=text, data={"over": list(parsed.over)}),)


def junk(message: RawMessage) -> tuple[Noticed, ...]:
    """Return the finding that puts what lay in a mailbox's Junk folder into the Spam queue."""
    if not message.junk:
        return ()
    text = "It lay in the Junk folder of the mailbox."
    return (Noticed(rule="junk_folder", severity=Severity.INFO, message=text),)


def spam(verdict: str) -> tuple[Noticed, ...]:
    """Return the finding that puts what our own mail server called spam into the Spam queue."""
    if not verdict:
        return ()
    text = "Our mail server takes it for spam."
    return (Noticed(rule="spam_verdict", severity=Severity.INFO, message=text, data={"by": verdict}),)


def in_file(found: LetterInFile | None) -> tuple[Noticed, ...]:
    """Return the findings about a letter that was read from a file: where it was, and what lies beneath its text."""
    if found is None:
        return ()
    name, document = found.file.name, found.document
    text = "The letter was in this file; the mail's own words are folded below it."
    noticed = [Noticed(rule="letter_in_file", severity=Severity.INFO, message=text, words=name[:500])]
    if document.tracked_changes or document.comments:
        noticed.append(_tracked(name, document))
    if document.problem:
        text = "Not all of this file could be read. Please compare it with the file itself."
        problem = {"problem": document.problem}
        noticed.append(Noticed(rule="file_cut", severity=Severity.WARN, message=text, words=name[:500], data=problem))
    return tuple(noticed)


def _tracked(name: str, document: Document) -> Noticed:
    told = [
        f"{count} {noun}{'' if count == 1 else 's'}"
        for count, noun in ((document.tracked_changes, "tracked change"), (document.comments, "comment"))
        if count
    ]
    text = f"The file has {' and '.join(told)}. The text here is as if every change had been accepted."
    data = {"changes": document.tracked_changes, "comments": document.comments}
    return Noticed(rule="tracked_changes", severity=Severity.WARN, message=text, words=name[:500], data=data)


def not_readable(why: str) -> tuple[Noticed, ...]:
    """Return the finding that offers to ask the writer for the text itself."""
    if not why:
        return ()
    text = f"{_UNREADABLE[why]}: one key asks the writer to paste it."
    return (Noticed(rule="unreadable", severity=Severity.WARN, message=text, data={"why": why}),)


def passed_on(*, plain: bool) -> tuple[Noticed, ...]:
    """Return the findings about a letter that somebody passed on: no machine answers it."""
    text = "Somebody passed this letter on. No acknowledgement is sent by itself: ask its author with one key."
    if not plain:
        text = "Somebody passed this on, and whose letter it is does not show plainly: please settle it."
    return (Noticed(rule=NO_ANSWER, severity=Severity.WARN, message=text, data={"why": "forwarded"}),)
