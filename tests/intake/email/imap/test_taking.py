"""Taking mail out of a real Dovecot."""

import os
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest
from django.db import DataError, OperationalError, connection

from submissions import storage
from submissions.intake.email.imap import fetching, folder, ledger, poller, taking
from submissions.intake.email.imap.folder import OpenFolder
from submissions.intake.tasks import intake
from submissions.models import Door, Finding, ImapAccount, ImapMessage, ImapState, Kind, RawMessage
from tests.intake.email.mails import mail

pytestmark = [pytest.mark.protocol, pytest.mark.django_db]


class Crash(BaseException):
    """The process ends here."""


class Failing:
    """Raises an error at any use."""

    def __init__(self, error):
        self.error = error

    def __getattr__(self, name):
        raise self.error

    def __call__(self, *args):
        raise self.error


def crash(*args, **named):
    raise Crash


def letter(number, **fields):
    return mail(f"Letter {number}\r\n", Message_ID=f"<{number}@example.org>", **fields)


def stored():
    return sorted(bytes(row.content) for row in RawMessage.objects.all())


def states():
    return list(ImapMessage.objects.order_by("folder", "uidvalidity", "uid").values_list("folder", "uid", "state"))


def test_messages_are_taken_whole_and_moved_unread(mailbox, look, rings):
    letters = [letter(number) for number in range(3)]
    mailbox.deliver(*letters)
    assert look() == 0
    assert stored() == sorted(letters)
    assert (mailbox.messages(), mailbox.messages("Processed")) == ([], sorted(letters))
    assert (mailbox.flags("Processed"), rings) == ("", ["intake"])
    assert states() == [("INBOX", number, ImapState.MOVED) for number in (1, 2, 3)]
    assert RawMessage.objects.values_list("door", "kind", "junk", "envelope_from").distinct().get() == (
        Door.IMAP, Kind.LETTER, False, None,
    )  # fmt: skip


def test_what_lay_there_before_the_first_look_is_imported(mailbox, look, house):
    mailbox.deliver(letter(1))
    long_ago = time.time() - 3 * 86_400
    os.utime(mailbox.files()[0], (long_ago, long_ago))
    mailbox.deliver(letter(2))
    assert look() == 0
    intake()
    assert dict(RawMessage.objects.values_list("content", "door")) == {letter(1): Door.IMPORT, letter(2): Door.IMAP}
    assert Finding.objects.filter(rule="imported").count() == 1


def test_second_look_finds_nothing_to_do(mailbox, look, rings):
    mailbox.deliver(letter(1))
    assert (look(), look()) == (0, 0)
    assert (RawMessage.objects.count(), rings) == (1, ["intake"])


def test_leave_mode_changes_nothing_in_the_mailbox(mailbox, look, settings):
    settings.IMAP_MODE = "leave"
    letters = [letter(number) for number in range(3)]
    mailbox.deliver(*letters)
    assert (look(), look()) == (0, 0)
    assert (mailbox.messages(), mailbox.flags()) == (sorted(letters), "")
    assert {path.name for path in (mailbox.home / "Maildir").glob(".*")} == set()
    assert stored() == sorted(letters)


def test_read_and_deleted_marks_do_not_matter(mailbox, look):
    mailbox.deliver(letter(1))
    path = mailbox.files()[0]
    path.rename(path.parent.parent / "cur" / f"{path.name}:2,ST")
    assert (look(), stored()) == (0, [letter(1)])


def test_junk_folder_is_taken_as_junk(mailbox, look):
    mailbox.deliver(letter(1))
    mailbox.deliver(letter(2), folder="Junk")
    assert look() == 0
    assert dict(RawMessage.objects.values_list("junk", "content")) == {False: letter(1), True: letter(2)}
    assert mailbox.messages("Junk") == []


def test_junk_folder_is_found_by_its_mark(dovecot_with, use, look):
    marked = "namespace inbox {\n inbox = yes\n mailbox Spamverdacht {\n special_use = \\Junk\n }\n}\n"
    mailbox = use(dovecot_with(marked).mailbox())
    mailbox.deliver(letter(1), folder="Spamverdacht")
    assert look() == 0
    assert RawMessage.objects.get().junk is True


def test_missing_folder_is_told_and_the_others_are_read(mailbox, look, settings, caplog):
    settings.IMAP_FOLDERS = ["INBOX", "Leserbriefe", "Junk=junk"]
    mailbox.deliver(letter(1))
    assert (look(), stored()) == (75, [letter(1)])
    assert "'Leserbriefe'" in caplog.text
    assert ImapAccount.objects.get().last_error == "folder"


def test_folder_names_may_hold_any_letter(mailbox, look, settings):
    settings.IMAP_FOLDERS = ["Zuschriften & Größe"]
    mailbox.deliver(letter(1), folder="Zuschriften &- Gr&APYA3w-e")
    assert (look(), stored()) == (0, [letter(1)])


def test_namespace_prefix_is_kept_to(dovecot_with, use, look):
    prefixed = "namespace inbox {\n inbox = yes\n prefix = INBOX.\n separator = .\n}\n"
    mailbox = use(dovecot_with(prefixed).mailbox())
    mailbox.deliver(letter(1))
    mailbox.deliver(letter(2), folder="Junk")
    assert (look(), len(stored())) == (0, 2)
    assert mailbox.messages("Processed") == [letter(1), letter(2)]


def test_new_uidvalidity_fetches_again_and_identity_tells(mailbox, look, house):
    letters = [letter(number) for number in range(3)]
    mailbox.deliver(*letters)
    look()
    for path in mailbox.files("Processed"):
        path.rename(mailbox.folder_path("INBOX") / "cur" / path.name)
    mailbox.renumber()
    assert look() == 0
    assert (RawMessage.objects.count(), ImapMessage.objects.values("uidvalidity").distinct().count()) == (6, 2)
    intake()
    assert dict(Counter(RawMessage.objects.values_list("outcome", flat=True))) == {"submission": 3, "duplicate": 3}


def test_crash_between_commit_and_move_only_moves(mailbox, look, monkeypatch):
    mailbox.deliver(letter(1), letter(2))
    with monkeypatch.context() as patch:
        patch.setattr(OpenFolder, "move", crash)
        with pytest.raises(Crash):
            look()
    assert (len(mailbox.files()), RawMessage.objects.count()) == (2, 2)
    assert look() == 0
    assert (len(mailbox.files()), len(mailbox.files("Processed")), RawMessage.objects.count()) == (0, 2, 2)
    assert states() == [("INBOX", 1, ImapState.MOVED), ("INBOX", 2, ImapState.MOVED)]


def test_crash_before_commit_leaves_all_as_it_was(mailbox, look, monkeypatch):
    mailbox.deliver(letter(1))
    with monkeypatch.context() as patch:
        patch.setattr(ImapMessage.objects, "bulk_create", crash)
        with pytest.raises(Crash):
            look()
    assert (mailbox.messages(), mailbox.flags(), RawMessage.objects.count()) == ([letter(1)], "", 0)
    assert (look(), stored()) == (0, [letter(1)])


@pytest.mark.django_db(transaction=True)
def test_two_pollers_at_once_take_each_message_once(mailbox, watch):
    letters = [letter(number) for number in range(120)]
    mailbox.deliver(*letters)
    both = [watch(), watch()]

    def poll(one):
        try:
            return one.once()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        codes = list(pool.map(poll, both))
    assert set(codes) <= {0, 75}
    assert stored() == sorted(letters)
    assert both[0].once() == 0
    assert (mailbox.files(), set(mailbox.messages("Processed"))) == ([], set(letters))


def test_loser_of_a_race_skips_what_the_winner_took(mailbox, watch, monkeypatch):
    mailbox.deliver(letter(1), letter(2))
    loser = watch()
    commit = ledger._commit

    def late(place, entries):
        monkeypatch.setattr(ledger, "_commit", commit)
        commit(place, [entry for entry in entries if entry.uid == 1])
        commit(place, entries)

    monkeypatch.setattr(ledger, "_commit", late)
    assert loser.once() == 0
    assert stored() == [letter(1), letter(2)]


@pytest.mark.parametrize("capability", ["IMAP4rev1 UIDPLUS NAMESPACE", "IMAP4rev1 NAMESPACE"])
def test_without_move_messages_are_copied_where_that_is_safe(dovecot_with, use, look, capability):
    mailbox = use(dovecot_with(f"imap_capability = {capability}\n").mailbox())
    mailbox.deliver(letter(1), letter(2))
    kept = mailbox.files()[0]
    kept.rename(kept.parent.parent / "cur" / f"{kept.name}:2,T")
    assert (look(), look(), len(stored())) == (0, 0, 2)
    moved = "UIDPLUS" in capability
    assert (len(mailbox.files()), len(mailbox.files("Processed"))) == ((0, 2) if moved else (2, 0))


def test_destination_that_takes_nothing_is_told_and_loses_nothing(mailbox, look):
    mailbox.deliver(letter(1))
    (mailbox.home / "Maildir" / ".Processed").write_text("no folder")
    assert (look(), look(), stored()) == (75, 75, [letter(1)])
    assert (ImapAccount.objects.get().last_error, len(mailbox.files())) == ("move", 1)


def test_large_message_comes_in_pieces(mailbox, look):
    raw = mail(("x" * 70 + "\r\n") * 40_000)
    mailbox.deliver(raw, letter(1))
    assert look() == 0
    large = RawMessage.objects.get(file__isnull=False)
    assert (storage.read(large.file) == raw, large.size, large.sha256) == (True, len(raw), sha256(raw).hexdigest())
    assert (RawMessage.objects.count(), len(mailbox.files("Processed"))) == (2, 2)


def test_message_of_exactly_one_piece_is_whole(mailbox, look, monkeypatch):
    raw = letter(1)
    monkeypatch.setattr(folder, "PIECE", len(raw))
    monkeypatch.setattr(fetching, "IN_ROW", 10)
    mailbox.deliver(raw)
    assert (look(), stored()) == (0, [raw])


@pytest.mark.parametrize("estimate", [True, False])
def test_too_large_message_is_put_aside_and_noted(mailbox, look, monkeypatch, caplog, estimate):
    raw = letter(1) + b"x" * 5000
    monkeypatch.setattr(poller, "message_limit", lambda: 3000)
    if estimate:
        monkeypatch.setattr(OpenFolder, "sizes", lambda self, uids: dict.fromkeys(uids, 10))
    mailbox.deliver(raw, letter(2))
    assert look() == 0
    assert (stored(), states()[0]) == ([letter(2)], ("INBOX", 1, ImapState.TOO_LARGE))
    assert (mailbox.messages("Quarantine"), mailbox.messages("Processed")) == ([raw], [letter(2)])
    assert "message 1 is larger than the house policy allows" in caplog.text


def test_too_large_in_pieces_leaves_no_spool(mailbox, look, monkeypatch, settings):
    monkeypatch.setattr(poller, "message_limit", lambda: 1_500_000)
    monkeypatch.setattr(OpenFolder, "sizes", lambda self, uids: dict.fromkeys(uids, 1_200_000))
    mailbox.deliver(mail("x" * 2_000_000))
    assert (look(), stored(), states()) == (0, [], [("INBOX", 1, ImapState.TOO_LARGE)])
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("large", [True, False])
def test_mail_for_tips_stays_unread_and_is_never_stored(mailbox, look, monkeypatch, settings, caplog, large):
    if large:
        monkeypatch.setattr(fetching, "IN_ROW", 10)
    mailbox.deliver(letter(1, To="Tips <Tips+a@WyomingStar.example>"), letter(2))
    assert (look(), look()) == (0, 0)
    assert (stored(), len(mailbox.files()), mailbox.flags()) == ([letter(2)], 1, "")
    assert states()[0] == ("INBOX", 1, ImapState.SKIPPED)
    assert caplog.text.count("for the tips address") == 1
    assert not settings.MEDIA_ROOT.exists()


def test_message_that_the_server_cannot_read_stops_no_other(mailbox, look):
    mailbox.deliver(*(letter(number) for number in range(5)))
    broken = mailbox.files()[2]
    broken.unlink()
    broken.mkdir()  # a file that no read can open
    assert look() == 75
    assert stored() == sorted(letter(number) for number in (0, 1, 3, 4))
    assert ImapAccount.objects.get().last_error == "undelivered"


@pytest.mark.parametrize("mark", ["RFC822.SIZE", "BODY"])
def test_message_of_which_nothing_is_told_stops_no_other(scripted, look, mark):
    scripted.messages = {number: letter(number) for number in range(1, 6)}

    def fetch(conversation, tag, command):
        if mark in command and "3" in command.split()[2].split(","):
            return conversation.send(f"{tag} NO cannot read")
        return False

    scripted.answers["UID FETCH"] = fetch
    assert (look(), len(stored()), list(scripted.messages)) == ((75, 4, [3]) if mark == "BODY" else (0, 5, []))


def test_message_that_the_database_refuses_stops_no_other(mailbox, watch, monkeypatch):
    mailbox.deliver(letter(1), letter(2))
    commit = ledger._commit

    def picky(place, entries):
        if any(entry.uid == 1 for entry in entries):
            raise DataError
        commit(place, entries)

    monkeypatch.setattr(ledger, "_commit", picky)
    assert (watch().once(), stored()) == (75, [letter(2)])
    monkeypatch.setattr(ledger, "_commit", commit)
    assert (watch().once(), stored()) == (0, [letter(1), letter(2)])


@pytest.mark.parametrize(("error", "code"), [(OSError, "disk"), (OperationalError, "database")])
def test_full_disk_or_absent_database_takes_nothing(mailbox, look, monkeypatch, error, code):
    mailbox.deliver(letter(1))
    with monkeypatch.context() as patch:
        module, name = (fetching, "contain") if error is OSError else (taking, "ledger")
        patch.setattr(module, name, Failing(error))
        assert look() == 75
    assert (ImapAccount.objects.get().last_error, mailbox.messages()) == (code, [letter(1)])
    assert (look(), stored()) == (0, [letter(1)])
    assert ImapAccount.objects.get().last_error == ""


def test_batches_share_a_commit_and_a_ring(mailbox, look, rings, monkeypatch):
    monkeypatch.setattr(fetching, "BATCH", 4)
    mailbox.deliver(*(letter(number) for number in range(10)))
    assert (look(), rings, RawMessage.objects.count()) == (0, ["intake"] * 3, 10)


def test_batches_are_bounded_in_bytes(mailbox, look, rings, monkeypatch):
    monkeypatch.setattr(fetching, "BATCH_BYTES", 2 * len(letter(1)))
    mailbox.deliver(*(letter(number) for number in range(5)))
    assert (look(), rings) == (0, ["intake"] * 3)


def test_end_is_made_after_a_batch(mailbox, watch, monkeypatch):
    monkeypatch.setattr(fetching, "BATCH", 2)
    mailbox.deliver(*(letter(number) for number in range(6)))
    ending = watch()
    monkeypatch.setattr(taking, "ring", lambda _stage: setattr(ending.stop, "asked", True))
    assert ending.once() == 0
    assert (RawMessage.objects.count(), len(mailbox.files()), len(mailbox.files("Processed"))) == (2, 4, 2)


def test_only_what_is_new_is_listed_again(mailbox, watch, monkeypatch, settings):
    settings.IMAP_MODE = "leave"
    listed = []
    uids = OpenFolder.uids
    monkeypatch.setattr(OpenFolder, "uids", lambda self, above: listed.append(above) or uids(self, above))
    polling = watch()
    mailbox.deliver(letter(1), letter(2))
    polling.once()
    mailbox.deliver(letter(3))
    polling.once()
    polling.once()
    assert (listed, len(stored())) == ([0, 2, 3], 3)
