#!/usr/bin/env node
// Sends a recording to VoiceWorker, prints the reply's texts and saves its speech.
// Usage: node producer.mjs FILE FROM TO [--json]     for example: node producer.mjs ../en-1.wav en es
// Needs amqplib (npm install amqplib). The broker: RABBITMQ_URL, else the local one.
import { readFile, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import amqp from 'amqplib';

const [path, source, target, form] = process.argv.slice(2);
const audio = await readFile(path);
const fields = { source_lang: source, target_lang: target, sender_id: 'alice' };
const id = randomUUID();

// Form 1: everything in one JSON object, the audio as base64.
// Form 2: the audio is the body, a third smaller; the same fields are headers. The worker looks at the bytes to find the format.
const { body, ...message } = form === '--json'
  ? { contentType: 'application/json', body: Buffer.from(JSON.stringify({ ...fields, audio_data: audio.toString('base64') })) }
  : { contentType: 'application/octet-stream', headers: fields, body: audio };

const connection = await amqp.connect(process.env.RABBITMQ_URL ?? 'amqp://localhost');
const channel = await connection.createConfirmChannel();
// A queue of this connection's own, named by the broker and deleted with the connection.
const { queue } = await channel.assertQueue('', { exclusive: true });

const reply = new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error('No reply within 60 s.')), 60_000).unref();
  channel.on('return', () => reject(new Error('There is no queue voice.jobs; is a worker running?')));
  channel.consume(queue, ({ content, properties }) => {
    const received = JSON.parse(content);
    if (properties.correlationId === id && ['translation_complete', 'error'].includes(received.type)) resolve(received);
  }, { noAck: true });
});

channel.sendToQueue('voice.jobs', body, { ...message, replyTo: queue, correlationId: id, messageId: id, persistent: true, mandatory: true });
await channel.waitForConfirms();

const { type, data, code, message: problem } = await reply;
if (type === 'error') {
  console.error(`${code}: ${problem}`);
} else {
  console.log(`${data.source_lang}: ${data.original_text}\n${data.target_lang}: ${data.translated_text}`);
  // null when speech synthesis is down
  if (data.audio_url) await writeFile('reply.ogg', Buffer.from(data.audio_url.split(',', 2)[1], 'base64'));
}
await connection.close();
