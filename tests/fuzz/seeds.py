"""Messages to begin with: those of the corpora where they are beside the project, and texts of theirs as mails."""

from tests.corpora import CORPORA
from tests.intake.email.mails import PLAIN, corpus, mail

LARGEST = 60_000


def seeds() -> list[bytes]:
    """Return them, the same ones in the same order; none where the corpora are missing."""
    if not CORPORA.is_dir():
        return []
    texts = [*CORPORA.glob("crisp-forward/*_body*.txt"), *CORPORA.glob("discourse-reply-trimmer/emails/*")]
    found = [path.read_bytes() for path in corpus()]
    found += [mail(path.read_bytes(), PLAIN, Subject="Fwd: x") for path in sorted(texts)]
    found += [
        mail(path.read_bytes(), "Content-Type: application/ms-tnef", "Content-Transfer-Encoding: binary")
        for path in sorted(CORPORA.glob("mimekit/tnef/*.tnef"))
    ]
    return [raw for raw in found if len(raw) <= LARGEST]
