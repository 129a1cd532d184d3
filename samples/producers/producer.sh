#!/usr/bin/env bash
# Sends a recording to VoiceWorker, prints the reply's texts and saves its speech.
# Usage: ./producer.sh FILE FROM TO [--json]     for example: ./producer.sh ../en-1.wav en es
# Needs amqp-tools and jq (apt-get install amqp-tools jq). The broker: RABBITMQ_URL, else the local one.
set -euo pipefail

file=$1 from=$2 to=$3 form=${4-}
url=${RABBITMQ_URL:-amqp://localhost}

# A queue that the broker names. The tools connect anew each time, so it is not this connection's own, and has to be deleted.
replies=$(amqp-declare-queue --url="$url" --durable --queue=)
trap 'amqp-delete-queue --url="$url" --queue="$replies" >/dev/null' EXIT

if [[ $form == --json ]]; then
  # Form 1: everything in one JSON object, the audio as base64.
  base64 --wrap=0 "$file" | jq --raw-input --arg from "$from" --arg to "$to" '{ audio_data: ., source_lang: $from, target_lang: $to, sender_id: "alice" }' |
    amqp-publish --url="$url" --routing-key=voice.jobs --reply-to="$replies" --persistent --content-type=application/json
else
  # Form 2: the audio is the body, a third smaller; the same fields are headers. The worker looks at the bytes to find the format.
  amqp-publish --url="$url" --routing-key=voice.jobs --reply-to="$replies" --persistent --content-type=application/octet-stream \
    --header="source_lang: $from" --header="target_lang: $to" --header="sender_id: alice" <"$file"
fi

reply=$(timeout 60 amqp-consume --url="$url" --queue="$replies" --count=1 cat) || { echo "No reply within 60 s." >&2; exit 1; }
if jq --exit-status '.type == "error"' <<<"$reply" >/dev/null; then
  jq --raw-output '"\(.code): \(.message)"' <<<"$reply" >&2
  exit 1
fi
jq --raw-output '.data | "\(.source_lang): \(.original_text)\n\(.target_lang): \(.translated_text)"' <<<"$reply"
# null when speech synthesis is down
if jq --exit-status .data.audio_url <<<"$reply" >/dev/null; then
  jq --raw-output '.data.audio_url | split(",")[1]' <<<"$reply" | base64 --decode >reply.ogg
fi
