"""A client process of a chaos run that speaks through librdkafka (confluent-kafka).

The same task, history and words to the run as ../workers; see ../clients.ts.
"""

import json
import os
import sys
import threading
import time

from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition

task = json.loads(sys.argv[1])
history = os.open(task["historyFile"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
progress = {"type": "progress", "acked": 0, "unknown": 0, "polled": 0, "committed": 0, "lag": 0}
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


def consumer():
    positions = {(topic, at): 0 for topic, at in partitions}
    client = Consumer(
        {
            **common,
            "group.id": f"{task['process']}-unused",
            "enable.auto.commit": False,
            "auto.offset.reset": "error",
            "fetch.wait.max.ms": 300,
        }
    )
    client.assign([TopicPartition(topic, at, 0) for topic, at in partitions])
    while not stopping.is_set():
        invoke_ms = now_ms()
        found = {}
        for message in client.consume(500, 0.3):
            if message.error() is not None:
                note_error(message.error())
                continue
            key = (message.topic(), message.partition())
            found.setdefault(key, []).append([message.offset(), (message.value() or b"").decode()])
        end_ms = now_ms()
        for (topic, at), records in found.items():
            record(
                {
                    "type": "poll",
                    "process": task["process"],
                    "consumer": task["process"],
                    "mode": "assign",
                    "isolation": "read_uncommitted",
                    "partition": f"{topic}-{at}",
                    "position": positions[topic, at],
                    "records": records,
                    "invokeMs": invoke_ms,
                    "endMs": end_ms,
                }
            )
            positions[topic, at] = records[-1][0] + 1
            progress["polled"] += len(records)
        progress["positions"] = {f"{topic}-{at}": position for (topic, at), position in positions.items()}
    client.close()


threading.Thread(target=listen, daemon=True).start()
threading.Thread(target=tell, daemon=True).start()
{"rdkafka-producer": producer, "rdkafka-consumer": consumer}[task["kind"]]()
channel.write((json.dumps(progress) + "\n").encode())
os._exit(0)
