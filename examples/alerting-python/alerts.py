"""Tells people of drift: subscribes to the drift events of a mesh, leaves out what it has told already, and
prints one line per incident that opens, changes or ends. Replace tell() with a call to your pager or chat.

Usage:
    pip install --requirement requirements.txt
    python alerts.py --bootstrap-servers localhost:9092 --registry-url http://localhost:8081 \
        --topic profilemesh.drift-events --group my-alerts [--severity medium]

Positions are committed after a line was printed: after a crash a line may come twice, none is lost. Ends
cleanly on SIGTERM and Ctrl-C, with exit code 0.
"""

import argparse
import collections
import signal

from confluent_kafka import Consumer, KafkaException
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer
from confluent_kafka.serialization import MessageField, SerializationContext

SEVERITIES = ["LOW", "MEDIUM", "HIGH"]
REMEMBERED = 10_000


class Told:
    """The newest events that were told, to know a repeated one."""

    def __init__(self):
        self._ids = collections.OrderedDict()

    def add(self, event_id):
        """Whether the event is new."""
        if event_id in self._ids:
            return False
        self._ids[event_id] = True
        if len(self._ids) > REMEMBERED:
            self._ids.popitem(last=False)
        return True


def tell(event):
    print(
        f"{event['severity']} {event['incidentState'] or 'FOUND'} {event['datasetId']}"
        f" - {event['message']}"
        f" [incident {event['incidentId']}, owner {event['owner'] or 'nobody'}]",
        flush=True,
    )


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bootstrap-servers", required=True)
    parser.add_argument("--registry-url", required=True)
    parser.add_argument("--topic", required=True)
    parser.add_argument("--group", required=True)
    parser.add_argument("--severity", default="low", choices=[s.lower() for s in SEVERITIES])
    return parser.parse_args()


def main():
    options = arguments()
    least = SEVERITIES.index(options.severity.upper())
    running = True

    def stop(_signal, _frame):
        nonlocal running
        running = False

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    decode = AvroDeserializer(SchemaRegistryClient({"url": options.registry_url}))
    consumer = Consumer(
        {
            "bootstrap.servers": options.bootstrap_servers,
            "group.id": options.group,
            # Events are written in transactions; those of an aborted one never happened.
            "isolation.level": "read_committed",
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
        }
    )
    consumer.subscribe([options.topic])
    told = Told()
    try:
        while running:
            message = consumer.poll(0.5)
            if message is None:
                continue
            if message.error():
                raise KafkaException(message.error())
            event = decode(
                message.value(), SerializationContext(message.topic(), MessageField.VALUE)
            )
            grave = event["severity"] in SEVERITIES[least:]
            if grave and told.add(event["eventId"]):
                tell(event)
            consumer.commit(message, asynchronous=False)
    finally:
        consumer.close()


if __name__ == "__main__":
    main()
