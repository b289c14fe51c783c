import os
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from submissions.models import RawMessage
from tests.flows.processes import ROOT, database_url
from tests.intake.email.mails import mail

pytestmark = [pytest.mark.protocol, pytest.mark.django_db(transaction=True)]

MEGABYTE = 1_000_000
MEASURE = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ({}, "Set IMAP_URL"),
        ({"IMAP_URL": "imaps://letters"}, "must name a user and a host"),
        ({"IMAP_URL": "imaps://l:s@h.example", "IMAP_MODE": "delete"}, "IMAP_MODE"),
        ({"IMAP_URL": "imaps://l:s@h.example", "IMAP_FOLDERS": []}, "IMAP_FOLDERS"),
        ({"IMAP_URL": "imaps://l:s@h.example", "IMAP_TENANT": "t"}, "IMAP_CLIENT_ID"),
    ],
)
def test_settings_without_sense_end_it_with_a_word_on_each(settings, named, words):
    for name, value in named.items():
        setattr(settings, name, value)
    with pytest.raises(CommandError, match=words) as refused:
        call_command("poll_imap")
    assert refused.value.returncode == 78


def test_once_takes_what_is_there_and_ends(mailbox, rings):
    mailbox.deliver(mail())
    call_command("poll_imap", "--once")
    assert RawMessage.objects.count() == 1


@pytest.mark.parametrize(("answer", "code"), [("NO [UNAVAILABLE] later", 75), ("NO no", 77)])
def test_once_answers_with_sysexits(scripted, answer, code):
    scripted.answers["LOGIN"] = lambda conversation, tag, _command: conversation.send(f"{tag} {answer}")
    with pytest.raises(CommandError) as ended:
        call_command("poll_imap", "--once")
    assert ended.value.returncode == code


def test_message_of_49_megabytes_takes_less_than_250_of_memory(mailbox, tmp_path):
    mailbox.deliver(mail(("x" * 98 + "\r\n") * 490_000))
    env = {**os.environ, "IMAP_URL": mailbox.url, "DATA_DIR": str(tmp_path), "DATABASE_URL": database_url()}
    # A process of its own in between: what a fork of this one holds would count as well.
    run = [sys.executable, "-c", MEASURE, sys.executable, "manage.py", "poll_imap", "--once"]
    told = subprocess.run(run, cwd=ROOT, env=env, stdout=subprocess.PIPE, check=True)
    code, kilobytes = map(int, told.stdout.split())
    assert (code, RawMessage.objects.get().size > 49 * MEGABYTE) == (0, True)
    assert kilobytes * 1024 < 250 * MEGABYTE
