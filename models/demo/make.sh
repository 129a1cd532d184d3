#!/bin/sh
# Makes the demo model from nothing: make.sh DATA RUN [STEPS]
set -e
data=$1 run=$2 steps=${3:-22500}
cd "$(dirname "$0")"
/usr/bin/python3 dataset.py test 1200 "$data"
/usr/bin/python3 dataset.py handwritten 400 "$data"
/usr/bin/python3 dataset.py train 90000 "$data"
sh run.sh train.py "$data" "$run" --stop "$steps" --cooldown-from $((steps / 4))
/usr/bin/python3 export.py "$run/last.pt" "$run/ggml-demo-en-es.bin"
/usr/bin/python3 evaluate.py "$data" "$run/ggml-demo-en-es.bin"
