"""Driver of kafka-python: a client without C underneath that probes old versions."""
import time

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import NewTopic
from kafka.consumer.subscription_state import ConsumerRebalanceListener

from driver_kit import Collected, MemberLog, drive, emit, records, stopped, task

servers = task["bootstrap"].split(",")
codecs = {"none": None}


def create():
    admin = KafkaAdminClient(bootstrap_servers=servers)
    admin.create_topics([NewTopic(task["topic"], task["partitions"], task["replicationFactor"])])
    admin.close()
    return {}


def produce():
    codec = task.get("codec", "none")
    producer = KafkaProducer(
        bootstrap_servers=servers, compression_type=codecs.get(codec, codec), acks="all", linger_ms=20, max_request_size=4000000,
        retries=20,
    )
    futures = [
        producer.send(task["topic"], value=value, key=key, headers=headers, partition=partition)
        for key, value, headers, partition in records()
    ]
    producer.flush(120)
    for future in futures:
        future.get(30)
    producer.close()
    return {"acked": len(futures)}


def produce_stream():
    out = open(task["out"], "w")
    acked = 0
    number = 0
    producer = KafkaProducer(bootstrap_servers=servers, acks="all", retries=1000, max_in_flight_requests_per_connection=1)
    while not stopped():
        value = f"{task['prefix']}-{number}"
        number += 1
        try:
            producer.send(task["topic"], key=value.encode(), value=value.encode()).get(60)
            out.write(value + "\n")
            out.flush()
            acked += 1
        except Exception as error:
            emit({"event": "retry", "error": repr(error)})
        time.sleep(task.get("pauseMs", 0) / 1000)
    producer.close(10)
    return {"acked": acked}


def run(consumer):
    collected = Collected()
    while True:
        for messages in consumer.poll(timeout_ms=100, max_records=500).values():
            for m in messages:
                collected.add(m.key, m.value, m.headers, m.partition, m.offset)
        why = collected.why_done()
        if why:
            break
    consumer.close()
    collected.file.close()
    return {"count": collected.count, "why": why}


def consume():
    consumer = KafkaConsumer(bootstrap_servers=servers, group_id=None, enable_auto_commit=False, auto_offset_reset="earliest")
    partitions = [TopicPartition(task["topic"], p) for p in consumer.partitions_for_topic(task["topic"])]
    consumer.assign(partitions)
    consumer.seek_to_beginning()
    return run(consumer)


class Listener(ConsumerRebalanceListener):
    def on_partitions_revoked(self, revoked):
        pass

    def on_partitions_assigned(self, assigned):
        emit({"event": "assigned", "partitions": [p.partition for p in assigned]})


def consume_group():
    consumer = KafkaConsumer(
        bootstrap_servers=servers, group_id=task["group"], auto_offset_reset="earliest", session_timeout_ms=10000,
        heartbeat_interval_ms=500, auto_commit_interval_ms=200,
    )
    consumer.subscribe([task["topic"]], listener=Listener())
    return run(consumer)


class LoggingListener(ConsumerRebalanceListener):
    def __init__(self, log):
        self.log = log

    def on_partitions_revoked(self, revoked):
        self.log.revoked([p.partition for p in revoked])

    def on_partitions_assigned(self, assigned):
        self.log.assigned([p.partition for p in assigned])


def member():
    log = MemberLog()
    consumer = KafkaConsumer(
        bootstrap_servers=servers, group_id=task["group"], auto_offset_reset="earliest", session_timeout_ms=10000,
        heartbeat_interval_ms=500, auto_commit_interval_ms=1000,
    )
    consumer.subscribe([task["topic"]], listener=LoggingListener(log))
    while not stopped():
        for messages in consumer.poll(timeout_ms=100, max_records=100).values():
            for m in messages:
                log.record(m.partition, m.offset, m.value)
    log.closing()
    consumer.close()
    return {}


drive({"create": create, "produce": produce, "produceStream": produce_stream, "consume": consume, "consumeGroup": consume_group,
       "member": member})
