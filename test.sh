#!/usr/bin/env bash
# Everything that must hold, in one command: a build without warnings, code style, every test project.
# The last line on stdout is "N passed, N failed, N skipped"; the exit status is 0 when all is well.
# A style, build or test host failure counts as one failed test.
#   ./test.sh                first installs the Debian packages that are missing, and says which
#   ./test.sh --no-install   installs nothing, and fails when one is missing
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# Build servers would outlive this script; the compiler's, which saves minutes, is one of our own that we end.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=true SharedCompilationId=voiceworker-tests-$$
# Profiles pay off in hours, not in minutes: without them the build takes two thirds of the time.
export DOTNET_TieredPGO=0
trap end_compiler EXIT
configuration=Release
results=artifacts/test-results
passed=0 failed=0 skipped=0

finish() {
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  [[ $failed -eq 0 && $passed -gt 0 ]]
  exit
}
step() { printf '\n== %s (%d s)\n' "$*" "$SECONDS"; }
failure() { failed=$((failed + 1)); printf 'FAILED: %s\n' "$*"; }
end_compiler() {
  local sdk
  sdk=$(dotnet --list-sdks | sed -n "s|^$(dotnet --version) \[\(.*\)\]|\1/$(dotnet --version)|p")
  dotnet "$sdk/Roslyn/bincore/VBCSCompiler.dll" "-pipename:$SharedCompilationId" -shutdown >/dev/null 2>&1
}

# Adds up a TRX file; skipped are those that are left of the total.
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
  sed -n '/outcome="NotExecuted"/,/<\/UnitTestResult>/s/.*<StdOut>\(.*\)<\/StdOut>.*/\1/p' "$1" 2>/dev/null |
    sort | uniq -c | sed 's/^ *\([0-9]*\) /\1 skipped: /'
}

# Runs a test project, which is a program; its output and exit status go to files beside its result. Each test has its
# own time limits, the last one is for what they miss.
run() {
  local name; name=$(basename "$1" .csproj)
  timeout --foreground --kill-after=10 45m "$(dirname "$1")/bin/$configuration/net10.0/$name" -trx "$results/$name.trx" -noColor -noLogo >"$results/$name.txt" 2>&1 </dev/null
  echo $? >"$results/$name.status"
}

report() {
  local name before status
  name=$(basename "$1" .csproj)
  before=$failed status=$(cat "$results/$name.status" 2>/dev/null || echo none)
  step "$name"
  sed '/\[SKIP\]$/,+1d' "$results/$name.txt"
  skip_reasons "$results/$name.trx"
  add_up "$results/$name.trx" || failure "$name left no readable result; its test host crashed or found no test"
  [[ $status == 0 || $failed -gt $before ]] || failure "$name ended with status $status although no test failed"
}

step "Dependencies"
eng/install-dependencies.sh test "$@" 2>&1 || { failure "something the tests need is missing (see above)"; finish; }

step "Build"
# A larger youngest generation makes the compiler a sixth faster.
DOTNET_GCgen0size=0x10000000 dotnet build VoiceWorker.sln -c $configuration -warnaserror -v quiet 2>&1 || { failure "the build"; finish; }

rm -rf "$results"; mkdir -p "$results"
step "Tests"
# They wait for brokers and processes often enough to run side by side.
projects=()
for project in tests/*/*.csproj load-tests/*Tests/*.csproj; do
  grep -qs Microsoft.NET.Test.Sdk "$project" && projects+=("$project")
done
# A background job of a script does not hear Ctrl+C.
trap 'trap "" TERM; kill -TERM 0; exit 130' INT TERM
for project in "${projects[@]}"; do run "$project" & done
# The rules of .editorconfig are warnings of the build; what is left is white space.
style=$(dotnet format whitespace . --folder --verify-no-changes --exclude artifacts 2>&1) || failure "white space; 'dotnet format' mends it: $style"
wait
for project in "${projects[@]}"; do report "$project"; done

step "Result"
finish
