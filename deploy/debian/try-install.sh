#!/usr/bin/env bash
# Installs a package in a fresh Debian of its own, lets the worker work there as its account, and removes it again; then
# the same with deploy/systemd/install.sh and uninstall.sh. Leaves nothing behind. Needs root, debootstrap, a Debian
# mirror, 2 GB below $TMPDIR and some minutes. No service is started: a chroot has no systemd running.
# Usage: deploy/debian/try-install.sh PACKAGE.deb [SUITE]        SUITE is bookworm unless said otherwise
set -euo pipefail
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

die() { printf 'try-install: %s\n' "$*" >&2; exit 1; }
say() { printf '%4d s  %s\n' "$SECONDS" "$*"; }

[[ $# -ge 1 && $# -le 2 && -f $1 ]] || { sed -n '5s/^# \?//p' "${BASH_SOURCE[0]}" >&2; exit 1; }
[[ $(id -u) -eq 0 ]] || die "must be run as root: it makes a root folder and enters it"
command -v debootstrap >/dev/null || die "debootstrap is missing; it is in Debian's package debootstrap"
package=$(realpath "$1") suite=${2:-bookworm}

root=$(mktemp -d)
# Others than root live in it.
chmod 755 "$root"
clean() {
  for mount in proc dev/pts; do
    ! mountpoint -q "$root/$mount" || umount "$root/$mount"
  done
  rm -rf --one-file-system "$root"
}
trap clean EXIT
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive ${http_proxy:+http_proxy="$http_proxy"} "$@"; }
holds() { inside test "$@" || die "not so: $*"; }
# The voice of the first sample, and a written sentence, by the account that the service runs as.
works() {
  local lines
  lines=$(inside runuser -u voiceworker -- sh -c 'cd && voiceworker process /source/samples/en-1.wav --text "good morning" --from en --to es --json --out /tmp --Stt:Engine=onnx --Stt:Onnx:TrimEncoder=true') ||
    die "the worker failed: $lines"
  for words in 'Dónde es el hospital' 'buenos días'; do
    grep -qF "$words" <<<"$lines" || die "no '$words' in: $lines"
  done
}

say "Debian $suite"
debootstrap --variant=minbase --include=systemd "$suite" "$root" >"$root.log" 2>&1 || { tail -n 5 "$root.log" >&2; die "debootstrap failed"; }
rm -f "$root.log"
mount -t proc proc "$root/proc"
mount -t devpts devpts "$root/dev/pts" 2>/dev/null || true
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
printf '#!/bin/sh\nexit 101\n' | install -m 755 /dev/stdin "$root/usr/sbin/policy-rc.d"
install -d "$root/source"
cp -R "$repository/samples" "$repository/deploy" "$repository/docs" "$root/source"
cp "$package" "$root/source/voiceworker.deb"

say "The package, with what it recommends"
inside apt-get -qq update
# Its own recommendations, not those of what it recommends: they end in a mail server.
read -ra engines < <(dpkg-deb --field "$package" Recommends | tr -d ,)
inside apt-get -qq -y install --no-install-recommends /source/voiceworker.deb "${engines[@]}" >/dev/null
holds -x /usr/bin/voiceworker
holds -f /etc/voiceworker/appsettings.json
inside getent passwd voiceworker
inside systemd-analyze verify /usr/lib/systemd/system/voiceworker.service
inside systemctl enable --quiet voiceworker.service
holds -L /etc/systemd/system/multi-user.target.wants/voiceworker.service
install -d -o "$(inside id -u voiceworker)" "$root/var/lib/voiceworker"
works
say "It works; removing it"
cp -R "$root/usr/lib/voiceworker" "$root/source/published"
inside apt-get -qq -y remove voiceworker >/dev/null
holds ! -e /usr/lib/voiceworker
holds -f /etc/voiceworker/appsettings.json
inside apt-get -qq -y purge voiceworker >/dev/null
holds ! -e /etc/voiceworker
holds ! -e /var/lib/voiceworker

say "install.sh"
inside /source/deploy/systemd/install.sh /source/published >/dev/null
inside systemd-analyze verify /usr/lib/systemd/system/voiceworker.service
install -d -o "$(inside id -u voiceworker)" "$root/var/lib/voiceworker"
works
inside /source/deploy/systemd/install.sh /source/published
inside /source/deploy/systemd/install.sh --rollback
works
say "It works, upgraded and rolled back too; uninstall.sh"
inside /source/deploy/systemd/uninstall.sh --purge
holds ! -e /usr/lib/voiceworker
holds ! -e /etc/voiceworker
! inside getent passwd voiceworker || die "the account is still there"
say "Nothing is left"
