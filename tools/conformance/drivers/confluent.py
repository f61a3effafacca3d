"""Driver of confluent-kafka: librdkafka under Python."""
import time

from confluent_kafka import Consumer, KafkaException, OFFSET_BEGINNING, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

from driver_kit import Collected, drive, emit, records, stopped, task

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
        producer.poll(0.005)
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
    consumer = Consumer({**shared, "group.id": "assign-" + task["topic"], "enable.auto.commit": False})
    metadata = consumer.list_topics(task["topic"], timeout=30)
    consumer.assign([TopicPartition(task["topic"], p, OFFSET_BEGINNING) for p in metadata.topics[task["topic"]].partitions])
    return run(consumer)


def consume_group():
    consumer = Consumer({**shared, "group.id": task["group"], "auto.offset.reset": "earliest", "session.timeout.ms": 10000,
                         "heartbeat.interval.ms": 500, "auto.commit.interval.ms": 200})
    consumer.subscribe([task["topic"]], on_assign=lambda _c, ps: emit({"event": "assigned", "partitions": [p.partition for p in ps]}))
    return run(consumer)


drive({"create": create, "produce": produce, "produceStream": produce_stream, "consume": consume, "consumeGroup": consume_group})
