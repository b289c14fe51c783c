from types import SimpleNamespace

import pytest
from imapclient.exceptions import IMAPClientError

from submissions.intake.email.imap.account import Folder
from submissions.intake.email.imap.places import Places
from submissions.intake.email.imap.trouble import Declined

JUNK = Folder(name="Junk", junk=True)


class Server:
    """What is asked of a server about its folders."""

    def __init__(self, *listed, prefix="", creates=True):
        self.listed, self.creates, self.made = list(listed), creates, []
        self.personal = ((prefix, "."),) if prefix is not None else None

    def has_capability(self, _name):
        return True

    def namespace(self):
        return SimpleNamespace(personal=self.personal)

    def list_folders(self):
        return [(flags, b".", name) for name, *flags in self.listed]

    def folder_exists(self, name):
        return name in self.made

    def create_folder(self, name):
        if not self.creates:
            raise IMAPClientError
        self.made.append(name)


@pytest.mark.parametrize(
    ("listed", "name"),
    [
        ([("Junk",), ("Bulk", rb"\Junk")], "Junk"),
        ([("Bulk", rb"\JUNK"), ("Spam",)], "Bulk"),
        ([("[Gmail]/Spam", rb"\HasNoChildren", rb"\Junk")], "[Gmail]/Spam"),
        ([("Junk Email",)], "Junk Email"),
        ([("INBOX.spam",)], "INBOX.spam"),
        ([("INBOX.Junk",)], "INBOX.Junk"),
        ([("Junk", rb"\Noselect")], None),
        ([], None),
    ],
)
def test_junk_folder_has_many_names(listed, name):
    found, missing = Places(Server(*listed, prefix="INBOX.")).find([JUNK])
    assert (found, missing) == (([Folder(name=name, junk=True)], []) if name else ([], [JUNK]))


def test_folder_named_twice_is_read_once_as_the_first():
    found, _ = Places(Server(("Spam", rb"\Junk"))).find([Folder(name="inbox"), Folder(name="Spam"), JUNK])
    assert found == [Folder(name="INBOX"), Folder(name="Spam")]


def test_destination_is_made_once_under_the_prefix():
    server = Server(prefix="INBOX.")
    places = Places(server)
    assert [places.destination("Processed") for _ in range(2)] == ["INBOX.Processed"] * 2
    assert server.made == ["INBOX.Processed"]


@pytest.mark.parametrize("prefix", ["", None])
def test_destination_that_is_there_is_not_made(prefix):
    server = Server(("Processed",), prefix=prefix)
    assert (Places(server).destination("Processed"), server.made) == ("Processed", [])


def test_destination_made_by_another_meanwhile_will_do():
    server = Server(creates=False)
    places = Places(server)
    server.made.append("Processed")
    assert places.destination("Processed") == "Processed"


def test_destination_that_cannot_be_made_is_declined():
    with pytest.raises(Declined):
        Places(Server(creates=False)).destination("Processed")
