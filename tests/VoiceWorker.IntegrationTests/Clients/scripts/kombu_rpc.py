"""RPC as kombu's own example (rpc-tut6) has it. Arguments: FILE raw|json|gzip. The broker: RABBITMQ_URL."""
import base64
import json
import os
import sys

from kombu import Connection, Consumer, Producer, Queue, uuid

path, form = sys.argv[1:]
with open(path, "rb") as file:
    audio = file.read()
fields = {"source_lang": "en", "target_lang": "es"}
reply = None


def on_response(message):
    global reply
    if message.properties["correlation_id"] == correlation_id:
        reply = message.payload


with Connection(os.environ["RABBITMQ_URL"]) as connection:
    callback_queue = Queue(uuid(), exclusive=True, auto_delete=True)
    correlation_id = uuid()
    with Producer(connection) as producer:
        producer.publish(
            audio if form == "raw" else fields | {"audio_data": base64.b64encode(audio).decode()},
            headers=fields if form == "raw" else {},
            exchange="",
            routing_key="voice.jobs",
            declare=[callback_queue],
            compression="gzip" if form == "gzip" else None,
            reply_to=callback_queue.name,
            correlation_id=correlation_id)
    with Consumer(connection, on_message=on_response, queues=[callback_queue], no_ack=True):
        while reply is None:
            connection.drain_events()
print(json.dumps(reply))
