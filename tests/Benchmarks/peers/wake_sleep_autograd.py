"""Wake-sleep, 784-200-200, batch 100, plain SGD, as a good PyTorch user writes it: modules, autograd, an optimizer.

One step is what DreamViz's step is: a new batch of bits is gathered; wake: h1 and h2 are drawn from the recognition network,
and the generative network follows the gradient of log p(x, h1, h2); sleep: h2, h1 and x are dreamed, and the recognition
network follows the gradient of log q(h1, h2 | x). The losses are means over the batch of summed binary cross-entropies with
logits; drawing is torch.bernoulli and needs no gradient. Nothing is slowed down on purpose and nothing is tuned.
"""
import peer

arguments = peer.start(__doc__.splitlines()[0])

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits

BATCH, UNITS, H1, H2 = peer.BATCH, peer.UNITS, 200, 200


def surprise(logits, bits):
    """-log p(bits) of independent Bernoulli units, summed over units, averaged over the batch, in nats."""
    return binary_cross_entropy_with_logits(logits, bits, reduction="sum") / len(bits)


def draw(logits):
    return torch.bernoulli(torch.sigmoid(logits))


def small_linear(inputs, outputs):
    """Weights from N(0, 0.05^2), no bias yet."""
    linear = nn.Linear(inputs, outputs)
    nn.init.normal_(linear.weight, std=0.05)
    nn.init.zeros_(linear.bias)
    return linear


class Generative(nn.Module):
    """p(h2) p(h1 | h2) p(x | h1)."""

    def __init__(self, means):
        super().__init__()
        self.prior = nn.Parameter(torch.zeros(H2))
        self.top = small_linear(H2, H1)
        self.bottom = small_linear(H1, UNITS)
        with torch.no_grad():
            self.bottom.bias.copy_(torch.logit(means, eps=0.001))

    @torch.no_grad()
    def sample(self, count):
        h2 = draw(self.prior.expand(count, H2))
        h1 = draw(self.top(h2))
        return draw(self.bottom(h1)), h1, h2

    def surprise(self, x, h1, h2):
        """-log p(x, h1, h2)."""
        return surprise(self.prior.expand_as(h2), h2) + surprise(self.top(h2), h1) + surprise(self.bottom(h1), x)


class Recognition(nn.Module):
    """q(h1 | x) q(h2 | h1)."""

    def __init__(self):
        super().__init__()
        self.first = small_linear(UNITS, H1)
        self.second = small_linear(H1, H2)

    @torch.no_grad()
    def sample(self, x):
        h1 = draw(self.first(x))
        return h1, draw(self.second(h1))

    def surprise(self, x, h1, h2):
        """-log q(h1, h2 | x)."""
        return surprise(self.first(x), h1) + surprise(self.second(h1), h2)


def learn(optimizer, loss):
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


class WakeSleep:
    def __init__(self, data, rate):
        self.data, self.minibatches = data, peer.Minibatches(len(data))
        self.generative, self.recognition = Generative(data.mean(0)), Recognition()
        self.generative_optimizer = torch.optim.SGD(self.generative.parameters(), lr=rate)
        self.recognition_optimizer = torch.optim.SGD(self.recognition.parameters(), lr=rate)

    def step(self):
        x = self.data[self.minibatches.next()]
        learn(self.generative_optimizer, self.generative.surprise(x, *self.recognition.sample(x)))
        learn(self.recognition_optimizer, self.recognition.surprise(*self.generative.sample(BATCH)))

    @torch.no_grad()
    def elbo(self):
        """E log p(x, h1, h2) - log q(h1, h2 | x) on all data, one draw of each example, in nats."""
        h1, h2 = self.recognition.sample(self.data)
        return (self.recognition.surprise(self.data, h1, h2) - self.generative.surprise(self.data, h1, h2)).item()


if __name__ == "__main__":
    if arguments.check:
        model = WakeSleep(peer.bars(), rate=0.15)
        peer.expect_learning(model.step, model.elbo)
    else:
        peer.serve(arguments, WakeSleep(peer.noise(), rate=0.15).step)
