#!/usr/bin/env bash
# Makes a Debian package of a published VoiceWorker: program, unit, account, configuration, documentation. Needs no root.
# Usage: deploy/debian/build.sh PUBLISHED_FOLDER [OUTPUT_FOLDER]
# PUBLISHED_FOLDER is the output of `dotnet publish src/VoiceWorker -c Release -r linux-x64 --self-contained` (or
# linux-arm64; the package says for which). Debian has no .NET of its own, hence --self-contained.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(cd "$here/../.." && pwd)

die() { printf 'build: %s\n' "$*" >&2; exit 1; }

[[ $# -ge 1 && $# -le 2 ]] || { sed -n '3,5s/^# \?//p' "${BASH_SOURCE[0]}" >&2; exit 1; }
published=$1 output=${2:-.}
command -v dpkg-deb >/dev/null || die "dpkg-deb is missing; it is in Debian's package dpkg"
[[ -d $output ]] || die "the output folder '$output' is not there"

version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$repository/Directory.Build.props")
# The program says itself what it was made for: byte 18 of an ELF header is the machine.
case $(od -An -tu1 -j18 -N1 "$published/voiceworker" 2>/dev/null | tr -d ' ') in
  62) architecture=amd64 ;;
  183) architecture=arm64 ;;
  *) die "'$published' holds no program 'voiceworker' for x64 or arm64" ;;
esac
[[ -e $published/libcoreclr.so ]] || die "'$published' has no .NET runtime in it; publish it with --self-contained"

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
chmod 755 "$stage"
"$repository/deploy/systemd/install.sh" --root "$stage" "$published"
install -d "$stage/DEBIAN"
install -m 755 "$here/postinst" "$here/prerm" "$here/postrm" "$stage/DEBIAN"
echo /etc/voiceworker/appsettings.json >"$stage/DEBIAN/conffiles"
install -D -m 644 "$repository/LICENSE" "$stage/usr/share/doc/voiceworker/copyright"
install -m 644 "$repository/THIRD-PARTY-NOTICES.md" "$stage/usr/share/doc/voiceworker"
sed -e "s/@version@/$version/" -e "s/@architecture@/$architecture/" -e "s/@size@/$(du -sk --exclude=DEBIAN "$stage" | cut -f1)/" \
  "$here/control.in" >"$stage/DEBIAN/control"

package=$output/voiceworker_${version}_$architecture.deb
dpkg-deb --root-owner-group --build "$stage" "$package" >/dev/null
echo "$package"
