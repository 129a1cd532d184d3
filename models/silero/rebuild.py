#!/usr/bin/python3
"""Builds silero_vad_v6_16k.onnx from Silero's silero_vad_v6.onnx: the same weights, for whole recordings at a time.

Silero's network takes one frame of 512 samples (with the 64 before it) a run, and most of a run is overhead. Everything
in it but the LSTM sees one frame only, so here all frames go through it as matrix products, then once through the LSTM.
Only the branch for 16 kHz is taken.

    ./rebuild.py silero_vad_v6.onnx [silero_vad_v6_16k.onnx]

Needs onnx and numpy (Debian: python3-onnx).

Inputs: samples [64 + 512 n], mono at 16 kHz in -1..1, the first 64 of them being those before the frames (zeros at the
beginning of a recording); h and c [1, 1, 128], the LSTM's state (zeros at the beginning). Outputs: probabilities [n];
next_h, next_c.
"""
import hashlib
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SHA_256 = "1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3"
WEIGHTS = "If_0_then_branch__Inline_0__"
BINS = 129


def read_weights(path):
    data = open(path, "rb").read()
    if hashlib.sha256(data).hexdigest() != SHA_256:
        sys.exit(f"{path} is not the file that this script knows")
    choice = next(node for node in onnx.load_from_string(data).graph.node if node.op_type == "If")
    branch = next(a.g for a in choice.attribute if a.name == "then_branch")
    return {
        node.output[0].removeprefix(WEIGHTS): numpy_helper.to_array(node.attribute[0].t)
        for node in branch.node if node.op_type == "Constant" and node.output[0].startswith(WEIGHTS)
    }


class Graph:
    def __init__(self):
        self.nodes, self.constants = [], []

    def constant(self, array):
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, op, *inputs, outputs=None, **attributes):
        outputs = outputs or [f"v{len(self.nodes)}"]
        inputs = [i if isinstance(i, str) else self.constant(i) for i in inputs]
        self.nodes.append(helper.make_node(op, inputs, outputs, name=f"n{len(self.nodes)}", **attributes))
        return outputs[0]

    def slice(self, x, start, end, axis):
        return self.node("Slice", x, np.array([start]), np.array([end]), np.array([axis]))

    def reshape(self, x, *shape, outputs=None):
        return self.node("Reshape", x, np.array(shape), outputs=outputs)

    def concat(self, *parts):
        return self.node("Concat", *parts, axis=1)


def build(w):
    g = Graph()
    # A frame is the 64 samples before it and its own 512: a row of 512, and the last 64 of the row that is 64 later.
    rows = g.reshape(g.slice("samples", 0, -64, 0), -1, 512)
    ends = g.slice(g.reshape(g.slice("samples", 64, 2**62, 0), -1, 512), 448, 512, 1)

    # Spectrum: four windows of 256, one every 128; the last 64 samples of the fourth mirror those before them.
    basis = w["stft.forward_basis_buffer"][:, 0, :].T
    mirrored = basis[:192].copy()
    for i in range(64):
        mirrored[190 - i] += basis[192 + i]
    windows = g.reshape(g.concat(*[g.slice(rows, start, start + 256, 1) for start in (0, 128, 256)]), -1, 256)
    first = g.reshape(g.node("MatMul", windows, basis), -1, 3 * 2 * BINS)
    last = g.node("MatMul", g.concat(g.slice(rows, 384, 512, 1), ends), mirrored)
    spectrum = g.reshape(g.concat(first, last), -1, 2 * BINS)
    real, imaginary = g.slice(spectrum, 0, BINS, 1), g.slice(spectrum, BINS, 2 * BINS, 1)
    power = g.node("Add", g.node("Mul", real, real), g.node("Mul", imaginary, imaginary))
    size = g.reshape(g.node("Sqrt", power), -1, 4 * BINS)

    def taps(layer, *wanted):
        kernel = w[f"encoder.{layer}.reparam_conv.weight"]
        return np.concatenate([kernel[:, :, k].T for k in wanted])

    def bias(layer):
        return w[f"encoder.{layer}.reparam_conv.bias"]

    def layer(x, weights, biases):
        return g.node("Relu", g.node("Gemm", x, weights, biases))

    # Convolutions of width 3, padded by 1: four positions, then (stride 2) two, then one.
    padded = g.node("Pad", size, np.array([0, BINS, 0, BINS]))
    beside = g.concat(*[g.slice(padded, p * BINS, (p + 3) * BINS, 1) for p in range(4)])
    x = g.reshape(layer(g.reshape(beside, -1, 3 * BINS), taps(0, 0, 1, 2), bias(0)), -1, 4 * 128)
    x = g.concat(
        layer(g.slice(x, 0, 256, 1), taps(1, 1, 2), bias(1)),
        layer(g.slice(x, 128, 512, 1), taps(1, 0, 1, 2), bias(1)))
    x = layer(x, taps(2, 1, 2), bias(2))
    x = layer(x, taps(3, 1), bias(3))

    def gates(name):
        # PyTorch has input, forget, cell, output; ONNX has input, output, forget, cell.
        i, f, c, o = np.split(w[f"decoder.rnn.{name}"], 4)
        return np.concatenate([i, o, f, c])

    y = g.node(
        "LSTM", g.reshape(x, -1, 1, 128), gates("weight_ih")[None], gates("weight_hh")[None],
        np.concatenate([gates("bias_ih"), gates("bias_hh")])[None], "", "h", "c",
        outputs=["states", "next_h", "next_c"], hidden_size=128)
    y = g.node("Gemm", g.node("Relu", g.reshape(y, -1, 128)), w["decoder.decoder.2.weight"][0], w["decoder.decoder.2.bias"])
    g.reshape(g.node("Sigmoid", y), -1, outputs=["probabilities"])

    def value(name, *shape):
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)

    state = (1, 1, 128)
    graph = helper.make_graph(
        g.nodes, "silero_vad_v6_16k",
        [value("samples", "samples"), value("h", *state), value("c", *state)],
        [value("probabilities", "frames"), value("next_h", *state), value("next_c", *state)],
        g.constants, doc_string="Weights of Silero VAD v6, Copyright (c) 2020-present Silero Team, MIT licence.")
    model = helper.make_model(graph, producer_name="models/silero/rebuild.py", ir_version=8, opset_imports=[helper.make_opsetid("", 16)])
    onnx.checker.check_model(model)
    return model


if __name__ == "__main__":
    onnx.save(build(read_weights(sys.argv[1])), sys.argv[2] if len(sys.argv) > 2 else "silero_vad_v6_16k.onnx")
