import json
import shutil
import threading
from contextlib import suppress
from queue import Empty

import pytest
from kombu import Connection, Queue

from newsroom.broker import Transport


@pytest.fixture
def rings(tmp_path):
    return tmp_path / "broker" / "rings"


@pytest.fixture
def broker(rings):
    options = {
        "data_folder_in": str(rings),
        "data_folder_out": str(rings),
        "control_folder": str(rings.parent / "control"),
        "polling_interval": 0.01,
    }
    with Connection("filesystem://", transport=Transport, transport_options=options) as connection:
        yield connection


class Stage:
    """One stage's queue, as Celery uses it: by its own name, through the default exchange."""

    def __init__(self, broker):
        self.channel = broker.default_channel
        self.channel.queue_declare("stage")
        self.producer = broker.Producer(serializer="json")

    def put(self, payload):
        self.producer.publish(payload, routing_key="stage")

    def get(self):
        message = self.channel.basic_get("stage", no_ack=True)
        return message and message.payload

    def size(self):
        return self.channel._size("stage")


@pytest.fixture
def queue(broker):
    return Stage(broker)


def test_messages_come_out_in_the_order_they_went_in(queue):
    for number in range(3):
        queue.put(number)
    assert [queue.get() for _ in range(4)] == [0, 1, 2, None]


def test_queue_counts_and_purges_its_own_messages(broker, queue, rings):
    queue.put("a")
    queue.put("b")
    (rings / "1.other.msg").write_text("{}")
    assert (queue.size(), queue.channel.queue_purge("stage"), queue.size()) == (2, 2, 0)
    assert [path.name for path in rings.iterdir()] == ["1.other.msg"]


def test_message_is_only_ever_seen_whole(queue, rings, monkeypatch):
    monkeypatch.setattr("pathlib.Path.rename", lambda *_: None)
    queue.put("written, not yet renamed")
    assert [path.suffix for path in rings.iterdir()] == [".part"]
    assert queue.size() == 0


def test_missing_folder_is_an_empty_queue(queue, rings):
    queue.put("lost with its folder")
    shutil.rmtree(rings.parent)
    assert (queue.get(), queue.size(), queue.channel.queue_purge("stage")) == (None, 0, 0)


def test_queue_whose_folder_cannot_be_is_refused(broker, rings):
    rings.parent.write_text("a file where a folder should be")
    with pytest.raises(NotADirectoryError):
        broker.default_channel.queue_declare("stage")


def test_put_makes_a_missing_folder(queue, rings):
    queue.put("lost with its folder")
    shutil.rmtree(rings.parent)
    queue.put("after")
    assert queue.get() == "after"


def test_acknowledged_late_message_of_a_stopped_worker_comes_back(broker, queue):
    queue.put("unfinished")
    channel = broker.channel()
    channel.basic_get("stage")
    channel.close()
    assert queue.get() == "unfinished"


def test_prefetch_limits_what_a_consumer_holds(broker, queue):
    for number in range(3):
        queue.put(number)
    seen = []
    with broker.Consumer(Queue("stage"), callbacks=[lambda body, _message: seen.append(body)], prefetch_count=2):
        with suppress(TimeoutError):
            while True:
                broker.drain_events(timeout=0.1)
        assert (seen, queue.size()) == ([0, 1], 1)


def test_put_survives_a_folder_that_goes_away_while_it_writes(queue, rings, monkeypatch):
    rename, gone = type(rings).rename, []

    def rename_late(path, target):
        if not gone:
            gone.append(shutil.rmtree(rings))
        return rename(path, target)

    monkeypatch.setattr("pathlib.Path.rename", rename_late)
    queue.put("after")
    assert queue.get() == "after"


def test_put_gives_up_on_a_folder_that_keeps_going_away(queue, rings, monkeypatch):
    monkeypatch.setattr("pathlib.Path.rename", lambda *_: (_ for _ in ()).throw(FileNotFoundError))
    with pytest.raises(FileNotFoundError):
        queue.put("never")


@pytest.mark.parametrize("content", [b"", b'{"body": ', b"\xff\xfe\x00", b"not json"])
def test_unreadable_message_is_dropped(queue, rings, content):
    queue.put("good")
    (rings / "0.stage.msg").write_bytes(content)
    assert queue.get() == "good"
    assert list(rings.iterdir()) == []


def test_message_taken_by_another_worker_is_skipped(queue, rings, monkeypatch):
    queue.put("theirs")
    queue.put("ours")
    unlink, calls = type(rings).unlink, []

    def unlink_late(path, **kwargs):
        if not calls:
            calls.append(unlink(path))
        return unlink(path, **kwargs)

    monkeypatch.setattr("pathlib.Path.unlink", unlink_late)
    assert queue.get() == "ours"


def test_two_readers_never_take_the_same_message(broker, rings):
    rings.mkdir(parents=True)
    for number in range(200):
        (rings / f"{number:03}.stage.msg").write_text(json.dumps(number))
    taken = []

    def read():
        channel = broker.channel()
        while channel._size("stage"):
            with suppress(Empty):
                taken.append(channel._get("stage"))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(200))
