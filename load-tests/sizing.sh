#!/usr/bin/env bash
# Measures what a job costs with the real engines: processor seconds by stage, jobs a second, memory by parallelism.
# Starts a private RabbitMQ and worker, prints a table in Markdown. Wants the machine to itself, for two minutes or three.
# Usage: load-tests/sizing.sh [--update]        --update puts the table into docs/operations.md
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# shellcheck source=eng/private-services.sh
. eng/private-services.sh
trap stop_everything EXIT
trap 'exit 130' INT TERM HUP
export LC_ALL=C
update=${1-}
[[ -z $update || $update == --update ]] || die "usage: $0 [--update]"
program=src/VoiceWorker/bin/Release/net10.0/voiceworker
[[ -x $program ]] || die "'$program' is not there; dotnet build src/VoiceWorker -c Release"
ticks=$(getconf CLK_TCK)
model=models/ggml-demo-en-es.bin

start_worker() {
  stop "$worker" 40
  "$program" run --RabbitMq:Uri="amqp://guest:guest@127.0.0.1:$amqp" --Http:Url="http://127.0.0.1:$http" --Stt:Engine=onnx \
    --Stt:ModelPath="$model" --Translation:Cache:Enabled=false "$@" </dev/null >"$work/worker.log" 2>&1 &
  worker=$!
  await "The worker" "$worker" 60 ready
}

send() { "$program" publish --RabbitMq:Uri="amqp://guest:guest@127.0.0.1:$amqp" --from en --to es --timeout 300 --json "$@" >"$work/replies.txt" || die "a job failed: $(cat "$work/replies.txt")"; }

# All processes below one.
tree() {
  local child
  for child in $(pgrep -P "$1" || true); do
    echo "$child"
    tree "$child"
  done
}

# Processor seconds so far: the worker's own, its ended children's (ffmpeg, espeak-ng), its living ones' (Apertium).
spent() {
  local pid
  awk -v t="$ticks" '{ printf "%.2f %.2f ", ($14 + $15) / t, ($16 + $17) / t }' "/proc/$worker/stat"
  { echo 0; for pid in $(tree "$worker"); do awk '{ print $14 + $15 + $16 + $17 }' "/proc/$pid/stat" 2>/dev/null || true; done; } |
    awk -v t="$ticks" '{ s += $1 } END { printf "%.2f\n", s / t }'
}

# Seconds of processor a job, in all: "total own children apertium seconds", each divided by the number of jobs.
cost() {
  local jobs=$1 before after began
  shift
  send --count 3 "$@"
  before=$(spent) began=$(date +%s.%N)
  send --count "$jobs" "$@"
  after=$(spent)
  awk -v n="$jobs" -v b="$before" -v a="$after" -v s="$(awk -v x="$(date +%s.%N)" -v y="$began" 'BEGIN { print x - y }')" 'BEGIN {
    split(b, x); split(a, y)
    printf "%.4f %.4f %.4f %.4f %.4f\n", (y[1] + y[2] + y[3] - x[1] - x[2] - x[3]) / n, (y[1] - x[1]) / n, (y[2] - x[2]) / n, (y[3] - x[3]) / n, s / n }'
}

first() { cut -d' ' -f1 <<<"$1"; }
minus() { awk -v a="$(first "$1")" -v b="$(first "$2")" 'BEGIN { printf "%.0f", 1000 * (a - b) }'; }
milli() { awk -v a="$(first "$1")" 'BEGIN { printf "%.0f", 1000 * a }'; }
rate() { awk -v s="$(cut -d' ' -f5 <<<"$1")" 'BEGIN { printf "%.1f", 1 / s }'; }
core() { awk -v c="$(first "$1")" 'BEGIN { printf "%.1f", 1 / c }'; }
peak() { awk '/VmHWM/ { printf "%.0f", $2 / 1024 }' "/proc/$worker/status"; }
other() { for pid in $(tree "$worker"); do awk '/^Pss:/ { print $2 }' "/proc/$pid/smaps_rollup" 2>/dev/null || true; done | awk '{ s += $1 } END { printf "%.0f", s / 1024 }'; }

work=$(mktemp -d)
amqp=$(free_port) http=$(free_port)
start_broker
await "RabbitMQ" "$server" 90 listens "$amqp"

sentence='The coffee is very hot. Where is the hospital?'
espeak-ng -v en-us -s 140 -w "$work/speech.wav" "$sentence"
ffmpeg -v error -i "$work/speech.wav" -c:a libopus -b:a 24k "$work/speech.ogg"
length=$(ffprobe -v error -show_entries format=duration -of csv=p=0 "$work/speech.wav" | awk '{ printf "%.1f", $1 }')

echo "Measuring, by stage" >&2
start_worker --Stt:Onnx:TrimEncoder=true
text=$(cost 300 --text "$sentence" --format none)
spoken=$(cost 150 --text "$sentence" --format audio/wav)
written=$(cost 150 --text "$sentence" --format audio/ogg)
heard=$(cost 60 "$work/speech.wav" --format none)
decoded=$(cost 60 "$work/speech.ogg" --format none)
whole=$(cost 60 "$work/speech.ogg" --format audio/ogg)
engines=$(other)
start_worker
full=$(cost 30 "$work/speech.wav" --format none)

echo "Measuring, by parallelism" >&2
memory=''
for parallelism in 1 2 4 8 16; do
  start_worker --Pipeline:Transcribe:Parallelism=$parallelism --Pipeline:Transcribe:Capacity=$((2 * parallelism))
  at_rest=$(peak)
  side=$(cost $((parallelism * 2 > 8 ? parallelism * 2 : 8)) "$work/speech.ogg" --format audio/ogg)
  memory+="| $parallelism | $at_rest | $(peak) | $(rate "$side") |"$'\n'
done

processor=$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1)
cat >"$work/table.md" <<TABLE
Measured on $(date -u +%F) by \`load-tests/sizing.sh\` at commit $(git rev-parse --short HEAD), on $(nproc) cores of ${processor:-an unnamed processor} with
$(free -g | awk '/Mem:/ { print $2 }') GB; broker and producer ran on the same cores. The demo model ($(awk -v b="$(stat -c %s "$model")" 'BEGIN { printf "%.0f", b / 1e6 }') MB), Apertium, espeak-ng, replies in Ogg/Opus, the cache of
translations off. One job is $length s of speech in Ogg/Opus, or the same sentences as text. Processor time is that of the
worker with all its children, averaged over 30 to 300 jobs after three to warm up; a stage's is the difference that it
makes. The later lines ran warmer, so a whole job costs less than the sum of its stages.

| stage | CPU time of one job, ms |
| --- | --- |
| decode (Ogg/Opus, in process; other formats but WAV start an ffmpeg process) | $(minus "$decoded" "$heard") |
| transcribe, \`Stt:Onnx:TrimEncoder=true\` (the demo model's) | $(minus "$heard" "$text") |
| transcribe, whole windows of 30 s (every other model) | $(minus "$full" "$text") |
| translate, with queue, mesh and reply | $(milli "$text") |
| synthesize (an espeak-ng process) | $(minus "$spoken" "$text") |
| encode (Ogg/Opus, in process) | $(minus "$written" "$spoken") |

| job | CPU time, ms | jobs a second and core | jobs a second on this machine |
| --- | --- | --- | --- |
| speech to speech, trimmed windows | $(milli "$whole") | $(core "$whole") | $(rate "$whole") |
| text to speech | $(milli "$written") | $(core "$written") | $(rate "$written") |
| text to text | $(milli "$text") | $(core "$text") | $(rate "$text") |

Memory, speech to speech with whole windows; the children (Apertium, mostly) take $engines MB more:

| \`Pipeline:Transcribe:Parallelism\` | worker's peak while it starts, MB | peak, MB | jobs a second |
| --- | --- | --- | --- |
${memory%$'\n'}
TABLE
cat "$work/table.md"
if [[ -n $update ]]; then
  awk -v table="$work/table.md" '
    /<!-- sizing: end -->/ { skip = 0 }
    !skip { print }
    /<!-- sizing: begin -->/ { skip = 1; while ((getline line < table) > 0) print line }' docs/operations.md >"$work/operations.md"
  cp "$work/operations.md" docs/operations.md
fi
