"""NVIL, 784-200, batch 100, Adam, as a good PyTorch user writes it: modules, autograd, an optimizer.

One step is what DreamViz's step is: a new batch of bits is gathered; h is drawn once for every example from the recognition
network; the learning signal is f = log p(x, h) - log q(h | x); the baseline network C(x), 784-100-1 with tanh, follows the
gradient of the squared centered signal; the running mean of f - C(x) over past batches is taken off and the rest divided by
its running standard deviation where that is above 1; theta follows the gradient of log p and lambda that of log q times the signal. One
backward pass gives all gradients, as each loss reaches only its own parameters.
Source: Mnih and Gregor, "Neural variational inference and learning in belief networks", 2014.
"""
import peer

arguments = peer.start(__doc__.splitlines()[0])

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits

BATCH, UNITS, H, BASELINE = peer.BATCH, peer.UNITS, 200, 100
DECAY = 0.9


def log_probability(logits, bits):
    """[B] log p(bits) of independent Bernoulli units, in nats."""
    return -binary_cross_entropy_with_logits(logits, bits, reduction="none").sum(1)


def small_linear(inputs, outputs):
    """Weights from N(0, 0.05^2), no bias yet."""
    linear = nn.Linear(inputs, outputs)
    nn.init.normal_(linear.weight, std=0.05)
    nn.init.zeros_(linear.bias)
    return linear


class Nvil(nn.Module):
    def __init__(self, data, rate):
        super().__init__()
        self.data, self.minibatches = data, peer.Minibatches(len(data))
        self.prior = nn.Parameter(torch.zeros(H))
        self.generative = small_linear(H, UNITS)
        self.recognition = small_linear(UNITS, H)
        self.baseline = nn.Sequential(small_linear(UNITS, BASELINE), nn.Tanh(), small_linear(BASELINE, 1))
        with torch.no_grad():
            self.generative.bias.copy_(torch.logit(data.mean(0), eps=0.001))
        self.optimizer = torch.optim.Adam(self.parameters(), lr=rate)
        self.mean, self.variance = 0.0, None

    def log_joint(self, x, h):
        return log_probability(self.prior.expand_as(h), h) + log_probability(self.generative(h), x)

    def step(self):
        x = self.data[self.minibatches.next()]
        logits = self.recognition(x)
        h = torch.bernoulli(torch.sigmoid(logits.detach()))
        log_p, log_q = self.log_joint(x, h), log_probability(logits, h)
        centered = (log_p - log_q).detach() - self.baseline(x).squeeze(1)
        signal = (centered.detach() - self.mean) / max(1.0, (self.variance or 0.0) ** 0.5)
        loss = (centered - self.mean).square().mean() - log_p.mean() - (signal * log_q).mean()
        self.observe(centered.detach())
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()

    def observe(self, centered):
        """Moves the running statistics towards those of f - C(x) in this batch."""
        decay = 0.0 if self.variance is None else DECAY
        self.mean = decay * self.mean + (1 - decay) * centered.mean().item()
        self.variance = decay * (self.variance or 0.0) + (1 - decay) * centered.var(unbiased=False).item()

    @torch.no_grad()
    def elbo(self):
        """E log p(x, h) - log q(h | x) on all data, one draw of each example, in nats."""
        logits = self.recognition(self.data)
        h = torch.bernoulli(torch.sigmoid(logits))
        return (self.log_joint(self.data, h) - log_probability(logits, h)).mean().item()


if arguments.check:
    model = Nvil(peer.bars(), rate=1e-3)
    peer.expect_learning(model.step, model.elbo)
else:
    peer.serve(arguments, Nvil(peer.noise(), rate=1e-3).step)
