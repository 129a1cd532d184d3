#!/usr/bin/env bash
# Shows the whole chain at work: a private RabbitMQ, the worker with the demo model, and six recorded sentences that
# come back translated and spoken. Leaves the speech in ./demo-output and nothing running.
#   ./demo.sh                first installs the Debian packages that are missing, and says which
#   ./demo.sh --no-install   installs nothing, and ends when one is missing
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# shellcheck source=eng/private-services.sh
. eng/private-services.sh
trap stop_everything EXIT
trap 'exit 130' INT TERM HUP
output=demo-output

eng/install-dependencies.sh demo "$@"

say "Building"
dotnet build src/VoiceWorker -c Release -v quiet >/dev/null || die "the build failed; 'dotnet build src/VoiceWorker -c Release' shows why."
voiceworker=(dotnet src/VoiceWorker/bin/Release/net10.0/voiceworker.dll)

work=$(mktemp -d)
amqp=$(free_port) http=$(free_port)
say "Starting RabbitMQ on 127.0.0.1:$amqp"
start_broker
await "RabbitMQ" "$server" 90 listens "$amqp"

say "Starting the worker; metrics on http://127.0.0.1:$http/metrics"
# The demo model was trained for windows cut to the recording's length; most models were not (models/README.md).
"${voiceworker[@]}" run --RabbitMq:Uri="amqp://guest:guest@127.0.0.1:$amqp" --Http:Url="http://127.0.0.1:$http" \
  --Stt:Engine=onnx --Stt:Onnx:TrimEncoder=true \
  </dev/null >"$work/worker.log" 2>&1 &
worker=$!
await "The worker" "$worker" 60 ready

say "Sending six recordings"
rm -rf "$output"
"${voiceworker[@]}" publish --RabbitMq:Uri="amqp://guest:guest@127.0.0.1:$amqp" --jobs samples/demo.jsonl --out "$output"

say "Done. The replies' speech is in $output:" "$(cd "$output" && echo *)"
