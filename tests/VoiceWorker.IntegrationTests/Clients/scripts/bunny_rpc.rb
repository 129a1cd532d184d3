# RPC as RabbitMQ's tutorial has it for bunny. Arguments: FILE raw|json. The broker: RABBITMQ_URL.
require 'base64'
require 'bunny'
require 'json'
require 'securerandom'

path, form = ARGV
audio = File.binread(path)
fields = { source_lang: 'en', target_lang: 'es' }
body, headers = form == 'raw' ? [audio, fields] : [JSON.generate(fields.merge(audio_data: Base64.strict_encode64(audio))), {}]

connection = Bunny.new(ENV.fetch('RABBITMQ_URL'), automatically_recover: false)
connection.start
channel = connection.create_channel
reply_queue = channel.queue('', exclusive: true)
call_id = SecureRandom.uuid
replies = Queue.new
reply_queue.subscribe do |_delivery_info, properties, payload|
  replies.push(payload) if properties[:correlation_id] == call_id
end
channel.default_exchange.publish(body, routing_key: 'voice.jobs', correlation_id: call_id, reply_to: reply_queue.name, headers: headers)
puts replies.pop
connection.close
