"""PyTorch's side of the GPU benchmarks: answers requests, one line of JSON each, on standard output.

    python3 peer.py cuda|cpu                        requests on standard input, until it ends
    python3 peer.py cuda|cpu --first-step FOLDER    one training step, then exit: its whole life is timed from outside

TF32 is off throughout. What cannot be done answers {"error": "why"}; nothing is estimated.
"""

import json
import math
import os
import sys
import time

device_name = sys.argv[1]
# Whatever a library prints must not get between the answers.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)



def describe(error):
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]


try:
    import torch

    if device_name == "cuda" and not torch.cuda.is_available():
        raise RuntimeError("torch finds no CUDA device")
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    torch.set_float32_matmul_precision("highest")
    device = torch.device(device_name)
    failure = None
except Exception as error:  # no torch, a broken one, no device: all are reported, none ends the benchmarks
    failure = describe(error)


def synchronize():
    if device_name == "cuda":
        torch.cuda.synchronize()


def numbers(folder, name, shape):
    path = os.path.join(folder, name)
    return torch.frombuffer(bytearray(open(path, "rb").read()), dtype=torch.float32).reshape(shape).to(device)


def seed_training(arguments):
    """The network, its data and Adam, from the same numbers as the other side."""
    folder, samples, features, hidden = (arguments[key] for key in ("folder", "samples", "features", "hidden"))
    x, y = numbers(folder, "responses", (samples, features)), numbers(folder, "stimuli", (samples, 1))
    network = torch.nn.Sequential(torch.nn.Linear(features, hidden), torch.nn.ReLU(), torch.nn.Linear(hidden, 1)).to(device)
    with torch.no_grad():
        network[0].weight.copy_(numbers(folder, "hidden-weight", (hidden, features)))
        network[0].bias.copy_(numbers(folder, "hidden-bias", (hidden,)))
        network[2].weight.copy_(numbers(folder, "output-weight", (1, hidden)))
        network[2].bias.copy_(numbers(folder, "output-bias", (1,)))
    return network, x, y


def train_eager(arguments):
    network, x, y = seed_training(arguments)
    optimizer = torch.optim.Adam(network.parameters(), lr=arguments["learningRate"])

    def step():
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(network(x), y)
        loss.backward()
        optimizer.step()
        return loss

    return step


def train_compiled(arguments):
    """Forward, backward and the optimizer through torch.compile."""
    network, x, y = seed_training(arguments)
    optimizer = torch.optim.Adam(network.parameters(), lr=arguments["learningRate"])

    @torch.compile
    def forward():
        return torch.nn.functional.mse_loss(network(x), y)

    @torch.compile
    def update():
        optimizer.step()

    def step():
        optimizer.zero_grad()
        loss = forward()
        loss.backward()
        update()
        return loss

    return step


def train_graphed(arguments):
    """The whole step, with fused Adam, as one CUDA graph."""
    if device_name != "cuda":
        raise RuntimeError("CUDA graphs need a CUDA device")
    network, x, y = seed_training(arguments)
    optimizer = torch.optim.Adam(network.parameters(), lr=arguments["learningRate"], fused=True, capturable=True)

    def step():
        loss = torch.nn.functional.mse_loss(network(x), y)
        loss.backward()
        optimizer.step()
        return loss

    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(3):
            optimizer.zero_grad(set_to_none=True)
            step()
    torch.cuda.current_stream().wait_stream(stream)
    graph = torch.cuda.CUDAGraph()
    # Gradients made within the graph are written, not added to, at each replay.
    optimizer.zero_grad(set_to_none=True)
    with torch.cuda.graph(graph):
        loss = step()

    def replay():
        graph.replay()
        return loss

    replay.kept = (network, optimizer, x, y)
    return replay


def matmul(arguments):
    """y = a b, an operand that is marked as transposed lying in memory with its axes swapped."""
    m, n, k = (arguments[key] for key in ("m", "n", "k"))
    a = torch.randn((k, m), device=device).t() if arguments["left"] == "T" else torch.randn((m, k), device=device)
    b = torch.randn((n, k), device=device).t() if arguments["right"] == "T" else torch.randn((k, n), device=device)
    y = torch.empty((m, n), device=device)
    return lambda: torch.matmul(a, b, out=y)


def operation(arguments):
    shape = arguments["shape"]
    x, z = (torch.rand(shape, device=device) + 0.5 for _ in range(2))
    y = torch.empty_like(x)
    functional = torch.nn.functional
    return {
        "copy": lambda: y.copy_(x),
        "fill": lambda: y.fill_(1.5),
        "add": lambda: torch.add(x, z, out=y),
        "exp": lambda: torch.exp(x, out=y),
        "log": lambda: torch.log(x, out=y),
        "tanh": lambda: torch.tanh(x, out=y),
        "sigmoid": lambda: torch.sigmoid(x, out=y),
        "relu": lambda: torch.clamp_min(x, 0, out=y),
        "sum": lambda: torch.sum(x),
        "row-sums": lambda: torch.sum(x, dim=1),
        "column-sums": lambda: torch.sum(x, dim=0),
        "softmax": lambda: torch.softmax(x, -1),
        "log-sum-exp": lambda: torch.logsumexp(x, -1),
        "layer-norm": lambda: functional.layer_norm(x, shape[-1:]),
    }[arguments["name"]]


def adam(arguments):
    parameter = torch.nn.Parameter(torch.rand(arguments["count"], device=device))
    parameter.grad = torch.rand_like(parameter)
    optimizer = torch.optim.Adam([parameter], lr=1e-3, fused=device_name == "cuda" or None)
    return optimizer.step


def convolution(arguments):
    x = torch.randn(arguments["images"], device=device)
    weight = torch.randn(arguments["weight"], device=device)
    forward = lambda: torch.nn.functional.conv2d(x, weight, padding=arguments["padding"])
    gradient = torch.randn_like(forward())
    settings = dict(stride=1, padding=arguments["padding"])
    return {
        "forward": forward,
        "image-gradient": lambda: torch.nn.grad.conv2d_input(x.shape, weight, gradient, **settings),
        "weight-gradient": lambda: torch.nn.grad.conv2d_weight(x, weight.shape, gradient, **settings),
        "max-pool": lambda: torch.nn.functional.max_pool2d(x, 2, return_indices=True),
    }[arguments["name"]]


def transfer(arguments):
    host = torch.rand(arguments["count"])
    there = torch.empty_like(host, device=device)
    if arguments["pinned"]:
        host = host.pin_memory()
    return {"upload": lambda: there.copy_(host), "download": lambda: host.copy_(there)}[arguments["name"]]


works = {
    "train-eager": train_eager,
    "train-compiled": train_compiled,
    "train-graphed": train_graphed,
    "matmul": matmul,
    "operation": operation,
    "adam": adam,
    "convolution": convolution,
    "transfer": transfer,
}
prepared = {}


def versions(_):
    found = {"PyTorch": torch.__version__, "Python": sys.version.split()[0]}
    if device_name == "cuda":
        found["CUDA of PyTorch"] = str(torch.version.cuda)
        found["GPU"] = torch.cuda.get_device_name()
    return found


def set_up(request):
    if device_name == "cuda":
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats()
    number = len(prepared)
    work = works[request["work"]](request["arguments"])
    work()
    synchronize()
    prepared[number] = work
    return {"number": number}


def time_it(request):
    work = prepared[request["number"]]
    start = time.perf_counter()
    for _ in range(request["repetitions"]):
        work()
    synchronize()
    return {"seconds": time.perf_counter() - start}


def memory(_):
    if device_name != "cuda":
        raise RuntimeError("memory is counted on CUDA alone")
    return {"bytes": torch.cuda.max_memory_allocated()}


def drop(request):
    prepared[request["number"]] = None
    if device_name == "cuda":
        torch.cuda.empty_cache()
    return {}


def curve(request):
    step = train_eager(request["arguments"])
    losses = [float(step().detach()) for _ in range(request["steps"])]
    if not all(map(math.isfinite, losses)):
        raise RuntimeError("the losses are not finite")
    return {"losses": losses}


requests = {"versions": versions, "set up": set_up, "time": time_it, "memory": memory, "drop": drop, "curve": curve}


def answer(line):
    try:
        request = json.loads(line)
        return {"error": failure} if failure else requests[request["request"]](request)
    except Exception as error:
        return {"error": describe(error)}


if sys.argv[2:3] == ["--first-step"]:
    if failure:
        sys.exit(failure)
    arguments = json.load(open(os.path.join(sys.argv[3], "training.json")))
    print(float(train_eager(arguments)().detach()), file=answers)
else:
    for line in sys.stdin:
        print(json.dumps(answer(line)), file=answers, flush=True)
