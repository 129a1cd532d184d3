"""Sends texts whose properties hold bytes that are no text, or too many. Arguments: QUEUE REPLY-TO. The broker: RABBITMQ_URL."""
import json
import os
import sys

import pika

queue, reply_to = sys.argv[1:]
broken = b"\xff" * 100
cases = {
    "correlation_id": dict(correlation_id=broken),
    "message_id": dict(message_id=broken),
    "type": dict(type=broken),
    "app_id": dict(app_id=broken),
    "content_type": dict(content_type=b"application/json; x=" + broken),
    "content_encoding": dict(content_encoding=broken),
    "header_name": dict(headers={broken: "x"}),
    "nested_header": dict(headers={"voice": {broken: "x"}}),
    "long_header": dict(headers={"voice": "v" * 130_700}),
    "odd_header": dict(headers={"traceparent": broken, "deadline": broken * 1000}),
    "good": {},
}
connection = pika.BlockingConnection(pika.URLParameters(os.environ["RABBITMQ_URL"]))
channel = connection.channel()
channel.confirm_delivery()
for name, properties in cases.items():
    body = json.dumps({"text": "hi", "source_lang": "en", "target_lang": "es"})
    properties = {"content_type": "application/json", "message_id": name, **properties}
    channel.basic_publish("", queue, body, pika.BasicProperties(reply_to=reply_to, **properties), mandatory=True)
connection.close()
print(json.dumps(list(cases)))
