"""Where the sandbox keeps its state: one SQLite file that survives `kill -9`, or memory."""

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

Json = dict[str, Any]
TABLES = """
CREATE TABLE IF NOT EXISTS objects (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    noun TEXT NOT NULL,
    created INTEGER NOT NULL,
    body TEXT NOT NULL,
    notes TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS objects_by_noun ON objects (noun, sequence);
CREATE INDEX IF NOT EXISTS objects_by_intent ON objects (noun, json_extract(body, '$.payment_intent'));
CREATE INDEX IF NOT EXISTS objects_by_charge ON objects (noun, json_extract(body, '$.charge'));
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, place TEXT NOT NULL,
    status INTEGER NOT NULL, body TEXT NOT NULL, request_id TEXT NOT NULL, at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT, due_at INTEGER NOT NULL, verb TEXT NOT NULL, object_id TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS jobs_by_due ON jobs (due_at, id);
CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT, event_id TEXT NOT NULL, due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL, answer TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS deliveries_by_due ON deliveries (state, due_at, id);
CREATE INDEX IF NOT EXISTS deliveries_by_event ON deliveries (event_id);
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


class Store:
    """Objects as JSON, plus the queues. One connection and one lock: everything happens one after the other."""

    def __init__(self, path: str) -> None:
        self._lock = threading.RLock()
        self._depth = 0
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=20)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.executescript(TABLES)

    def close(self) -> None:
        """Let the file go; safe to call twice."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; an inner transaction belongs to the outer one."""
        with self._lock:
            if self._depth == 0:
                self._connection.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                if self._depth == 1:
                    self._connection.execute("ROLLBACK")
                raise
            else:
                if self._depth == 1:
                    self._connection.execute("COMMIT")
            finally:
                self._depth -= 1

    def run(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Run one statement and return its rows."""
        with self._lock:
            return self._connection.execute(statement, values).fetchall()

    def add(self, body: Json, **notes: object) -> Json:
        """Keep a new object; `notes` are what the sandbox knows of it and never shows."""
        statement = "INSERT INTO objects (id, noun, created, body, notes) VALUES (?, ?, ?, ?, ?)"
        self.run(statement, body["id"], body["object"], body["created"], json.dumps(body), json.dumps(notes))
        return body

    def save(self, body: Json) -> Json:
        """Keep the changed object."""
        self.run("UPDATE objects SET body = ? WHERE id = ?", json.dumps(body), body["id"])
        return body

    def get(self, noun: str, name: str) -> Json | None:
        """Return the object of that noun and id, or None."""
        rows = self.run("SELECT body FROM objects WHERE id = ? AND noun = ?", name, noun)
        return json.loads(rows[0][0]) if rows else None

    def any(self, name: str) -> Json:
        """Return the object of that id, whatever its noun; it must be there."""
        return dict(json.loads(self.run("SELECT body FROM objects WHERE id = ?", name)[0][0]))

    def notes(self, name: str) -> Json:
        """Return what the sandbox noted beside that object."""
        return dict(json.loads(self.run("SELECT notes FROM objects WHERE id = ?", name)[0][0]))

    def place(self, noun: str, name: str) -> int | None:
        """Return the position of an object in the order of creation."""
        rows = self.run("SELECT sequence FROM objects WHERE id = ? AND noun = ?", name, noun)
        return int(rows[0][0]) if rows else None

    def remember(self, name: str, value: object) -> None:
        """Keep a single fact under its name: a switch, what somebody typed."""
        statement = "INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        self.run(statement, name, json.dumps(value))

    def recall(self, name: str) -> Any:  # noqa: ANN401 - any JSON value
        """Return the fact of that name, or None."""
        rows = self.run("SELECT value FROM facts WHERE name = ?", name)
        return json.loads(rows[0][0]) if rows else None

    def next_number(self) -> int:
        """Return a number that grows with every object kept."""
        return int(self.run("SELECT COALESCE(MAX(sequence), 0) + 1 FROM objects")[0][0])

    def find(self, noun: str, *, limit: int = -1, newest: bool = False, **filters: object) -> list[Json]:
        """Return objects by the equality of top-level fields, oldest first unless `newest`."""
        conditions = [f"json_extract(body, '$.{name}') = ?" for name in filters]
        where = " AND ".join(["noun = ?", *conditions])
        order = "DESC" if newest else "ASC"
        statement = f"SELECT body FROM objects WHERE {where} ORDER BY sequence {order} LIMIT ?"  # noqa: S608 - names are ours
        return [json.loads(row[0]) for row in self.run(statement, noun, *filters.values(), limit)]

    def page(self, noun: str, conditions: Mapping[str, object], *, newest: bool, limit: int) -> list[Json]:
        """Return objects that meet every SQL condition ("created >= ?" and the like, written by us)."""
        where = " AND ".join(["noun = ?", *conditions])
        values = [value for group in conditions.values() for value in (group if isinstance(group, list) else [group])]
        order = "DESC" if newest else "ASC"
        statement = f"SELECT body FROM objects WHERE {where} ORDER BY sequence {order} LIMIT ?"  # noqa: S608 - names are ours
        return [json.loads(row[0]) for row in self.run(statement, noun, *values, limit)]
