"""Records the bytes that Confluent's own Python client writes, for RecordedBytesTest.

Usage, in a virtual environment with requirements.txt installed:  python record.py

Plays the registry itself (two routes over HTTP), so that nothing but the client's own code decides
on the bytes. The schemas are those of a release, the content is that of the samples.
"""

import base64
import datetime
import json
import pathlib
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from confluent_kafka.schema_registry import Schema, SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

HERE = pathlib.Path(__file__).parent
MODULE = HERE.parents[2]
RELEASE = "0.1.0"
RECORDS = {
    "ProfileRequest": "profile-requests",
    "TableProfile": "table-profiles",
    "DriftEvent": "drift-events",
}


class Registry(BaseHTTPRequestHandler):
    """Hands out ids from 1 in order of registration."""

    schemas = []

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if body["schema"] not in self.schemas:
            self.schemas.append(body["schema"])
        number = self.schemas.index(body["schema"]) + 1
        subject = self.path.split("/")[2].split("?")[0]
        self.answer({"id": number, "subject": subject, "version": 1, "schema": body["schema"]})

    def do_GET(self):
        path = self.path.split("?")[0]
        if path.startswith("/schemas/ids/"):
            self.answer({"schema": self.schemas[int(path.rsplit("/", 1)[1]) - 1]})
        else:
            self.answer({"error_code": 404, "message": "HTTP 404 Not Found"}, 404)

    def answer(self, content, status=200):
        data = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/vnd.schemaregistry.v1+json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        pass


def native(value, schema):
    """A sample's value as the client wants it: instants as datetime, Base64 as bytes."""
    if isinstance(schema, list):
        return None if value is None else native(value, [s for s in schema if s != "null"][0])
    if isinstance(schema, str) and schema in TYPES:
        schema = TYPES[schema]
    if isinstance(schema, dict):
        kind = schema["type"]
        if kind == "record":
            return {
                field["name"]: native(value[field["name"]], field["type"])
                for field in schema["fields"]
                if field["name"] in value
            }
        if kind == "array":
            return [native(item, schema["items"]) for item in value]
        if schema.get("logicalType") == "timestamp-millis":
            return datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
    return base64.b64decode(value) if schema == "bytes" else value


def named_types(schema, found):
    """Every named type of a schema, by its full and its short name."""
    if isinstance(schema, list):
        for branch in schema:
            named_types(branch, found)
    elif isinstance(schema, dict):
        if "name" in schema and schema["type"] in ("record", "enum"):
            found[schema["name"]] = schema
            found["io.profilemesh.schema." + schema["name"]] = schema
        for key in ("items", "values", "type"):
            if isinstance(schema.get(key), (dict, list)):
                named_types(schema[key], found)
        for field in schema.get("fields", []):
            named_types(field["type"], found)
    return found


TYPES = {}


def main():
    server = HTTPServer(("127.0.0.1", 0), Registry)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    client = SchemaRegistryClient({"url": f"http://127.0.0.1:{server.server_port}"})
    for name, topic in RECORDS.items():
        text = (MODULE / "released" / RELEASE / f"{name}.avsc").read_text()
        schema = json.loads(text)
        TYPES.clear()
        TYPES.update(named_types(schema, {}))
        sample = json.loads((MODULE / "src/main/samples" / f"{name}.json").read_text())
        serializer = AvroSerializer(client, Schema(text, "AVRO"))
        context = SerializationContext(topic, MessageField.VALUE)
        data = serializer(native(sample, schema), context)
        (HERE / f"{name}.bin").write_bytes(data)
        (HERE / f"{name}.avsc").write_text(json.dumps(schema, indent=2) + "\n")
        (HERE / f"{name}.json").write_text(json.dumps(sample, indent=2, ensure_ascii=False) + "\n")
        print(f"{name}: {len(data)} bytes")
    server.shutdown()


if __name__ == "__main__":
    main()
