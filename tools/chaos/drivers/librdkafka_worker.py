"""A client process of a chaos run that speaks through librdkafka (confluent-kafka).

The same task, history and words to the run as ../workers; see ../clients.ts.
"""

import json
import os
import random
import sys
import threading
import time

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaException, Producer, TopicPartition

task = json.loads(sys.argv[1])
history = os.open(task["historyFile"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
progress = {"type": "progress", "acked": 0, "unknown": 0, "polled": 0, "committed": 0, "transactions": 0, "lag": 0}
stopping = threading.Event()
# Node's own channel between parent and child: a line of JSON for each message.
channel_fd = int(os.environ["NODE_CHANNEL_FD"])
os.set_blocking(channel_fd, True)
channel = os.fdopen(channel_fd, "r+b", buffering=0)


def now_ms():
    return round(time.monotonic_ns() / 1e6 - task["originMs"], 3)


def record(event):
    os.write(history, (json.dumps(event) + "\n").encode())


def note_error(error):
    if progress.get("error") != str(error):
        progress["error"] = str(error)
        print(f"{task['process']} at {now_ms()}: {error}", file=sys.stderr, flush=True)


def listen():
    text = b""
    while True:
        data = channel.read(4096)
        if not data:
            os._exit(1)  # the run is gone
        text += data
        *lines, text = text.split(b"\n")
        for line in lines:
            if line and json.loads(line).get("type") == "stop":
                stopping.set()


def tell():
    while True:
        channel.write((json.dumps(progress) + "\n").encode())
        time.sleep(1)


partitions = [(topic["name"], at) for topic in task["topics"] for at in range(topic["partitions"])]
common = {
    "bootstrap.servers": ",".join(task["bootstrap"]),
    "client.id": task["process"],
    "error_cb": note_error,
    "topic.metadata.refresh.interval.ms": 5000,
}


def producer():
    in_flight = {}
    client = Producer({**common, "enable.idempotence": True, "linger.ms": 5, "message.timeout.ms": 60000})

    def delivered(sequence):
        def on_delivery(error, message):
            send = in_flight.pop(sequence)
            if error is None:
                record({**send, "outcome": {"kind": "acked", "offset": message.offset(), "endMs": now_ms()}})
                progress["acked"] += 1
            else:
                progress["unknown"] += 1
                note_error(error)

        return on_delivery

    start = now_ms()
    sequence = 0
    while not stopping.is_set():
        if now_ms() < start + sequence * 1000 / task["rate"] or len(in_flight) >= 50:
            client.poll(0.02)
            continue
        topic, at = partitions[sequence // 8 % len(partitions)]
        send = {
            "type": "send",
            "process": task["process"],
            "producer": task["process"],
            "sequence": sequence,
            "partition": f"{topic}-{at}",
            "value": f"{task['process']}:{sequence}",
            "idempotent": True,
            "invokeMs": now_ms(),
        }
        in_flight[sequence] = send
        record({**send, "outcome": {"kind": "unknown"}})
        try:
            client.produce(topic, send["value"], task["process"], at, on_delivery=delivered(sequence))
        except (KafkaException, BufferError) as error:
            del in_flight[sequence]
            note_error(error)
            if isinstance(error, KafkaException) and error.args[0].fatal():
                raise  # a new life, with a new producer id
        sequence += 1
    client.flush(55)


def record_polls(messages, reading, positions, invoke_ms, **more):
    """One event for each partition; the position is where the last poll ended."""
    end_ms = now_ms()
    found = {}
    for message in messages:
        found.setdefault((message.topic(), message.partition()), []).append(
            [message.offset(), (message.value() or b"").decode()]
        )
    for (topic, at), records in found.items():
        record(
            {
                "type": "poll",
                "process": task["process"],
                "consumer": task["process"],
                **reading,
                "partition": f"{topic}-{at}",
                "position": positions.get((topic, at), records[0][0]),
                "records": records,
                "invokeMs": invoke_ms,
                "endMs": end_ms,
                **more,
            }
        )
        positions[topic, at] = records[-1][0] + 1
        progress["polled"] += len(records)


def consumer(isolation="read_uncommitted"):
    positions = {(topic, at): 0 for topic, at in partitions}
    client = Consumer(
        {
            **common,
            "group.id": f"{task['process']}-unused",
            "enable.auto.commit": False,
            "auto.offset.reset": "error",
            "isolation.level": isolation,
            "fetch.wait.max.ms": 300,
        }
    )
    client.assign([TopicPartition(topic, at, 0) for topic, at in partitions])
    while not stopping.is_set():
        invoke_ms = now_ms()
        messages = []
        for message in client.consume(500, 0.3):
            if message.error() is not None:
                note_error(message.error())
            else:
                messages.append(message)
        record_polls(messages, {"mode": "assign", "isolation": isolation}, positions, invoke_ms)
        progress["positions"] = {f"{topic}-{at}": position for (topic, at), position in positions.items()}
    client.close()


class Transactions:
    """One transactional producer instance after the other: whoever is fenced begins anew, under another name.

    Each instance is written to the file of its transactional id when it is initialised; the next one that begins after
    that has fenced it by the time it is initialised itself.
    """

    abort_share = 0.1

    def __init__(self, transactional_id):
        self.transactional_id = transactional_id
        self.file = os.path.join(task["fencesDirectory"], transactional_id)
        self.instances = 0
        self.values = 0
        self.number = 0
        self.begin_anew()

    def begin_anew(self):
        self.name = f"{task['process']}#{self.instances}"
        self.instances += 1
        self.sequence = 0
        self.sends = {}
        while not stopping.is_set():
            earlier = []
            if os.path.exists(self.file):
                with open(self.file) as lines:
                    earlier = lines.read().split()
            self.client = Producer(
                {**common, "transactional.id": self.transactional_id, "transaction.timeout.ms": 20000, "linger.ms": 5,
                 "message.timeout.ms": 15000}
            )
            try:
                self.client.init_transactions(30)
            except KafkaException as error:
                note_error(error)
                time.sleep(0.5)
                continue
            at_ms = now_ms()
            for name in earlier:
                record({"type": "fence", "process": task["process"], "producer": name, "by": self.name, "atMs": at_ms})
            with open(self.file, "a") as lines:
                lines.write(self.name + "\n")
            return

    def begin(self):
        self.client.begin_transaction()
        self.transaction = f"{task['process']}:{self.number}"
        self.number += 1
        self.begun_ms = now_ms()
        self.note({"kind": "unknown"})

    def note(self, outcome, **more):
        record(
            {
                "type": "transaction",
                "process": task["process"],
                "producer": self.name,
                "transaction": self.transaction,
                "beginMs": self.begun_ms,
                **more,
                "outcome": outcome,
            }
        )

    def send(self, topic, at):
        send = {
            "type": "send",
            "process": task["process"],
            "producer": self.name,
            "sequence": self.sequence,
            "partition": f"{topic}-{at}",
            "value": f"{task['process']}:{self.values}",
            "idempotent": True,
            "transaction": self.transaction,
            "invokeMs": now_ms(),
        }
        self.sequence += 1
        self.values += 1
        record({**send, "outcome": {"kind": "unknown"}})

        def delivered(error, message):
            if error is None:
                record({**send, "outcome": {"kind": "acked", "offset": message.offset(), "endMs": now_ms()}})
                progress["acked"] += 1
            else:
                progress["unknown"] += 1
                note_error(error)

        self.client.produce(topic, send["value"], task["process"], at, on_delivery=delivered)

    def end(self, commit):
        """Whether it ended as it was meant to; where the producer can go on, but the transaction cannot, it is aborted."""
        asked_ms = now_ms()
        # Whoever is killed from here on may have committed.
        self.note({"kind": "unknown"}, endInvokeMs=asked_ms)
        if not commit:
            self.client.flush(15)
        while True:
            try:
                if commit:
                    self.client.commit_transaction(30)
                else:
                    self.client.abort_transaction(30)
                break
            except KafkaException as error:
                note_error(error)
                if error.args[0].retriable():
                    continue
                if not error.args[0].txn_requires_abort():
                    raise
                commit = None
        outcome = "aborted" if not commit else "committed"
        self.note({"kind": outcome, "endMs": now_ms()}, endInvokeMs=asked_ms)
        progress["transactions"] += 1
        return commit is not None

    def abort(self):
        self.end(False)


def number_of_client():
    return int(task["process"].split(".")[0].lstrip("rtx"))


def transactor():
    """Writes transactions over several partitions; the second and the third client share one transactional id."""
    transactions = Transactions(f"chaos-{number_of_client() // 2}")
    while not stopping.is_set():
        try:
            transactions.begin()
            for _ in range(random.randint(2, 6)):
                transactions.send(*random.choice(partitions))
                time.sleep(1 / task["rate"])
                transactions.client.poll(0)
            transactions.end(random.random() >= Transactions.abort_share)
        except KafkaException as error:
            note_error(error)
            if error.args[0].txn_requires_abort():
                try:
                    transactions.abort()
                    continue
                except KafkaException as again:
                    note_error(again)
            # Fenced: the other one works for a while.
            time.sleep(random.uniform(1, 5))
            transactions.begin_anew()


def generation_of(metadata):
    """librdkafka writes "CGMDv2:", then the generation in four bytes of the machine's own order."""
    return int.from_bytes(metadata[7:11], sys.byteorder, signed=True)


def transformer():
    """A member of a group that reads one topic, writes to the other and commits its offsets, in one transaction."""
    source, target = task["topics"][0], task["topics"][1]
    group = task["group"] + "-txn"
    transactions = Transactions(f"chaos-transform-{number_of_client()}")
    positions = {}
    client = Consumer(
        {
            **common,
            "group.id": group,
            "enable.auto.commit": False,
            "auto.offset.reset": "earliest",
            "isolation.level": "read_committed",
            "session.timeout.ms": 10000,
            "heartbeat.interval.ms": 1000,
        }
    )

    def assigned(_client, list_):
        positions.clear()
        record(
            {
                "type": "rebalance",
                "process": task["process"],
                "consumer": task["process"],
                "group": group,
                "generation": generation_of(client.consumer_group_metadata()),
                "assigned": [f"{at.topic}-{at.partition}" for at in list_],
                "endMs": now_ms(),
            }
        )

    def rewind():
        for at in client.committed(client.assignment(), timeout=30):
            offset = at.offset if at.offset >= 0 else 0
            record(
                {"type": "seek", "process": task["process"], "consumer": task["process"],
                 "partition": f"{at.topic}-{at.partition}", "position": offset}
            )
            positions.pop((at.topic, at.partition), None)
            client.seek(TopicPartition(at.topic, at.partition, offset if offset > 0 else OFFSET_BEGINNING))

    client.subscribe([source["name"]], on_assign=assigned)
    while not stopping.is_set():
        invoke_ms = now_ms()
        messages = [message for message in client.consume(20, 0.5) if message.error() is None]
        if not messages:
            continue
        reading = {"mode": "subscribe", "isolation": "read_committed"}
        try:
            transactions.begin()
            record_polls(messages, reading, positions, invoke_ms, transaction=transactions.transaction)
            for _ in messages:
                transactions.send(target["name"], random.randrange(target["partitions"]))
            metadata = client.consumer_group_metadata()
            ends = {(message.topic(), message.partition()): message.offset() + 1 for message in messages}
            commits = [
                {
                    "type": "commit",
                    "process": task["process"],
                    "group": group,
                    "partition": f"{topic}-{at}",
                    "offset": offset,
                    "generation": generation_of(metadata),
                    "transaction": transactions.transaction,
                    "invokeMs": now_ms(),
                }
                for (topic, at), offset in ends.items()
            ]
            for commit in commits:
                record({**commit, "outcome": {"kind": "unknown"}})
            transactions.client.send_offsets_to_transaction(
                [TopicPartition(topic, at, offset) for (topic, at), offset in ends.items()], metadata, 30
            )
            for commit in commits:
                record({**commit, "outcome": {"kind": "acked", "endMs": now_ms()}})
                progress["committed"] += 1
            commit = random.random() >= Transactions.abort_share
            if not transactions.end(commit) or not commit:
                rewind()
        except KafkaException as error:
            note_error(error)
            try:
                if error.args[0].txn_requires_abort():
                    transactions.abort()
                else:
                    transactions.begin_anew()
                rewind()
            except KafkaException as again:
                note_error(again)
                raise  # a new life, with a new producer
    client.close()


threading.Thread(target=listen, daemon=True).start()
threading.Thread(target=tell, daemon=True).start()
{
    "rdkafka-producer": producer,
    "rdkafka-consumer": consumer,
    "rdkafka-committed-consumer": lambda: consumer("read_committed"),
    "rdkafka-transactor": transactor,
    "rdkafka-transformer": transformer,
}[task["kind"]]()
channel.write((json.dumps(progress) + "\n").encode())
os._exit(0)
