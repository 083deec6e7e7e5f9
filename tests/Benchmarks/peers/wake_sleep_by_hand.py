"""Wake-sleep, 784-200-200, batch 100, plain gradient ascent, written by hand for speed: the peer to beat.

One step is what DreamViz's step is: a new batch of bits is gathered; wake: h1 and h2 are drawn from the recognition
network, and theta (weights, biases, prior) follows the gradient of log p(x, h1, h2); sleep: h2, h1 and x are dreamed, and
lambda follows the gradient of log q(h1, h2 | x). For a Bernoulli layer with logits a the gradient is y - sigmoid(a).

What makes it fast: no autograd (inference mode); every tensor is allocated once (out=, in-place operations); a product and
its bias are one addmm, with the weights stored as [in, out] so that no operand has to be transposed in memory; the learning
rate and the mean over the batch are addmm_'s alpha, so that there is no gradient in memory and no optimizer; the error is
formed in place in the logits; bias updates are matrix-vector products. Uniform numbers come from numpy's SFC64 written into
the tensor that becomes the bits (u < p in place, as floats, ready for the next product); PyTorch's own elementwise kernels
are told to use 512-bit vectors where the processor has them, and denormals are flushed.

Tried on a Zen 4 server (one core: 3.0 to 3.4 ms a step, 2.4 of them in OpenBLAS's products near the multiply-add peak; two
cores: 2.3 to 2.6 ms), interleaved; microseconds are those of the {B, 784} layer on one core:
  drawing bits    torch.bernoulli 1007; uniform_ and lt_ 235; numpy's Philox 391, MT19937 278, PCG64 179, SFC64 152: kept.
                  u * (1 + exp(-a)) < 1 needs more passes than sigmoid_ (53) and lt_ (6). Xorshift in integer tensors 140,
                  but needs a conversion too; SFC64's raw words compared as integers: slower. A tensor of linear
                  congruential generators saves 3% of the step; its lanes depend on each other: left out
  512-bit vectors in PyTorch's kernels    5% of the step: kept
  torch.jit.script on all between two draws; no_grad in place of inference mode    no difference
  x @ W as a sum of active rows (embedding_bag)    193 against 310, lost again when the lists are gathered: no difference
  biases as one more row of the weights; oneDNN's product; OpenBLAS forced to its Haswell or Zen kernels    no gain
  two cores       OpenBLAS's OpenMP build with passive waiting 1.3 times as long as its own threads; one thread for PyTorch's
                  own kernels, or the next step's random numbers drawn in a second Python thread: no gain
"""
import peer

arguments = peer.start(__doc__.splitlines()[0], widest_vectors=True)

import numpy
import torch

BATCH, UNITS, H1, H2 = peer.BATCH, peer.UNITS, 200, 200


class WakeSleep:
    """theta: p(h2) prior, h1 | h2 top, x | h1 bottom. lambda: h1 | x first, h2 | h1 second."""

    def __init__(self, data, rate):
        self.data, self.minibatches, self.rate = data, peer.Minibatches(len(data)), rate / BATCH
        self.prior = torch.zeros(H2)
        self.top, self.top_bias = 0.05 * torch.randn(H2, H1), torch.zeros(H1)
        self.bottom, self.bottom_bias = 0.05 * torch.randn(H1, UNITS), torch.logit(data.mean(0), eps=0.001)
        self.first, self.first_bias = 0.05 * torch.randn(UNITS, H1), torch.zeros(H1)
        self.second, self.second_bias = 0.05 * torch.randn(H1, H2), torch.zeros(H2)
        self.x, self.logits_x = torch.empty(BATCH, UNITS), torch.empty(BATCH, UNITS)
        self.h1, self.logits_1 = torch.empty(BATCH, H1), torch.empty(BATCH, H1)
        self.h2, self.logits_2 = torch.empty(BATCH, H2), torch.empty(BATCH, H2)
        self.prior_means, self.ones = torch.empty(H2), torch.ones(BATCH)
        self.random = numpy.random.Generator(numpy.random.SFC64(torch.initial_seed()))

    def step(self):
        torch.index_select(self.data, 0, self.minibatches.next(), out=self.x)
        self.explain()
        self.learn_generative()
        self.dream()
        self.learn_recognition()

    def draw(self, bits, means):
        """Overwrites bits with ones of these probabilities."""
        self.random.random(dtype=numpy.float32, out=bits.numpy())
        bits.lt_(means)

    def explain(self):
        self.draw(self.h1, torch.addmm(self.first_bias, self.x, self.first, out=self.logits_1).sigmoid_())
        self.draw(self.h2, torch.addmm(self.second_bias, self.h1, self.second, out=self.logits_2).sigmoid_())

    def learn_generative(self):
        rate = self.rate
        error_1 = torch.addmm(self.top_bias, self.h2, self.top, out=self.logits_1).sigmoid_().sub_(self.h1)
        error_x = torch.addmm(self.bottom_bias, self.h1, self.bottom, out=self.logits_x).sigmoid_().sub_(self.x)
        self.top.addmm_(self.h2.t(), error_1, alpha=-rate)
        self.top_bias.addmv_(error_1.t(), self.ones, alpha=-rate)
        self.bottom.addmm_(self.h1.t(), error_x, alpha=-rate)
        self.bottom_bias.addmv_(error_x.t(), self.ones, alpha=-rate)
        torch.sigmoid(self.prior, out=self.prior_means)
        self.prior.add_(self.prior_means, alpha=-rate * BATCH).addmv_(self.h2.t(), self.ones, alpha=rate)

    def dream(self):
        self.draw(self.h2, torch.sigmoid(self.prior, out=self.prior_means))
        self.draw(self.h1, torch.addmm(self.top_bias, self.h2, self.top, out=self.logits_1).sigmoid_())
        self.draw(self.x, torch.addmm(self.bottom_bias, self.h1, self.bottom, out=self.logits_x).sigmoid_())

    def learn_recognition(self):
        rate = self.rate
        error_1 = torch.addmm(self.first_bias, self.x, self.first, out=self.logits_1).sigmoid_().sub_(self.h1)
        error_2 = torch.addmm(self.second_bias, self.h1, self.second, out=self.logits_2).sigmoid_().sub_(self.h2)
        self.first.addmm_(self.x.t(), error_1, alpha=-rate)
        self.first_bias.addmv_(error_1.t(), self.ones, alpha=-rate)
        self.second.addmm_(self.h1.t(), error_2, alpha=-rate)
        self.second_bias.addmv_(error_2.t(), self.ones, alpha=-rate)


    def parameters(self):
        """theta: prior, top, bottom; lambda: first, second; every bias after its weights."""
        return [self.prior, self.top, self.top_bias, self.bottom, self.bottom_bias], [
            self.first, self.first_bias, self.second, self.second_bias]


def pairs(model, other):
    """Each parameter with the autograd script's, which keeps its weights as [out, in]."""
    for network, values in zip((other.generative, other.recognition), model.parameters()):
        for target, value in zip(network.parameters(), values, strict=True):
            yield target.data, value.t() if value.dim() == 2 else value


def hand_over(model, other):
    """Copies the parameters into the autograd script's networks."""
    for target, value in pairs(model, other):
        target.copy_(value)


def check_phase(model, other, phase, optimizer, network):
    """For the same bits a phase moves the parameters as the autograd script does."""
    from wake_sleep_autograd import learn

    before = [value.clone() for _, value in pairs(model, other)]
    phase()
    learn(optimizer, network.surprise(model.x, model.h1, model.h2))
    step = max((value - old).abs().max().item() for old, (_, value) in zip(before, pairs(model, other)))
    difference = max((target - value).abs().max().item() for target, value in pairs(model, other))
    peer.expect(difference < 1e-4 * step, f"{phase.__name__} moves by up to {step:.1e}, as autograd within {difference:.1e}")


def check_bits(model, mean=0.3, draws=200):
    """Bits have the mean that was asked for."""
    total = 0.0
    for _ in range(draws):
        model.draw(model.h2, torch.full((H2,), mean))
        total += model.h2.mean().item()
    peer.expect(abs(total / draws - mean) < 0.001, f"bits of mean {mean} have the mean {total / draws:.4f}")


def check_learning(model, other):
    """The bound rises; the autograd script estimates it."""

    def elbo():
        hand_over(model, other)
        return other.elbo()

    peer.expect_learning(model.step, elbo)


def check():
    from wake_sleep_autograd import WakeSleep as Autograd

    model, other = WakeSleep(peer.noise(), rate=0.5), Autograd(peer.noise(), rate=0.5)
    hand_over(model, other)
    torch.index_select(model.data, 0, model.minibatches.next(), out=model.x)
    model.explain()
    check_phase(model, other, model.learn_generative, other.generative_optimizer, other.generative)
    model.dream()
    check_phase(model, other, model.learn_recognition, other.recognition_optimizer, other.recognition)
    check_bits(model)
    data = peer.bars()
    check_learning(WakeSleep(data, rate=0.15), Autograd(data, rate=0.15))


torch.set_flush_denormal(True)
if arguments.check:
    check()
else:
    with torch.inference_mode():
        peer.serve(arguments, WakeSleep(peer.noise(), rate=0.15).step)
