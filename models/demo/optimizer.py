"""Muon for the weight matrices, AdamW for all else.

Muon (Jordan et al. 2024) makes each matrix's momentum orthogonal by a few Newton-Schulz iterations, so that rare
directions learn as fast as common ones; it needs about two thirds of AdamW's steps. The workers share the iterations.
"""

import torch
import torch.distributed as dist

MATRIX_RATE, OTHER_RATE = 0.02, 2e-3
MOMENTUM = 0.95
DECAY = 0.01


def orthogonal(matrix, precision, iterations=5):
    a, b, c = 3.4445, -4.7750, 2.0315
    x = (matrix / (matrix.norm() + 1e-7)).to(precision)
    tall = x.shape[0] > x.shape[1]
    x = x.t() if tall else x
    for _ in range(iterations):
        square = x @ x.t()
        x = a * x + (b * square + c * square @ square) @ x
    return (x.t() if tall else x).float()


class Optimizer:
    def __init__(self, net, rank, workers, precision):
        """`precision` is that of the iterations; bfloat16 is enough (Jordan et al.)."""
        self.rank, self.workers, self.precision = rank, workers, precision
        self.matrices, others = [], []
        for name, parameter in net.named_parameters():
            hidden = ".blocks." in name and parameter.dim() == 2
            (self.matrices if hidden else others).append(parameter)
        self.momentum = [torch.zeros_like(p) for p in self.matrices]
        self.adam = torch.optim.AdamW(others, lr=OTHER_RATE, betas=(0.9, 0.98), weight_decay=DECAY)

    def step(self, scale):
        """One update of the parameters that have a gradient, at `scale` times the full learning rate."""
        for group in self.adam.param_groups:
            group["lr"] = OTHER_RATE * scale
        self.adam.step()
        updates = []
        with torch.no_grad():
            learning = [(p, m) for p, m in zip(self.matrices, self.momentum) if p.grad is not None]
            for i, (parameter, momentum) in enumerate(learning):
                momentum.mul_(MOMENTUM).add_(parameter.grad)
                if i % self.workers == self.rank:
                    nesterov = parameter.grad + MOMENTUM * momentum
                    updates.append(orthogonal(nesterov, self.precision).flatten())
                else:
                    updates.append(torch.zeros(parameter.numel()))
            together = torch.cat(updates)
            if self.workers > 1:
                dist.all_reduce(together)
            for (parameter, _), update in zip(learning, together.split([p.numel() for p, _ in learning])):
                rows, columns = parameter.shape
                rate = MATRIX_RATE * scale * max(1, rows / columns) ** 0.5
                parameter.mul_(1 - MATRIX_RATE * scale * DECAY).add_(update.view_as(parameter), alpha=-rate)

    def state(self):
        return {"adam": self.adam.state_dict(), "momentum": self.momentum}

    def load(self, state):
        self.adam.load_state_dict(state["adam"])
        for mine, saved in zip(self.momentum, state["momentum"]):
            mine.copy_(saved)
