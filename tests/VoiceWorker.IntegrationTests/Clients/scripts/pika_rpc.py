"""RPC as RabbitMQ's tutorial has it for pika. Arguments: FILE raw|json. The broker: RABBITMQ_URL."""
import base64
import json
import os
import sys
import uuid

import pika

path, form = sys.argv[1:]
with open(path, "rb") as file:
    audio = file.read()
fields = {"source_lang": "en", "target_lang": "es"}
body = audio if form == "raw" else json.dumps(fields | {"audio_data": base64.b64encode(audio).decode()})

connection = pika.BlockingConnection(pika.URLParameters(os.environ["RABBITMQ_URL"]))
channel = connection.channel()
callback_queue = channel.queue_declare(queue="", exclusive=True).method.queue
corr_id = str(uuid.uuid4())
reply = None


def on_response(ch, method, props, body):
    global reply
    if props.correlation_id == corr_id:
        reply = json.loads(body)


channel.basic_consume(queue=callback_queue, on_message_callback=on_response, auto_ack=True)
channel.basic_publish(
    exchange="",
    routing_key="voice.jobs",
    properties=pika.BasicProperties(reply_to=callback_queue, correlation_id=corr_id, headers=fields if form == "raw" else None),
    body=body)
while reply is None:
    connection.process_data_events(time_limit=None)
connection.close()
print(json.dumps(reply))
