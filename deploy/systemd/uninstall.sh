#!/usr/bin/env bash
# Removes VoiceWorker's service and program. Jobs in hand are finished or go back to the queue first.
# Usage: uninstall.sh [--purge] [--root DIR]
# --purge also removes configuration, credentials, state and the account. With --root, only files below DIR are removed.
set -euo pipefail

die() { printf 'uninstall: %s\n' "$*" >&2; exit 1; }

root='' purge=''
while [[ $# -gt 0 ]]; do
  case $1 in
    --root) [[ -d ${2-} ]] || die "--root needs a folder that exists, not '${2-}'"; root=$(cd "$2" && pwd); shift ;;
    --purge) purge=1 ;;
    -h | --help) sed -n '3,4s/^# \?//p' "${BASH_SOURCE[0]}"; exit 0 ;;
    *) die "unknown argument '$1'; known are --purge, --root and --help" ;;
  esac
  shift
done
[[ -n $root || $(id -u) -eq 0 ]] || die "must be run as root, or with --root DIR"
running() { [[ -z $root && -d /run/systemd/system ]]; }

! running || systemctl disable --now --quiet voiceworker.service || true
rm -rf "$root/usr/lib/voiceworker" "$root/usr/lib/voiceworker.previous" "$root/usr/lib/voiceworker.new" "$root/usr/share/doc/voiceworker"
rm -f "$root/usr/bin/voiceworker" "$root/usr/lib/systemd/system/voiceworker.service" "$root/usr/lib/sysusers.d/voiceworker.conf"
! running || systemctl daemon-reload
if [[ -n $purge ]]; then
  rm -rf "$root/etc/voiceworker" "$root/var/lib/voiceworker" "$root/etc/systemd/system/voiceworker.service.d"
  # Only root may change accounts, and another root folder's accounts are not this system's.
  [[ -n $root ]] || ! id voiceworker >/dev/null 2>&1 || userdel voiceworker
fi
