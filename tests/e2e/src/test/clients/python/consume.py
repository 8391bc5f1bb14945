"""Reads a topic as any program with a stock Confluent client would, and prints one JSON line per record.

Usage:
    python consume.py --bootstrap-servers localhost:9092 --registry-url http://localhost:8081 \
        --topic profilemesh.table-profiles [--count 1] [--timeout 60]

Reads read_committed from the beginning: so many records, or without --count all there are. Each line
has the coordinates, the key, the headers and the value; instants are ISO 8601, bytes Base64. Exit
code 0 when all records came, 1 when they did not within the timeout, 2 when one could not be read.
"""

import argparse
import base64
import datetime
import json
import sys
import time

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, TopicPartition
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer
from confluent_kafka.serialization import MessageField, SerializationContext


def plain(value):
    """A value that JSON can hold."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).isoformat().replace("+00:00", "Z")
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bootstrap-servers", required=True)
    parser.add_argument("--registry-url", required=True)
    parser.add_argument("--topic", required=True)
    parser.add_argument("--count", type=int, help="records to read; all there are unless given")
    parser.add_argument("--timeout", type=float, default=60, help="seconds")
    return parser.parse_args()


def line(message, deserialize):
    context = SerializationContext(message.topic(), MessageField.VALUE)
    value = message.value()
    return {
        "partition": message.partition(),
        "offset": message.offset(),
        "key": None if message.key() is None else message.key().decode(),
        "headers": {name: data.decode() for name, data in message.headers() or [] if data},
        "value": None if value is None else plain(deserialize(value, context)),
    }


def assign(consumer, topic):
    """Takes every partition from its beginning; gives their number."""
    partitions = consumer.list_topics(topic, timeout=30).topics[topic].partitions
    consumer.assign([TopicPartition(topic, number, OFFSET_BEGINNING) for number in partitions])
    return len(partitions)


def read(consumer, deserialize, asked):
    deadline = time.monotonic() + asked.timeout
    partitions = assign(consumer, asked.topic)
    ended = set()
    seen = 0
    while time.monotonic() < deadline:
        if seen == asked.count or (asked.count is None and len(ended) == partitions):
            return 0
        message = consumer.poll(1.0)
        if message is None:
            continue
        if message.error():
            if message.error().code() == KafkaError._PARTITION_EOF:
                ended.add(message.partition())
                continue
            print(message.error(), file=sys.stderr)
            return 2
        try:
            print(json.dumps(line(message, deserialize)), flush=True)
        except Exception as problem:  # whatever the client throws, the record was unreadable
            print(f"offset {message.offset()}: {type(problem).__name__}", file=sys.stderr)
            return 2
        seen += 1
    return 1


def main():
    asked = arguments()
    deserialize = AvroDeserializer(SchemaRegistryClient({"url": asked.registry_url}))
    consumer = Consumer(
        {
            "bootstrap.servers": asked.bootstrap_servers,
            "group.id": "stock-client",
            "enable.auto.commit": False,
            "enable.partition.eof": True,
            "isolation.level": "read_committed",
        }
    )
    try:
        return read(consumer, deserialize, asked)
    finally:
        consumer.close()


if __name__ == "__main__":
    sys.exit(main())
