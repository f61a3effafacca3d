"""Driver of confluent-kafka: librdkafka under Python."""
import random
import time

from confluent_kafka import Consumer, KafkaException, OFFSET_BEGINNING, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

from driver_kit import Collected, MemberLog, drive, emit, records, stopped, task, transformed

shared = {"bootstrap.servers": task["bootstrap"], "client.id": "conformance-confluent"}


def create():
    admin = AdminClient(shared)
    topic = NewTopic(task["topic"], num_partitions=task["partitions"], replication_factor=task["replicationFactor"])
    admin.create_topics([topic])[task["topic"]].result(30)
    return {}


def send_all(producer, source):
    failures = []
    count = 0

    def delivered(error, _message):
        if error is not None:
            failures.append(str(error))

    for key, value, headers, partition in source:
        while True:
            try:
                producer.produce(task["topic"], value=value, key=key, headers=headers, partition=partition, on_delivery=delivered)
                break
            except BufferError:
                producer.poll(0.05)
        producer.poll(0)
        count += 1
    left = producer.flush(120)
    if left or failures:
        raise RuntimeError(f"{left} not delivered; {failures[:3]}")
    return {"acked": count}


def produce():
    return send_all(
        Producer({**shared, "compression.type": task.get("codec", "none"), "acks": task.get("acks", -1), "linger.ms": 20,
                  "message.max.bytes": 4000000}),
        records(),
    )


def produce_stream():
    out = open(task["out"], "w")
    state = {"acked": 0, "next": 0}
    producer = Producer({**shared, "enable.idempotence": True, "linger.ms": 2, "message.timeout.ms": 120000})

    def delivered(error, message):
        if error is None:
            out.write(message.value().decode() + "\n")
            out.flush()
            state["acked"] += 1
        else:
            emit({"event": "retry", "error": str(error)})

    while not stopped():
        value = f"{task['prefix']}-{state['next']}"
        state["next"] += 1
        producer.produce(task["topic"], key=value, value=value, on_delivery=delivered)
        producer.poll(task.get("pauseMs", 5) / 1000)
    producer.flush(60)
    return {"acked": state["acked"]}


def run(consumer):
    collected = Collected()
    while True:
        for message in consumer.consume(500, timeout=0.1):
            if message.error():
                emit({"event": "retry", "error": str(message.error())})
                continue
            collected.add(message.key(), message.value(), message.headers(), message.partition(), message.offset())
        why = collected.why_done()
        if why:
            break
    consumer.close()
    collected.file.close()
    return {"count": collected.count, "why": why}


def consume():
    consumer = Consumer({**shared, "group.id": "assign-" + task["topic"], "enable.auto.commit": False,
                         "isolation.level": task.get("isolation", "read_committed")})
    metadata = consumer.list_topics(task["topic"], timeout=30)
    consumer.assign([TopicPartition(task["topic"], p, OFFSET_BEGINNING) for p in metadata.topics[task["topic"]].partitions])
    return run(consumer)


def consume_group():
    consumer = Consumer({**shared, "group.id": task["group"], "auto.offset.reset": "earliest", "session.timeout.ms": 10000,
                         "heartbeat.interval.ms": 500, "auto.commit.interval.ms": 200})
    consumer.subscribe([task["topic"]], on_assign=lambda _c, ps: emit({"event": "assigned", "partitions": [p.partition for p in ps]}))
    return run(consumer)


def member_config():
    config = {**shared, "group.id": task["group"], "auto.offset.reset": "earliest", "auto.commit.interval.ms": 1000}
    if task["protocol"] == "consumer":
        config["group.protocol"] = "consumer"
    else:
        config.update({"partition.assignment.strategy": task["protocol"], "session.timeout.ms": 10000, "heartbeat.interval.ms": 500})
    if task.get("instanceId"):
        config["group.instance.id"] = task["instanceId"]
    return config


def member():
    log = MemberLog()
    ids = lambda partitions: [p.partition for p in partitions]
    consumer = Consumer(member_config())
    consumer.subscribe([task["topic"]], on_assign=lambda _c, ps: log.assigned(ids(ps)), on_revoke=lambda _c, ps: log.revoked(ids(ps)),
                       on_lost=lambda _c, ps: log.revoked(ids(ps)))
    while not stopped():
        for message in consumer.consume(100, timeout=0.1):
            if message.error():
                emit({"event": "retry", "error": str(message.error())})
            else:
                log.record(message.partition(), message.offset(), message.value())
    log.closing()
    consumer.close()
    return {}


def rewind(consumer):
    """Back to what was committed: what was read since belongs to a transaction that is not there."""
    for partition in consumer.committed(consumer.assignment(), timeout=30):
        if partition.offset < 0:
            partition.offset = OFFSET_BEGINNING
        consumer.seek(partition)


def transform():
    producer = Producer({**shared, "transactional.id": task["transactionalId"], "transaction.timeout.ms": 20000, "linger.ms": 2})
    # First what an earlier life has left behind is ended, then offsets are read.
    producer.init_transactions(60)
    consumer = Consumer({**shared, "group.id": task["group"], "auto.offset.reset": "earliest", "enable.auto.commit": False,
                         "isolation.level": "read_committed", "session.timeout.ms": 6000, "heartbeat.interval.ms": 500})
    consumer.subscribe([task["from"]])
    while not stopped():
        messages = [m for m in consumer.consume(50, timeout=0.2) if not m.error()]
        if not messages:
            continue
        try:
            producer.begin_transaction()
            ends = {}
            for message in messages:
                key, value = transformed(message.value())
                producer.produce(task["to"], key=key, value=value)
                ends[message.partition()] = message.offset() + 1
            producer.send_offsets_to_transaction(
                [TopicPartition(task["from"], p, offset) for p, offset in ends.items()], consumer.consumer_group_metadata(), 30)
            if random.random() * 100 < task["abortPercent"]:
                producer.flush(10)
                producer.abort_transaction(30)
                rewind(consumer)
                emit({"event": "aborted", "count": 1})
            else:
                while True:
                    try:
                        producer.commit_transaction(30)
                        break
                    except KafkaException as error:
                        if not error.args[0].retriable():
                            raise
                emit({"event": "committed", "count": 1})
        except KafkaException as error:
            emit({"event": "retry", "error": str(error)})
            if not error.args[0].txn_requires_abort():
                raise
            producer.abort_transaction(30)
            rewind(consumer)
    consumer.close()
    return {}


drive({"create": create, "produce": produce, "produceStream": produce_stream, "consume": consume, "consumeGroup": consume_group,
       "member": member, "transform": transform})
