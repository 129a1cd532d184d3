// RPC as RabbitMQ's tutorial has it for amqplib. Arguments: FILE raw|json. The broker: RABBITMQ_URL.
import { readFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import amqp from 'amqplib';

const [path, form] = process.argv.slice(2);
const audio = await readFile(path);
const fields = { source_lang: 'en', target_lang: 'es' };

const connection = await amqp.connect(process.env.RABBITMQ_URL);
const channel = await connection.createChannel();
const q = await channel.assertQueue('', { exclusive: true });
const correlationId = randomUUID();
channel.consume(q.queue, async (msg) => {
  if (msg.properties.correlationId !== correlationId) return;
  console.log(msg.content.toString());
  await connection.close();
}, { noAck: true });
if (form === 'raw') {
  channel.sendToQueue('voice.jobs', audio, { correlationId, replyTo: q.queue, headers: fields });
} else {
  channel.sendToQueue('voice.jobs', Buffer.from(JSON.stringify({ ...fields, audio_data: audio.toString('base64') })), { correlationId, replyTo: q.queue });
}
