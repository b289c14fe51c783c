"""Where things lie on a mail server: the folders that are read, and those that messages are moved to."""

from collections.abc import Sequence
from dataclasses import dataclass

from imapclient import IMAPClient

from submissions.intake.email.imap.account import Folder
from submissions.intake.email.imap.trouble import Declined, speaking

PROCESSED, QUARANTINE = "Processed", "Quarantine"
JUNK_NAMES = ("junk", "spam", "junk email", "junk e-mail", "bulk mail")


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A folder as the server lists it, its attributes in lower case."""

    name: str
    flags: frozenset[str]


class Places:
    """The folders of one account, as they were when it was logged into."""

    def __init__(self, client: IMAPClient) -> None:
        self._client = client
        self._made: set[str] = set()
        with speaking():
            self.prefix = _prefix(client)
            self.listed = [
                Listed(
                    name=str(name), flags=frozenset(bytes(flag).decode("ascii", "replace").lower() for flag in flags)
                )
                for flags, _, name in client.list_folders()
            ]

    def find(self, wanted: Sequence[Folder]) -> tuple[list[Folder], list[Folder]]:
        """Return the wanted folders under the server's names for them, and those that are not there."""
        found: dict[str, Folder] = {}
        missing = []
        for folder in wanted:
            name = self._name_of(folder)
            if name is None:
                missing.append(folder)
            else:
                found.setdefault(name, Folder(name=name, junk=folder.junk))
        return list(found.values()), missing

    def destination(self, name: str) -> str:
        """Return the server's name for a folder that we move to, made where it is missing. Raises Declined."""
        full = f"{self.prefix}{name}"
        if full not in self._made and full not in {folder.name for folder in self.listed}:
            try:
                with speaking():
                    self._client.create_folder(full)
            except Declined:
                with speaking():
                    there = self._client.folder_exists(full)  # another poller was first
                if not there:
                    raise
        self._made.add(full)
        return full

    def _name_of(self, folder: Folder) -> str | None:
        readable = [listed for listed in self.listed if not listed.flags & {"\\noselect", "\\nonexistent"}]
        names = {listed.name for listed in readable}
        if folder.name.upper() == "INBOX":
            return "INBOX"
        for name in (folder.name, f"{self.prefix}{folder.name}"):
            if name in names:
                return name
        return self._junk(readable) if folder.junk else None

    def _junk(self, readable: list[Listed]) -> str | None:
        """Return the folder that the server marks as junk (RFC 6154), else one that is called so."""
        marked = [listed.name for listed in readable if "\\junk" in listed.flags]
        called = [listed.name for listed in readable if listed.name.removeprefix(self.prefix).lower() in JUNK_NAMES]
        return next(iter([*marked, *called]), None)


def _prefix(client: IMAPClient) -> str:
    """Return what a folder's name must begin with here: "" mostly, "INBOX." on some servers (RFC 2342)."""
    personal = client.namespace().personal if client.has_capability("NAMESPACE") else None
    return str(personal[0][0]) if personal else ""
