#:project ../src/Autodiff/Autodiff.csproj
// Lesson 2: a network learns exclusive or.     dotnet run samples/02-train-a-network.cs
using Autodiff;

Tensor<float> inputs = Tensor.Create([0f, 0, 0, 1, 1, 0, 1, 1], [4, 2]);
Tensor<float> targets = Tensor.Create([0f, 1, 1, 0], [4, 1]);

var generator = new Generator(seed: 1);
Sequential<float> network = [new Linear<float>(2, 8, generator), new Tanh<float>(), new Linear<float>(8, 1, generator)];
var optimizer = new Adam<float>(network.Parameters, learningRate: 0.05);

for (int step = 0; step <= 200; step++)
{
    using var tape = new Tape();                                                        // owns every intermediate result of this step
    Tensor<float> loss = Loss.BinaryCrossEntropyWithLogits(network.Forward(inputs), targets);
    optimizer.ZeroGradient();
    tape.Backward(loss);
    optimizer.Step();
    if (step % 50 == 0)
    {
        Console.WriteLine($"step {step,3}: loss {loss.Item():F4}");
    }
}

// Outside a tape nothing is recorded: plain evaluation.
float[] probabilities = network.Forward(inputs).Sigmoid().ToArray();
Console.WriteLine("P(1) for 00, 01, 10, 11: " + string.Join(", ", probabilities.Select(p => p.ToString("F3"))));
