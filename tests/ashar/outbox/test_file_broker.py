import logging
import threading
import time
import uuid
from queue import Empty

import pytest
from kombu import Connection
from kombu.transport import virtual

from ashar.outbox import file_broker


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "messages").mkdir()
    (tmp_path / "control").mkdir()
    return tmp_path


@pytest.fixture
def name():
    """A queue of this test only: kombu remembers bindings for as long as the process lives."""
    return f"queue-{uuid.uuid4().hex}"


@pytest.fixture
def connection(folder):
    options = {
        "data_folder_in": str(folder / "messages"),
        "data_folder_out": str(folder / "messages"),
        "control_folder": str(folder / "control"),
    }
    with Connection(
        "filesystem://", transport="ashar.outbox.file_broker:Transport", transport_options=options
    ) as opened:
        yield opened


def test_messages_come_out_as_they_went_in(connection, name):
    with connection.SimpleQueue(name) as queue:
        for word in ("first", "second", "үчүнчү"):
            queue.put({"word": word})

        assert [queue.get(timeout=1).payload for _ in range(3)] == [{"word": w} for w in ("first", "second", "үчүнчү")]


def test_an_empty_queue_is_empty(connection, name):
    with connection.SimpleQueue(name) as queue, pytest.raises(Empty):
        queue.get_nowait()


def test_who_found_nothing_looks_again_soon(connection, name, monkeypatch):
    pauses = []
    with connection.SimpleQueue(name) as queue:

        def put_while_asleep(seconds):
            pauses.append(seconds)
            queue.put({})

        monkeypatch.setattr(virtual.base, "sleep", put_while_asleep)
        queue.get(timeout=5)

    assert pauses == [0.1]


def test_a_folder_that_is_away_for_a_while_is_waited_for(connection, folder, name, monkeypatch, caplog):
    monkeypatch.setattr(file_broker, "PAUSE_WITHOUT_FOLDER", 0)
    with connection.SimpleQueue(name) as queue:
        queue.put({"word": "kept"})
        (folder / "messages").rename(folder / "away")
        with pytest.raises(Empty):
            queue.get_nowait()
        (folder / "away").rename(folder / "messages")

        assert queue.get(timeout=1).payload == {"word": "kept"}
    assert f"The folder of the queue {name} cannot be read (FileNotFoundError)." in caplog.text


def test_a_message_appears_whole_or_not_at_all(connection, folder, name, monkeypatch):
    seen = []

    def replace(source, target):
        seen.append((source.name[0], [file.name for file in (folder / "messages").iterdir() if file.name[0] != "."]))
        return source.rename(target)

    monkeypatch.setattr(file_broker.Path, "replace", replace)

    with connection.SimpleQueue(name) as queue:
        queue.put({"word": "first"})

    assert seen == [(".", [])]
    assert len(list((folder / "messages").iterdir())) == 1


@pytest.mark.parametrize("text", ["", "{", "not json"])
def test_a_file_that_is_no_message_is_thrown_away(connection, folder, name, caplog, text):
    (folder / "messages" / f"1_broken.{name}.msg").write_text(text)

    with connection.SimpleQueue(name) as queue, caplog.at_level(logging.WARNING, logger="ashar.outbox.file_broker"):
        with pytest.raises(Empty):
            queue.get_nowait()
        queue.put({"word": "first"})

        assert queue.get(timeout=1).payload == {"word": "first"}
    assert caplog.messages == [f"A file in the queue {name} was no message."]


def test_an_exchange_that_another_process_is_just_writing_is_waited_for(connection, folder, name):
    with connection.SimpleQueue(name) as queue:
        queue.put({"word": "first"})
    (exchange,) = (folder / "control").iterdir()
    written = exchange.read_bytes()
    exchange.write_bytes(b"")

    def finish_writing():
        time.sleep(0.15)
        exchange.write_bytes(written)

    writer = threading.Thread(target=finish_writing)
    writer.start()
    with connection.SimpleQueue(name) as queue:
        assert queue.get(timeout=1).payload == {"word": "first"}
        assert connection.default_channel.get_table(exchange.stem) != []
    writer.join()


def test_an_exchange_that_stays_broken_is_an_error(connection, folder, name, monkeypatch):
    monkeypatch.setattr(file_broker.time, "sleep", lambda _: None)
    (folder / "control" / f"{name}.exchange").write_bytes(b"")

    with pytest.raises(ValueError, match="Expecting value"):
        connection.default_channel.get_table(name)
