// A training loop as a native program, compiled ahead of time: no runtime to install, no compilation at start, no ILGPU.
//
//   dotnet publish samples/NativeAot
//   samples/NativeAot/bin/Release/net10.0/linux-x64/publish/train-native [STEPS]
//
// Needs clang and zlib's headers (Debian: clang zlib1g-dev); gcc does as well: add -p:CppCompilerAndLinker=gcc -p:LinkerFlavor=bfd.
using System.Diagnostics;
using System.Globalization;
using Autodiff;
using Autodiff.Kernels;

const int samples = 360, neurons = 23_589;
int steps = args is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 5;

var clock = Stopwatch.StartNew();
var generator = new Generator(seed: 1);
Tensor<float> responses = generator.Normal<float>([samples, neurons], device: Device.Cpu);
Tensor<float> stimuli = generator.Uniform<float>([samples, 1], device: Device.Cpu);

Sequential<float> network =
[
    new Linear<float>(neurons, 100, generator, device: Device.Cpu),
    new Relu<float>(),
    new Linear<float>(100, 1, generator, device: Device.Cpu),
];
var optimizer = new Adam<float>(network.Parameters, learningRate: 1e-3);

for (int step = 1; step <= steps; step++)
{
    using var tape = new Tape();
    Tensor<float> loss = Loss.MeanSquaredError(network.Forward(responses), stimuli);
    optimizer.ZeroGradient();
    tape.Backward(loss);
    optimizer.Step();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"step {step}: loss {loss.Item():g6}, {clock.ElapsedMilliseconds} ms since the start"));
}
