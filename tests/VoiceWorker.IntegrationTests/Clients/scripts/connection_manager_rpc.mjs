// RPC with amqp-connection-manager and its json option. Arguments: FILE raw|json. The broker: RABBITMQ_URL.
import { readFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import amqp from 'amqp-connection-manager';

const [path, form] = process.argv.slice(2);
const audio = await readFile(path);
const fields = { source_lang: 'en', target_lang: 'es' };
const correlationId = randomUUID();

const connection = amqp.connect([process.env.RABBITMQ_URL]);
let replyTo;
const channel = connection.createChannel({
  json: form === 'json',
  async setup(channel) {
    ({ queue: replyTo } = await channel.assertQueue('', { exclusive: true, autoDelete: true }));
    await channel.consume(replyTo, async (msg) => {
      if (msg.properties.correlationId !== correlationId) return;
      console.log(msg.content.toString());
      await connection.close();
    }, { noAck: true });
  },
});
await channel.waitForConnect();
await channel.sendToQueue('voice.jobs', form === 'raw' ? audio : { ...fields, audio_data: audio.toString('base64') }, {
  correlationId, replyTo, headers: form === 'raw' ? fields : undefined,
});
