#:project ../src/Autodiff/Autodiff.csproj
// Lesson 4: the walk back is itself a program on the tape.     dotnet run samples/04-derivatives-of-derivatives.cs
using Autodiff;

using var tape = new Tape();
Tensor<double> x = tape.Watch(Tensor.Scalar(0.5));
Tensor<double> y = x.Sin();

// With createGraph the operations of the walk are recorded like any others, so the gradient can be differentiated again, and again.
for (int order = 1; order <= 4; order++)
{
    y = tape.Gradient(y, [x], createGraph: true)[0]!;
    Console.WriteLine($"derivative {order} of sin at 0.5: {y.Item(),10:F6}   (exact {Math.Sin(0.5 + order * Math.PI / 2),10:F6})");
}

// What it is good for: a penalty on the gradient of a network with respect to its input, trained like any other loss.
var generator = new Generator(seed: 3);
Sequential<double> network = [new Linear<double>(2, 5, generator), new Tanh<double>(), new Linear<double>(5, 1, generator)];
Tensor<double> point = tape.Watch(Tensor.Create([0.3, -0.7], [1, 2]));
Tensor<double> slope = tape.Gradient(network.Forward(point).Sum(), [point], createGraph: true)[0]!;
tape.Backward((slope * slope).Sum());
Console.WriteLine($"|d network / d input|² = {(slope * slope).Sum().Item():F6}; its gradient reaches the first weight: "
    + string.Join(", ", network.Parameters[0].Gradient!.ToArray().Take(3).Select(g => g.ToString("F4"))) + ", ...");
