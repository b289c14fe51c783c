"""The nouns, one small file each."""

from submissions.models.attachment import Attachment
from submissions.models.disclaimer import Disclaimer, Placement
from submissions.models.erasure import Erasure
from submissions.models.event import Event, Party
from submissions.models.finding import Finding, Noticed
from submissions.models.fold import Fold, FoldKind
from submissions.models.forward import Confidence, Forward, SignedBy
from submissions.models.house_policy import CadenceCount, HousePolicy, ProofRule
from submissions.models.imap_message import ImapAccount, ImapMessage, ImapState
from submissions.models.kinds import AiUse, Channel, Kind, Role, Severity
from submissions.models.mail_probe import MailProbe
from submissions.models.note import Note
from submissions.models.notification import Notification, Owed
from submissions.models.paper import ContactAddress, Paper
from submissions.models.publication import Publication
from submissions.models.queue_count import QueueCount
from submissions.models.raw_message import Door, Outcome, RawMessage
from submissions.models.reply import Reply
from submissions.models.reply_text import ReplyText
from submissions.models.revision import Revision
from submissions.models.sign_off import Basis, SignOff
from submissions.models.submission import HeldFor, Submission
from submissions.models.suggestion import Suggestion
from submissions.models.writer import ConfirmedHow, Writer

__all__ = [
    "AiUse",
    "Attachment",
    "Basis",
    "CadenceCount",
    "Channel",
    "Confidence",
    "ConfirmedHow",
    "ContactAddress",
    "Disclaimer",
    "Door",
    "Erasure",
    "Event",
    "Finding",
    "Fold",
    "FoldKind",
    "Forward",
    "HeldFor",
    "HousePolicy",
    "ImapAccount",
    "ImapMessage",
    "ImapState",
    "Kind",
    "MailProbe",
    "Note",
    "Noticed",
    "Notification",
    "Outcome",
    "Owed",
    "Paper",
    "Party",
    "Placement",
    "ProofRule",
    "Publication",
    "QueueCount",
    "RawMessage",
    "Reply",
    "ReplyText",
    "Revision",
    "Role",
    "Severity",
    "SignOff",
    "SignedBy",
    "Submission",
    "Suggestion",
    "Writer",
]
