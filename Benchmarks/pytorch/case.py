"""A network with the data, the loss and the optimizer of its benchmark."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import nn


@dataclass(frozen=True)
class Case:
    network: Callable[..., nn.Module]
    """Makes the network from the points that it shall pass."""
    batch: Callable[[], tuple[tuple[torch.Tensor, ...], torch.Tensor]]
    """Draws the network's inputs and the target."""
    loss: Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
    optimizer: Callable[..., torch.optim.Optimizer]
    """Makes the optimizer from the parameters and `fused`."""
    sparse: "Case | None" = None
    """The same with sparse gradients of its tables, where it has some."""
