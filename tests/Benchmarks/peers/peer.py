"""What every peer has in common: the libraries' settings, the data, and the answers to the benchmark.

A peer prints one line about itself, then answers every line "run N" on standard input with the seconds that N training
steps took, and ends at the end of input. With --check it tests itself instead and says so by its exit code.
"""
import argparse
import ctypes
import os
import sys
import time

EXAMPLES, UNITS, DENSITY, BATCH = 2000, 784, 0.175, 100


def start(description, widest_vectors=False):
    """Reads the command line, then sets what the libraries read only once, when they are loaded: call it before torch is
    imported. OpenBLAS is left to choose its kernels for the processor that is there."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--check", action="store_true", help="test gradients and learning instead of measuring")
    arguments = parser.parse_args()
    for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
        os.environ.pop(name, None)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = str(arguments.threads)
    # Waiting threads sleep at once, OpenBLAS's after 2^24 ticks of the processor's clock, about 7 ms, in place of 100: far
    # beyond any gap within a step, and soon enough not to slow who computes next.
    os.environ["OMP_WAIT_POLICY"] = "passive"
    os.environ["OPENBLAS_THREAD_TIMEOUT"] = "24"
    if widest_vectors and has_avx512():
        os.environ["ATEN_CPU_CAPABILITY"] = "avx512"
    return arguments


def has_avx512():
    """Whether PyTorch's own kernels may use 512-bit vectors; unasked, version 1.13 stays at 256."""
    try:
        with open("/proc/cpuinfo", encoding="ascii", errors="replace") as lines:
            flags = next((line.split() for line in lines if line.startswith("flags")), [])
    except OSError:
        return False
    return {"avx512f", "avx512vl", "avx512bw", "avx512dq", "fma"}.issubset(flags)


class SymbolInfo(ctypes.Structure):
    """Dl_info of dladdr."""

    _fields_ = [("file", ctypes.c_char_p), ("base", ctypes.c_void_p), ("name", ctypes.c_char_p), ("address", ctypes.c_void_p)]


def mapped(name):
    """The path of the library of this name that this process has loaded."""
    with open("/proc/self/maps", encoding="utf-8") as lines:
        return next(line.split(maxsplit=5)[-1].strip() for line in lines if os.path.basename(line.strip()).startswith(name))


def file_of(function):
    """The file that a C function was loaded from."""
    info = SymbolInfo()
    ctypes.CDLL(None).dladdr(ctypes.cast(function, ctypes.c_void_p), ctypes.byref(info))
    return info.file.decode()


def blas():
    """Which library multiplies for PyTorch. Ends the program where it is none that is made for speed, such as the reference
    BLAS: that would be no peer. Other programs' libraries may be mapped beside it, so PyTorch's own sgemm_ is asked."""
    import torch

    if torch.backends.mkl.is_available():
        return "MKL"
    path = file_of(ctypes.CDLL(mapped("libtorch_cpu")).sgemm_)
    library = ctypes.CDLL(path)
    if not hasattr(library, "openblas_get_corename"):
        sys.exit(f"expected PyTorch on OpenBLAS (Debian: libopenblas0-pthread) or MKL, found {path}")
    library.openblas_get_corename.restype = ctypes.c_char_p
    return f"OpenBLAS with kernels for {library.openblas_get_corename().decode()}"


def noise(count=EXAMPLES):
    """[count, 784] independent bits as floats, 17.5% ones."""
    import torch

    return (torch.rand(count, UNITS) < DENSITY).float()


class Minibatches:
    """Which examples come next: a new random order every epoch, BATCH at a time."""

    def __init__(self, count):
        self.count = count
        self.position = count

    def next(self):
        """[BATCH] indices."""
        import torch

        if self.position + BATCH > self.count:
            self.order, self.position = torch.randperm(self.count), 0
        self.position += BATCH
        return self.order[self.position - BATCH:self.position]


def serve(arguments, step):
    """Says who this is, then takes steps as told; one more before them, untimed, brings back to the caches what others
    evicted meanwhile."""
    import torch

    torch.set_num_threads(arguments.threads)
    library = blas()
    print(f"PyTorch {torch.__version__}, threads {torch.get_num_threads()}, {library}", flush=True)
    for line in sys.stdin:
        command, _, count = line.strip().partition(" ")
        if command != "run" or not count.isdecimal():
            sys.exit(f"expected 'run N', found '{line.strip()}'")
        step()
        started = time.perf_counter()
        for _ in range(int(count)):
            step()
        print(repr(time.perf_counter() - started), flush=True)


def bars(count=1000):
    """[count, 784] pictures that can be learned: 28 horizontal bars, each on with probability 0.175, and 1% of the bits
    flipped."""
    import torch

    clean = (torch.rand(count, 28, 1) < DENSITY).expand(count, 28, 28).reshape(count, UNITS)
    return (clean ^ (torch.rand(count, UNITS) < 0.01)).float()


def expect(passed, what):
    """Prints what was tested; ends the program where it failed."""
    print(f"{'passed' if passed else 'FAILED'}: {what}", flush=True)
    if not passed:
        sys.exit(1)


def expect_learning(step, elbo, steps=400, gain=20.0):
    """The bound, in nats an example, is far higher after these steps than before."""
    before = elbo()
    for _ in range(steps):
        step()
    after = elbo()
    expect(after > before + gain, f"ELBO {before:.1f} before and {after:.1f} after {steps} steps")
