"""What every driver written in Python shares; see driver-kit.mjs for the tasks and the record file."""
import base64
import json
import os
import signal
import sys
import time

task = json.loads(sys.argv[1])
_stop = False


def _on_term(*_):
    global _stop
    _stop = True


signal.signal(signal.SIGTERM, _on_term)


def stopped():
    return _stop


def emit(event):
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


def _bytes(text):
    return None if text is None else base64.b64decode(text)


def _text(data):
    return None if data is None else base64.b64encode(data).decode()


def records():
    with open(task["file"]) as lines:
        for line in lines:
            item = json.loads(line)
            yield _bytes(item["k"]), _bytes(item["v"]), [(name, _bytes(value)) for name, value in item["h"]], item["p"]


class Collected:
    def __init__(self):
        self.file = open(task["out"], "w")
        self.count = 0
        self.last = time.monotonic()

    def add(self, key, value, headers, partition, offset):
        item = {"k": _text(key), "v": _text(value), "h": [[n, _text(v)] for n, v in headers or []], "p": partition, "o": offset}
        self.file.write(json.dumps(item) + "\n")
        self.count += 1
        self.last = time.monotonic()
        if self.count % 1000 == 0:
            emit({"event": "progress", "count": self.count})

    def why_done(self):
        if stopped():
            return "stopped"
        if task.get("count") is not None and self.count >= task["count"]:
            return "count"
        if (time.monotonic() - self.last) * 1000 > task.get("idleMs", 30000):
            return "idle"
        return None


class MemberLog:
    """See MemberLog in driver-kit.mjs."""

    def __init__(self):
        self.file = open(task["out"], "w")
        self.held = set()

    def note(self, event):
        self.file.write(json.dumps({"t": time.monotonic() * 1000, **event}) + "\n")
        self.file.flush()

    def assigned(self, partitions):
        self.held.update(partitions)
        self.note({"e": "assigned", "p": list(partitions)})
        emit({"event": "assigned", "partitions": sorted(self.held)})

    def revoked(self, partitions):
        if not partitions:
            return
        self.held.difference_update(partitions)
        self.note({"e": "revoked", "p": list(partitions)})
        emit({"event": "assigned", "partitions": sorted(self.held)})

    def record(self, partition, offset, value):
        self.note({"e": "record", "p": partition, "o": offset, "v": value.decode()})

    def closing(self):
        self.note({"e": "closing"})


def transformed(value):
    """`w-7` or `w-7:14` -> key and value with the number of it changed as the task says."""
    name, _, number = value.decode().partition(":")
    n = int(number or name.split("-")[1])
    return name.encode(), f"{name}:{n * task['factor'] + task['add']}".encode()


def drive(functions):
    function = functions.get(task["op"])
    if function is None:
        emit({"event": "skipped", "reason": task["op"] + " is not in this client"})
        return
    try:
        emit({"event": "done", **function()})
    except Exception as error:  # the harness shows whatever it is
        emit({"event": "failed", "error": repr(error)})
        sys.stdout.flush()
        os._exit(1)
