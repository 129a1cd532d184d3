#!/usr/bin/env python3
"""Writes src/VoiceWorker.Contract/Texts/unicode.txt from the Unicode Character Database (Debian: unicode-data).

.NET has no normalization in invariant mode. The lines, in hexadecimal code points:
  300-314 230        canonical combining class
  c0 41+300          canonical decomposition, composed again
  340 =300           canonical decomposition, never composed again (a singleton or an exclusion)
  ff21-ff3a ~41      the plain form of letters that differ in width or font, and of Latin ligatures; ranges run in step
"""
import pathlib
import sys

SOURCE = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode")
TARGET = pathlib.Path(__file__).parent.parent / "src/VoiceWorker.Contract/Texts/unicode.txt"


def lines(name):
    for line in (SOURCE / name).read_text(encoding="utf-8").splitlines():
        line = line.split("#")[0].strip()
        if line:
            yield line


def ranges(pairs, step):
    """Joins neighbours: the same value for all (step 0), or values that rise with the code points (step 1)."""
    found = []
    for code, value in pairs:
        if found and found[-1][1] == code - 1 and found[-1][2] + step * (code - found[-1][0]) == value:
            found[-1][1] = code
        else:
            found.append([code, code, value])
    return found


def span(first, last):
    return f"{first:x}" if first == last else f"{first:x}-{last:x}"


version = (SOURCE / "NormalizationCorrections.txt").read_text(encoding="utf-8").split("\n")[0].split("-")[1].removesuffix(".txt")
excluded = {int(line, 16) for line in lines("CompositionExclusions.txt")}
rows = [line.split(";") for line in lines("UnicodeData.txt")]
classes = {int(row[0], 16): int(row[3]) for row in rows if row[3] != "0"}
output = [f"# Made by eng/unicode-data.py from Unicode {version}. Copyright 1991-2022 Unicode, Inc., see THIRD-PARTY-NOTICES.md."]
output += [f"{span(first, last)} {value}" for first, last, value in ranges(sorted(classes.items()), 0)]
plain = []
for row in rows:
    code, mapping = int(row[0], 16), row[5].split()
    if not mapping:
        continue
    if mapping[0].startswith("<"):
        if mapping[0] in ("<wide>", "<narrow>", "<font>") and len(mapping) == 2:
            plain.append((code, int(mapping[1], 16)))
        elif 0xFB00 <= code <= 0xFB06:
            output.append(f"{code:x} ~{'+'.join(part.lstrip('0').lower() for part in mapping[1:])}")
        continue
    parts = [int(part, 16) for part in mapping]
    composed = len(parts) == 2 and code not in excluded and parts[0] not in classes and code not in classes
    output.append(f"{code:x} {'' if composed else '='}{'+'.join(f'{part:x}' for part in parts)}")
output += [f"{span(first, last)} ~{value:x}" for first, last, value in ranges(plain, 1)]
TARGET.write_text("\n".join(output) + "\n", encoding="utf-8")
print(f"{TARGET}: {len(output)} lines")
