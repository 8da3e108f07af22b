using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>A function under check, with the point to check it at; can be run there, and at points beside it.</summary>
internal sealed class DifferentiatedFunction<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Func<Tensor<T>[], Tensor<T>[]> _function;
    private readonly Tensor<T>[] _inputs;

    public DifferentiatedFunction(Func<Tensor<T>[], Tensor<T>[]> function, IEnumerable<Tensor<T>> inputs)
        : this(function, inputs.ToArray(), names: null)
    {
    }

    private DifferentiatedFunction(Func<Tensor<T>[], Tensor<T>[]> function, Tensor<T>[] inputs, string[]? names)
    {
        if (inputs.Length == 0)
        {
            throw new ArgumentException("GradCheck: there is no input; give at least one tensor or parameter to differentiate with respect to.");
        }

        _function = function;
        _inputs = inputs;
        Names = names ?? inputs.Select((input, i) => input is Parameter<T> parameter ? $"input {i} ({parameter.Name})" : $"input {i}").ToArray();
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i] is Parameter<T> { IsFrozen: true })
            {
                throw new ArgumentException($"GradCheck: {Names[i]} is frozen, so no gradient flows to it; leave it out or set IsFrozen to false.");
            }

            if (inputs[i].View.Layout.Overlaps)
            {
                throw new ArgumentException($"GradCheck: {Names[i]}, of shape {inputs[i].Shape}, has a broadcast axis (stride 0): its elements share memory, so none can be perturbed alone. Check the tensor before broadcasting, or a copy made with Tensor.Create(x.ToArray(), x.Shape).");
            }
        }
    }

    /// <summary>What the inputs are called.</summary>
    public string[] Names { get; }

    /// <summary>The number of inputs.</summary>
    public int Count => _inputs.Length;

    /// <summary>The inputs' shapes.</summary>
    public Shape Shape(int input) => _inputs[input].Shape;

    /// <summary>Runs the function where it is checked, on the current tape.</summary>
    /// <returns>The outputs, and the leaves to differentiate them with respect to.</returns>
    public (Tensor<T>[] Outputs, Tensor<T>[] Leaves) Run(Tape tape) => Run(tape, perturbed: -1, replacement: null);

    /// <summary>The outputs' values beside the point: with one input displaced.</summary>
    /// <exception cref="InvalidOperationException">The outputs have other shapes than at the point.</exception>
    public (Shape Shape, double[] Values)[] RunAt(int input, double[] displaced, (Shape Shape, double[] Values)[] atPoint)
    {
        (Shape Shape, double[] Values)[] outputs = RunAt(input, displaced);
        if (!outputs.Select(output => output.Shape).SequenceEqual(atPoint.Select(output => output.Shape)))
        {
            throw new InvalidOperationException($"GradCheck: the shapes of the outputs change with {Names[input]}: {Shapes(atPoint)}, then {Shapes(outputs)}. A function with a derivative has outputs of fixed shapes.");
        }

        return outputs;
    }

    /// <summary>The central difference (f(x + εu) - f(x - εu)) / 2ε in one input, the outputs one after the other.</summary>
    public double[] Difference(int input, double[] direction, double epsilon, (Shape Shape, double[] Values)[] atPoint)
    {
        double[] point = Point(input), plus = new double[point.Length], minus = new double[point.Length];
        for (int i = 0; i < point.Length; i++)
        {
            (plus[i], minus[i]) = (point[i] + epsilon * direction[i], point[i] - epsilon * direction[i]);
        }

        double[] above = [.. RunAt(input, plus, atPoint).SelectMany(output => output.Values)], below = [.. RunAt(input, minus, atPoint).SelectMany(output => output.Values)];
        for (int i = 0; i < above.Length; i++)
        {
            above[i] = (above[i] - below[i]) / (2 * epsilon);
        }

        return above;
    }

    /// <summary>The elements of an input.</summary>
    public double[] Point(int input) => Doubles(_inputs[input]);

    /// <summary>The function (inputs, output gradients) -> input gradients, at random output gradients.</summary>
    public DifferentiatedFunction<T> Gradients(int seed)
    {
        Tensor<T>[] outputGradients;
        bool[] differentiable;
        Random random = new(seed);
        using (Tape tape = new())
        {
            (Tensor<T>[] outputs, _) = Run(tape);
            differentiable = outputs.Select(output => output.RequiresGradient).ToArray();
            outputGradients = outputs.Where(output => output.RequiresGradient).Select(output => tape.Keep(RandomLike(output, random))).ToArray();
        }
        int count = _inputs.Length;
        string[] names = [.. Names, .. outputGradients.Select((_, i) => $"output gradient {i}")];
        return new DifferentiatedFunction<T>(Differentiate, [.. _inputs, .. outputGradients], names);

        Tensor<T>[] Differentiate(Tensor<T>[] arguments)
        {
            Tape tape = Tape.Current!;
            Tensor<T>[] leaves = arguments[..count];
            Tensor<T>[] outputs = _function(leaves);
            if (outputs.Length != differentiable.Length)
            {
                throw new InvalidOperationException($"GradGradCheck: the function gave {outputs.Length} outputs, then {differentiable.Length}; it must always give as many.");
            }

            Tensor<T>?[] total = new Tensor<T>?[count];
            for (int output = 0, next = count; output < outputs.Length; output++)
            {
                if (!differentiable[output])
                {
                    continue;
                }

                Tensor<T>?[] part = tape.Gradient(outputs[output], leaves, arguments[next++], createGraph: true);
                for (int i = 0; i < count; i++)
                {
                    total[i] = total[i] is { } before && part[i] is { } more ? before + more : total[i] ?? part[i];
                }
            }
            return total.OfType<Tensor<T>>().ToArray();
        }
    }

    /// <summary>The elements in double.</summary>
    public static double[] Doubles(Tensor<T> x) => Array.ConvertAll(x.ToArray(), value => double.CreateChecked(value));

    private static (Shape Shape, double[] Values)[] Values(Tensor<T>[] outputs) => Array.ConvertAll(outputs, output => (output.Shape, Doubles(output)));

    private (Shape Shape, double[] Values)[] RunAt(int input, double[] displaced)
    {
        // On a tape: the function itself may want gradients.
        using Tape tape = new();
        T[] values = Array.ConvertAll(displaced, value => T.CreateChecked(value));
        Tensor<T> replacement = Tensor.Create(values, _inputs[input].Shape, _inputs[input].Device);
        if (_inputs[input] is not Parameter<T> parameter)
        {
            return Values(Run(tape, input, replacement).Outputs);
        }

        Tensor<T> original = Tensor.Create(parameter.ToArray(), parameter.Shape, parameter.Device);
        try
        {
            // Not Assign: the tape under check would notice a change, though the values are restored before it is walked.
            parameter.Device.Copy(replacement.View, parameter.View);
            return Values(Run(tape).Outputs);
        }
        finally
        {
            parameter.Device.Copy(original.View, parameter.View);
        }
    }

    private static string Shapes((Shape Shape, double[] Values)[] outputs) => string.Join(", ", outputs.Select(output => output.Shape.ToString()));

    private static Tensor<T> RandomLike(Tensor<T> x, Random random)
    {
        T[] values = new T[x.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = T.CreateChecked(random.NextDouble() * 2 - 1);
        }

        return Tensor.Create(values, x.Shape, x.Device);
    }

    private (Tensor<T>[] Outputs, Tensor<T>[] Leaves) Run(Tape tape, int perturbed, Tensor<T>? replacement)
    {
        Tensor<T>[] leaves = new Tensor<T>[_inputs.Length];
        for (int i = 0; i < leaves.Length; i++)
        {
            leaves[i] = _inputs[i] is Parameter<T> ? _inputs[i] : tape.Watch(i == perturbed ? replacement! : _inputs[i]);
        }

        return (_function((Tensor<T>[])leaves.Clone()), leaves);
    }
}
