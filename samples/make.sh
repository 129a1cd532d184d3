#!/usr/bin/env bash
# Makes the sample recordings. Needs espeak-ng and ffmpeg (with libopus and libmp3lame).
set -euo pipefail
cd "$(dirname "$0")"

say() { # voice, words a minute, text; WAV on standard output
  espeak-ng -v "$1" -s "$2" -b 1 --stdin --stdout <<<"$3"
}

convert() { # file name, then ffmpeg's output options; WAV on standard input
  local file=$1
  shift
  ffmpeg -nostdin -hide_banner -loglevel error -y -f wav -i pipe:0 -map_metadata -1 -fflags +bitexact -flags:a +bitexact "$@" "$file"
}

say en-us 150 "where is the hospital" | convert en-1.wav -c:a pcm_s16le
say en-gb 150 "the coffee is very hot" | convert en-2.mp3 -c:a libmp3lame -b:a 48k
say en-us+f3 145 "the house is very big" | convert en-3.ogg -c:a libopus -application voip -b:a 24k
say es 150 "busco un hotel barato" | convert es-1.webm -c:a libopus -b:a 24k -live 1
say es+f2 145 "el hotel es muy caro" | convert es-2.m4a -c:a aac -b:a 48k
say es 140 "el café es muy caliente" | convert es-3.flac -c:a flac
