"""The benchmark networks in PyTorch, a file per family, and the methods that train them."""
