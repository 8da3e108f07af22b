#:project ../src/Autodiff/Autodiff.csproj
// Lesson 5: a step whose shapes do not change need not be written down again.     dotnet run samples/05-captured-step.cs
using System.Diagnostics;
using Autodiff;

var generator = new Generator(seed: 1);
Sequential<float> network = [new Linear<float>(20, 32, generator), new Relu<float>(), new Dropout<float>(0.1, generator), new Linear<float>(32, 1, generator)];
var optimizer = new Adam<float>(network.Parameters, learningRate: 0.01);

// One training step, written as ever: what it does to tensors becomes a list of kernel calls, forward, backward and the optimizer's.
Tensor<float> TrainingStep(Tape tape, Tensor<float> x, Tensor<float> y)
{
    Tensor<float> loss = Loss.MeanSquaredError(network.Forward(x), y);
    optimizer.ZeroGradient();
    tape.Backward(loss);
    optimizer.Step();
    return loss;
}

// Eight batches; the target is the sum of the first three features.
Tensor<float>[] inputs = [.. Enumerable.Range(0, 8).Select(_ => generator.Normal<float>([16, 20]))];
Tensor<float>[] targets = [.. inputs.Select(x => x[.., ..3].Sum([1], keepAxes: true))];

// The ordinary way: each step makes tensors, tape entries and closures anew.
var clock = Stopwatch.StartNew();
for (int i = 0; i < 400; i++)
{
    using var tape = new Tape();
    TrainingStep(tape, inputs[i % 8], targets[i % 8]);
}
Console.WriteLine($"400 ordinary steps: {clock.Elapsed.TotalMilliseconds:F0} ms");

// Capturing makes one step and keeps its kernel calls, with the memory they work on. Run copies a batch to where the step reads it, and makes the calls again.
// The optimizer goes on counting, schedules go on, dropout draws new numbers; everything else is as it was at the capture.
using CapturedStep<float> step = Step.Capture(inputs[0], targets[0], TrainingStep);
Console.WriteLine($"captured: {step.KernelCalls} kernel calls, loss {step.Result.Item():F4}");
clock.Restart();
for (int i = 0; i < 400; i++)
{
    step.Run(inputs[i % 8], targets[i % 8]);
}
Console.WriteLine($"400 captured steps: {clock.Elapsed.TotalMilliseconds:F0} ms, loss {step.Result.Item():F4}; Adam has made {optimizer.StateOf(network.Parameters[0])!.Step} steps");

// Host memory will do as well. What does not fit, or could not be repeated, is refused.
step.Run(new float[16 * 20], new float[16]);
try
{
    step.Run(generator.Normal<float>([15, 20]), targets[0]);
}
catch (ArgumentException refusal)
{
    Console.WriteLine(refusal.Message);
}
