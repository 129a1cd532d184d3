#!/usr/bin/env bash
# The faults of docs/reliability.md against the real worker and a real RabbitMQ, with a report in Markdown.
#   ./chaos.sh               every fault once, as ./test.sh does
#   ./chaos.sh --long        50 kills, 1000 damaged inputs, an outage of a minute, an alarm of three, a soak of an hour
#   ./chaos.sh --soak 00:10:00 --kills 20 --outage 00:00:30 -- -class '*SoakTests'
#                            in between, and only some: what follows -- goes to the test program
# The report goes to docs/results/chaos.md, or to the file after --report. VOICEWORKER_TEST_RABBITMQ names the folder of
# another rabbitmq-server than the installed one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export VOICEWORKER_CHAOS_REPORT="${VOICEWORKER_CHAOS_REPORT:-docs/results/chaos.md}"
while [[ $# -gt 0 ]]; do
  case $1 in
    --long) export VOICEWORKER_CHAOS_KILLS=50 VOICEWORKER_CHAOS_DAMAGED=1000 VOICEWORKER_CHAOS_SOAK=01:00:00 VOICEWORKER_CHAOS_OUTAGE=00:01:00 VOICEWORKER_CHAOS_ALARM=00:03:00; shift ;;
    --kills | --damaged | --soak | --outage | --alarm | --report)
      [[ $# -ge 2 ]] || { echo "$1 needs a value" >&2; exit 2; }
      name=${1#--}
      export "VOICEWORKER_CHAOS_${name^^}=$2"
      shift 2 ;;
    --) shift; break ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 2 ;;
  esac
done

mkdir -p "$(dirname "$VOICEWORKER_CHAOS_REPORT")"
VOICEWORKER_CHAOS_REPORT=$(realpath "$VOICEWORKER_CHAOS_REPORT")
dotnet build tests/VoiceWorker.ChaosTests -c Release -v quiet
tests/VoiceWorker.ChaosTests/bin/Release/net10.0/VoiceWorker.ChaosTests -noColor "$@"
echo "Report: $VOICEWORKER_CHAOS_REPORT"
