"""Where layers end and where the error is read: all that a network knows of its training method."""

import torch


class Points:
    """What backpropagation does at the points: nothing."""

    def layer_end(self, x):
        """Passes on the output of a layer that DFA trains by a feedback of its own."""
        return x

    def branch(self, x):
        """Passes on what a tower shares with a branch that trains it by its true gradient."""
        return x

    def error(self, x):
        """Passes on the tensor whose gradient is the error that DFA projects."""
        return x

    def backward(self, loss):
        loss.backward()


class DetachedPoints(Points):
    """Direct Feedback Alignment as published implementations do it.

    After each point the network goes on from a detached leaf. The leaf requires a gradient, so autograd
    computes the gradient of every layer's input, and nobody reads it. One random matrix, shared by all
    points, projects the error; each point has one backward call, with as many columns of the projection as it
    is wide.
    """

    def __init__(self):
        self.outputs = []
        self.groups = []  # the points of each network, with the tensor whose gradient is their error
        self.feedback = []

    def layer_end(self, x):
        self.outputs.append(x)
        return x.detach().requires_grad_()

    def branch(self, x):
        return x.detach()

    def error(self, x):
        x.retain_grad()
        self.groups.append((x, self.outputs))
        self.outputs = []
        return x

    def backward(self, loss):
        loss.backward()  # ends at the leaves: trains what is above the points, by its true gradient
        for index, (source, outputs) in enumerate(self.groups):
            error = source.grad
            if index == len(self.feedback):
                widest = max(output.shape[-1] for output in outputs)
                self.feedback.append(torch.empty(error.shape[-1], widest, device=error.device).uniform_(-1, 1))
            projection = error @ self.feedback[index]
            for output in outputs:
                width = output.shape[-1]
                output.backward(projection[..., :width] / width**0.5)
        self.groups.clear()
