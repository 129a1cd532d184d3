#!/usr/bin/env bash
# Everything that must hold, in one command: code style, a build without warnings, every test project.
# The last line on stdout is "N passed, N failed, N skipped"; the exit status is 0 when all is well.
# A style, build or test host failure counts as one failed test.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# Build servers would outlive this script.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false
configuration=Release
results=artifacts/test-results
passed=0 failed=0 skipped=0

finish() {
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  [[ $failed -eq 0 && $passed -gt 0 ]]
  exit
}
step() { printf '\n== %s\n' "$*"; }
failure() { failed=$((failed + 1)); printf 'FAILED: %s\n' "$*"; }

# Adds up a TRX file. Its own "notExecuted" counter stays 0 for skipped tests, so those are what is left of the total.
add_up() {
  local counters total ran
  counters=$(grep -o '<Counters [^>]*>' "$1" | head -n 1)
  count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"; }
  total=$(count total) ran=$(count passed)
  local lost; lost=$(count failed)
  [[ ${total:-0} -gt 0 && -n $ran && -n $lost ]] || return 1
  lost=$((lost + $(count error) + $(count timeout) + $(count aborted)))
  passed=$((passed + ran)) failed=$((failed + lost)) skipped=$((skipped + total - ran - lost))
}

# Says once for each reason how many tests were skipped for it.
skip_reasons() {
  sed -n '/outcome="NotExecuted"/,/<\/UnitTestResult>/s/.*<Message>\(.*\)<\/Message>.*/\1/p' "$1" 2>/dev/null |
    sort | uniq -c | sed 's/^ *\([0-9]*\) /\1 skipped: /'
}

step "Dependencies"
eng/install-dependencies.sh test 2>&1 || { failure "something the tests need is missing (see above)"; finish; }

step "Build"
dotnet build VoiceWorker.sln -c $configuration -warnaserror -v quiet 2>&1 || { failure "the build"; finish; }

step "Code style"
dotnet format VoiceWorker.sln --verify-no-changes --no-restore 2>&1 || failure "code style; 'dotnet format' mends it"

rm -rf "$results"
for project in tests/*/*.csproj load-tests/*Tests/*.csproj; do
  grep -qs Microsoft.NET.Test.Sdk "$project" || continue
  name=$(basename "$project" .csproj)
  step "$name"
  before=$failed
  dotnet test "$project" -c $configuration --no-build --results-directory "$results" \
    --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" \
    --blame-hang-timeout 5m --blame-hang-dump-type none 2>&1 | grep -vE '\[SKIP\]$|^  Skipped '
  status=${PIPESTATUS[0]}
  skip_reasons "$results/$name.trx"
  add_up "$results/$name.trx" || failure "$name left no readable result; its test host crashed or found no test"
  [[ $status -eq 0 || $failed -gt $before ]] || failure "$name ended with status $status although no test failed"
done

step "Result"
finish
