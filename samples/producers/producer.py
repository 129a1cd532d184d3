#!/usr/bin/env python3
"""Sends a recording to VoiceWorker, prints the reply's texts and saves its speech.

Usage: producer.py FILE FROM TO [--json]     for example: producer.py ../en-1.wav en es
Needs pika (apt-get install python3-pika, or pip install pika). The broker: RABBITMQ_URL, else the local one.
"""
import base64
import json
import mimetypes
import os
import sys
import uuid

import pika

path, source, target, *options = sys.argv[1:]
with open(path, "rb") as file:
    audio = file.read()
fields = {"source_lang": source, "target_lang": target, "sender_id": "alice"}
job_id = uuid.uuid4().hex

if "--json" in options:
    # Form 1: everything in one JSON object, the audio as base64.
    content_type, headers = "application/json", None
    body = json.dumps(fields | {"audio_data": base64.b64encode(audio).decode()}).encode()
else:
    # Form 2: the audio is the body, a third smaller; the same fields are headers.
    content_type, headers, body = mimetypes.guess_type(path)[0] or "application/octet-stream", fields, audio

connection = pika.BlockingConnection(pika.URLParameters(os.environ.get("RABBITMQ_URL", "amqp://guest:guest@localhost/%2F")))
channel = connection.channel()
channel.confirm_delivery()


def on_reply(channel, method, properties, body):
    reply = json.loads(body)
    if properties.correlation_id != job_id or reply["type"] not in ("translation_complete", "error"):
        return
    if reply["type"] == "error":
        print(f"{reply['code']}: {reply['message']}", file=sys.stderr)
    else:
        data = reply["data"]
        print(f"{data['source_lang']}: {data['original_text']}\n{data['target_lang']}: {data['translated_text']}")
        if data["audio_url"]:  # null when speech synthesis is down
            with open("reply.ogg", "wb") as file:
                file.write(base64.b64decode(data["audio_url"].split(",", 1)[1]))
    channel.stop_consuming()


# Replies without a queue: RabbitMQ's direct reply-to. It ends with this channel, so no reply outlives its reader.
channel.basic_consume("amq.rabbitmq.reply-to", on_reply, auto_ack=True)
channel.basic_publish(
    exchange="",
    routing_key="voice.jobs",
    mandatory=True,
    properties=pika.BasicProperties(
        content_type=content_type, headers=headers, delivery_mode=2,
        reply_to="amq.rabbitmq.reply-to", correlation_id=job_id, message_id=job_id),
    body=body)
connection.call_later(60, lambda: sys.exit("No reply within 60 s."))
channel.start_consuming()
connection.close()
