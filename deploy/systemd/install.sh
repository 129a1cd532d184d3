#!/usr/bin/env bash
# Installs VoiceWorker as a systemd service, or upgrades it. Configuration and credentials that are there are kept, the
# program that was there is kept as /usr/lib/voiceworker.previous.
# Usage: install.sh [--root DIR] PUBLISHED_FOLDER
#        install.sh --rollback        swaps the program with the one before the upgrade
# PUBLISHED_FOLDER is the output of `dotnet publish src/VoiceWorker`. With --root, only files are laid out below DIR.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

die() { printf 'install: %s\n' "$*" >&2; exit 1; }
usage() { sed -n '4,6s/^# \?//p' "${BASH_SOURCE[0]}"; }

root='' published='' rollback=''
while [[ $# -gt 0 ]]; do
  case $1 in
    --root) [[ -d ${2-} ]] || die "--root needs a folder that exists, not '${2-}'"; root=$(cd "$2" && pwd); shift ;;
    --rollback) rollback=1 ;;
    -h | --help) usage; exit 0 ;;
    -*) die "unknown option $1; known are --root, --rollback and --help" ;;
    *) [[ -z $published ]] || die "one published folder, please, not also '$1'"; published=$1 ;;
  esac
  shift
done
[[ -n $root || $(id -u) -eq 0 ]] || die "must be run as root, or with --root DIR"

program=$root/usr/lib/voiceworker
running() { [[ -z $root && -d /run/systemd/system ]]; }
reload() {
  ! running || { systemctl daemon-reload; systemctl try-restart voiceworker.service; }
}

if [[ -n $rollback ]]; then
  [[ -d $program.previous ]] || die "nothing to go back to: $program.previous is not there"
  mv "$program" "$program.upgraded"
  mv "$program.previous" "$program"
  mv "$program.upgraded" "$program.previous"
  reload
  echo "Back to the program before the upgrade; the other one is in $program.previous."
  exit 0
fi

[[ -n $published ]] || { usage >&2; die "which folder was the program published to?"; }
[[ -x $published/voiceworker ]] || die "'$published' holds no executable 'voiceworker'. Make it with: dotnet publish src/VoiceWorker -c Release -o '$published'"

# The new program is complete before the old one goes.
rm -rf "$program.new"
mkdir -p "$program.new"
cp -R --no-preserve=ownership,timestamps "$published/." "$program.new"
chmod -R u=rwX,go=rX "$program.new"
chmod 755 "$program.new/voiceworker"
if [[ -d $program ]]; then
  rm -rf "$program.previous"
  mv "$program" "$program.previous"
fi
mv "$program.new" "$program"

install -D -m 644 "$here/voiceworker.service" "$root/usr/lib/systemd/system/voiceworker.service"
install -D -m 644 "$here/sysusers.conf" "$root/usr/lib/sysusers.d/voiceworker.conf"
mkdir -p "$root/usr/bin"
ln -sfn ../lib/voiceworker/voiceworker "$root/usr/bin/voiceworker"
for page in operations.md runbook.md; do
  [[ ! -e $here/../../docs/$page ]] || install -D -m 644 "$here/../../docs/$page" "$root/usr/share/doc/voiceworker/$page"
done
install -d -m 755 "$root/etc/voiceworker"
install -d -m 700 "$root/etc/voiceworker/credentials"
[[ -e $root/etc/voiceworker/appsettings.json ]] ||
  install -m 644 "$here/appsettings.json" "$root/etc/voiceworker/appsettings.json"

[[ -z $root ]] || exit 0
systemd-sysusers voiceworker.conf
reload
if [[ -d $program.previous ]]; then
  echo "VoiceWorker is upgraded. 'install.sh --rollback' brings back the program before."
  exit 0
fi
cat <<'NEXT'
VoiceWorker is installed. Next:
  1. /etc/voiceworker/appsettings.json: the broker's host and user
  2. the broker's password, without it ending up in the shell's history:
       systemd-ask-password -n "RabbitMQ password:" | install -m 600 /dev/stdin /etc/voiceworker/credentials/rabbitmq-password
  3. cd /etc/voiceworker && voiceworker doctor --RabbitMq:PasswordFile=credentials/rabbitmq-password
  4. systemctl enable --now voiceworker
NEXT
