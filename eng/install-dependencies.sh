#!/usr/bin/env bash
# Installs what the demo or the tests need and this machine lacks.
# Usage: eng/install-dependencies.sh demo|test [--no-install]
# With --no-install it only checks, and fails when something is missing.
# Debian packages only, none that is there already, and no service is started or enabled by it.
set -euo pipefail

die() { printf 'install-dependencies: %s\n' "$*" >&2; exit 1; }

# package=how to tell that it is there (a command, or a file)
demo_parts=(rabbitmq-server=rabbitmqctl ffmpeg=ffmpeg espeak-ng=espeak-ng apertium-apy=apertium-apy
  apertium-eng-spa=/usr/share/apertium/modes/eng-spa.mode)
test_parts=("${demo_parts[@]}" docker-compose=docker-compose prometheus=promtool redis-server=redis-server systemd=systemd-analyze curl=curl
  python3-pika=/usr/lib/python3/dist-packages/pika python3-kombu=/usr/lib/python3/dist-packages/kombu nodejs=node npm=npm
  ruby-bunny=/usr/share/doc/ruby-bunny php-amqplib=/usr/share/doc/php-amqplib php-cli=php amqp-tools=amqp-publish jq=jq)

case ${1-} in
  demo) parts=("${demo_parts[@]}") ;;
  test) parts=("${test_parts[@]}") ;;
  *) die "usage: $0 demo|test [--no-install]" ;;
esac
case ${2-} in
  "" | --no-install) ;;
  *) die "unknown argument '$2'; usage: $0 demo|test [--no-install]" ;;
esac

# Administrators' commands are not in every user's path.
export PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

if ! dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
  die "the .NET SDK 10 is missing and no Debian package has it. Install it from
  https://dotnet.microsoft.com/download/dotnet/10.0 and put dotnet into the PATH, for example:
    curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0
    export PATH=\$PATH:\$HOME/.dotnet"
fi

missing=()
for part in "${parts[@]}"; do
  proof=${part#*=}
  [[ -e $proof ]] || command -v "$proof" >/dev/null || missing+=("${part%%=*}")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

[[ ${2-} != --no-install ]] || die "missing: ${missing[*]} (names of Debian packages). Without --no-install they are installed; or: apt-get install --no-install-recommends ${missing[*]}"
command -v apt-get >/dev/null || die "missing: ${missing[*]} (names of Debian packages). There is no apt-get here; please install them by other means."
as_root=()
if [[ $(id -u) -ne 0 ]]; then
  command -v sudo >/dev/null || die "missing: ${missing[*]}. Neither root nor sudo here; please run as root: apt-get install --no-install-recommends ${missing[*]}"
  as_root=(sudo)
fi

echo "Installing with apt-get, as they are not here: ${missing[*]} (--no-install only checks)"
# Debian starts a service as soon as its package is installed, unless this policy says no (invoke-rc.d(8)). An older
# policy is put back afterwards; should this script be killed, what stays behind says no to nobody any more.
policy=/usr/sbin/policy-rc.d
restore() {
  if "${as_root[@]}" test -e "$policy.before-voiceworker"; then
    "${as_root[@]}" mv -f "$policy.before-voiceworker" "$policy"
  else
    "${as_root[@]}" rm -f "$policy"
  fi
}
trap restore EXIT
trap 'exit 130' INT TERM
if "${as_root[@]}" test -e "$policy" && ! grep -q before-voiceworker "$policy"; then
  "${as_root[@]}" mv "$policy" "$policy.before-voiceworker"
fi
"${as_root[@]}" tee "$policy" >/dev/null <<POLICY
#!/bin/sh
case " \$* " in *" start "* | *" (start) "*) ! kill -0 $$ 2>/dev/null || exit 101 ;; esac
[ ! -x $policy.before-voiceworker ] || exec $policy.before-voiceworker "\$@"
exit 0
POLICY
"${as_root[@]}" chmod 755 "$policy"

apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0)
"${apt[@]}" update || echo "apt-get update failed; trying with the package lists that are here" >&2
"${apt[@]}" install -y --no-install-recommends "${missing[@]}" >/dev/null </dev/null ||
  die "apt-get could not install ${missing[*]}; its messages are above."

if [[ -d /run/systemd/system ]]; then
  for package in "${missing[@]}"; do
    "${as_root[@]}" systemctl disable --quiet "$package.service" 2>/dev/null || true
  done
fi
