#:project ../src/Autodiff/Autodiff.csproj
// Lesson 1: a gradient is a walk back over a list.     dotnet run samples/01-first-gradient.cs
using Autodiff;

// A tape records what runs while it is current. Leaves are what we want derivatives with respect to.
using var tape = new Tape();
Tensor<double> a = tape.Watch(Tensor.Scalar(1.0));

// Why is no topological sort needed? Each operation is appended behind all that it used: the list is sorted already.
Tensor<double> b = (a + a).RetainGradient();
Tensor<double> c = b + b;
Console.WriteLine($"a = {a.Item()}, b = a + a = {b.Item()}, c = b + b = {c.Item()}; the tape holds {tape.Count} entries");
Console.WriteLine($"before Backward the gradient of a is {(a.Gradient is null ? "not there yet (which is not the same as 0)" : "there")}");

// Backward starts with dc/dc = 1 at the end of the list. At c = b + b each use of b passes 1 back: dc/db = 2.
// At b = a + a each use of a passes 2 back: dc/da = 4. Gradients from several uses add up.
tape.Backward(c);
Console.WriteLine($"dc/db = {b.Gradient!.Item()}, dc/da = {a.Gradient!.Item()}");
