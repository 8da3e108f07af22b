#:project ../src/Autodiff/Autodiff.csproj
// Lesson 3: an operation of your own, and how to know that its derivative is right.     dotnet run samples/03-check-a-derivative.cs
using Autodiff;

Tensor<double> x = Tensor.Create([-1.5, -0.2, 0.4, 2.0], [2, 2]);

// The cube, with its derivative written in tensor operations, so that it can itself be differentiated.
static Tensor<double> Cube(Tensor<double> x) =>
    Tape.Record("Cube", (x * x * x).View, new Input<double>(x, (gradient, _) => gradient * x * x * 3));

Console.WriteLine("The right derivative:");
Console.WriteLine(GradCheck.Run(x => Cube(x), x));
Console.WriteLine(GradGradCheck.Run(x => Cube(x), x));

// The same with the factor forgotten. The report names the element, both values and the tolerance.
static Tensor<double> Wrong(Tensor<double> x) =>
    Tape.Record("WrongCube", (x * x * x).View, new Input<double>(x, (gradient, _) => gradient * x * x));

Console.WriteLine("A wrong one:");
Console.WriteLine(GradCheck.Run(x => Wrong(x), x));
