"""The embedded broker: kombu's folder of messages, made safe for several processes and for a folder that goes away.

Kombu writes a message where readers look before it is whole, and fails when its folder is missing. Here a message is
written aside and renamed, belongs to whoever unlinks it, and is dropped where it cannot be read: a ring carries no
content, and the sweep rings again.
"""

import json
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem

TRIES = 3


class Channel(filesystem.Channel):
    """A channel whose messages are whole files in one folder, taken oldest first."""

    def _new_queue(self, queue: str, **kwargs: Any) -> None:
        """Make the folder; raises OSError where that cannot be."""
        Path(self.data_folder_in).mkdir(parents=True, exist_ok=True)

    def _put(self, queue: str, message: Any, **_kwargs: Any) -> None:  # type: ignore[override]  # its bases disagree
        """Add a message; it is seen whole or not at all. A missing folder is made."""
        folder = Path(self.data_folder_out)
        path = folder / f"{time.time_ns():020}_{uuid.uuid4().hex}.{queue}.msg"
        for left in reversed(range(TRIES)):
            try:
                folder.mkdir(parents=True, exist_ok=True)
                path.with_suffix(".part").write_text(json.dumps(message))
                path.with_suffix(".part").rename(path)
                break
            except FileNotFoundError:  # the folder went away in between
                if not left:
                    raise

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        """Take the oldest readable message of a queue; raises Empty."""
        for path in self._messages(queue):
            try:
                content = path.read_bytes()
                path.unlink()
                return json.loads(content)
            except FileNotFoundError:  # another worker was faster
                continue
            except ValueError:  # not written by us, or cut off by a power cut
                continue
        raise Empty

    def _purge(self, queue: str) -> int:
        """Remove all messages of a queue; return how many there were."""
        messages = self._messages(queue)
        for path in messages:
            path.unlink(missing_ok=True)
        return len(messages)

    def _size(self, queue: str) -> int:
        """Return how many messages wait in a queue."""
        return len(self._messages(queue))

    def _queue_bind(self, *args: Any) -> None:
        """Remember a queue's binding; the folder for it is made with its parents."""
        self.control_folder.mkdir(parents=True, exist_ok=True)
        super()._queue_bind(*args)

    def _messages(self, queue: str) -> list[Path]:
        """Return the messages of a queue, oldest first; none where the folder is missing."""
        try:
            return sorted(Path(self.data_folder_in).glob(f"*.{queue}.msg"))
        except FileNotFoundError:
            return []


class Transport(filesystem.Transport):
    """Kombu's filesystem transport with the channel above."""

    Channel = Channel
