<?php
// RPC as RabbitMQ's tutorial has it for php-amqplib. Arguments: FILE raw|json. The broker: RABBITMQ_URL.
require_once 'PhpAmqpLib/autoload.php';

use PhpAmqpLib\Connection\AMQPStreamConnection;
use PhpAmqpLib\Message\AMQPMessage;
use PhpAmqpLib\Wire\AMQPTable;

[, $path, $form] = $argv;
$audio = file_get_contents($path);
$fields = ['source_lang' => 'en', 'target_lang' => 'es'];

$url = parse_url(getenv('RABBITMQ_URL'));
$connection = new AMQPStreamConnection($url['host'], $url['port'], 'guest', 'guest');
$channel = $connection->channel();
[$callbackQueue] = $channel->queue_declare('', false, false, true, false);
$correlationId = uniqid();
$response = null;
$channel->basic_consume($callbackQueue, '', false, true, false, false, function ($reply) use ($correlationId, &$response) {
    if ($reply->get('correlation_id') === $correlationId) {
        $response = $reply->body;
    }
});

$properties = ['correlation_id' => $correlationId, 'reply_to' => $callbackQueue];
if ($form === 'raw') {
    $message = new AMQPMessage($audio, $properties + ['application_headers' => new AMQPTable($fields)]);
} else {
    $message = new AMQPMessage(json_encode($fields + ['audio_data' => base64_encode($audio)]), $properties);
}
$channel->basic_publish($message, '', 'voice.jobs');
while ($response === null) {
    $channel->wait();
}
echo $response, "\n";
$connection->close();
