import pytest

from submissions.intake.email.forwards import unwrap
from submissions.intake.email.parsing.parse import parse
from tests.corpora.forwards import FOLDER, score
from tests.intake.email.mails import CORPORA, PLAIN, mail

corpora = pytest.mark.skipif(not FOLDER.is_dir(), reason="the corpora are not beside the project")
REPLIES = CORPORA / "discourse-reply-trimmer" / "emails"


@corpora
def test_unwrap_gets_the_forwards_of_the_corpus_right():
    right = {name: found / total for name, found, total in score()}

    assert min(right.values()) >= 0.95


@corpora
@pytest.mark.parametrize("subject", ["", "Keep the footbridge open", "Re: Keep the footbridge open"])
def test_unwrap_finds_no_forwards_among_the_replies_of_the_corpus(subject):
    found = {
        path.name
        for path in REPLIES.glob("*.txt")
        if unwrap(parse(mail(path.read_bytes(), PLAIN, Subject=subject, To="letters@wyomingstar.example")))
    }

    assert found == {"forwarded_apple.txt", "forwarded_gmail.txt", "forwarded_message.txt"}
