using System.Numerics;
using System.Reflection;
using Autodiff.Kernels;
using Xunit;

namespace Autodiff.Tests;

/// <summary>What every row of the table must do, on every device under test.</summary>
public class OpTableTests
{
    private const int LargestChecked = 12;

    public static TheoryData<string, string> EveryRow => TestDevices.Times(OpTable.Names);

    public static TheoryData<string, string> DifferentiableRows => TestDevices.Times(OpTable.Rows<double>().Where(row => row.Order >= 1).Select(row => row.Name));

    public static TheoryData<string, string> TwiceDifferentiableRows => TestDevices.Times(OpTable.Rows<double>().Where(row => row.Order >= 2).Select(row => row.Name));

    public static TheoryData<string, string> ScalarRows => TestDevices.Times(OpTable.Rows<double>().Where(row => row.Scalar is not null).Select(row => row.Name));

    [Fact]
    public void EveryPublicOperationHasARow()
    {
        IEnumerable<string> operations = typeof(Ops).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.Name).Distinct();
        Assert.Empty(operations.Except(OpTable.Rows<double>().Select(row => row.Operation)));
        Assert.Empty(OpTable.Rows<double>().Select(row => row.Operation).Except(operations));
        Assert.Equal(OpTable.Names.Count(), OpTable.Names.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(EveryRow))]
    public void ForwardMatchesTheReference(string device, string name)
    {
        Forward<float>(TestDevices.Find(device), name);
        Forward<double>(TestDevices.Find(device), name);
    }

    [Theory]
    [MemberData(nameof(EveryRow))]
    public void StridedInputsGiveWhatContiguousOnesDo(string device, string name)
    {
        Strided<float>(TestDevices.Find(device), name);
        Strided<double>(TestDevices.Find(device), name);
    }

    [Theory]
    [MemberData(nameof(ScalarRows))]
    public void SpecialValuesMatchTheReference(string device, string name)
    {
        Special(TestDevices.Find(device), name, [0, -0f, float.PositiveInfinity, float.NegativeInfinity, float.NaN, float.Epsilon, -float.Epsilon, 1e-40f, 3e38f, -3e38f, 1, -1, 20, -20, -120]);
        Special(TestDevices.Find(device), name, [0, -0d, double.PositiveInfinity, double.NegativeInfinity, double.NaN, double.Epsilon, -double.Epsilon, 1e-310, 1e308, -1e308, 1, -1, 40, -40, -800]);
    }

    [Theory]
    [MemberData(nameof(DifferentiableRows))]
    public void GradCheckPasses(string device, string name) =>
        Check(device, name, (function, inputs, options) => GradCheck.Run(function, inputs, options));

    [Theory]
    [MemberData(nameof(TwiceDifferentiableRows))]
    public void GradGradCheckPasses(string device, string name) =>
        Check(device, name, (function, inputs, options) => GradGradCheck.Run(function, inputs, options));

    [Theory]
    [MemberData(nameof(EveryRow))]
    public void GradientsInFloatAreThoseInDoubleAndOfTheCpu(string device, string name)
    {
        OpTableRow<double> row = OpTable.Row<double>(name);
        foreach (Shape[] shapes in row.Shapes)
        {
            Reference[] inputs = row.Inputs(shapes);
            double[][] expected = Gradients<double>(Device.Cpu, name, inputs, x => x), inFloat = Gradients<float>(TestDevices.Find(device), name, inputs, x => x);
            double[][] there = Gradients<double>(TestDevices.Find(device), name, inputs, x => x);
            for (int input = 0; input < expected.Length; input++)
            {
                Close(expected[input], there[input], 1e-12, $"{name}, {Describe(shapes)}, input {input}, double");
                Close(expected[input], inFloat[input], 2e-5, $"{name}, {Describe(shapes)}, input {input}, float");
            }
        }
    }

    [Theory]
    [MemberData(nameof(EveryRow))]
    public void OnlyDifferentiableOperationsAreRecorded(string device, string name)
    {
        OpTableRow<double> row = OpTable.Row<double>(name);
        using Tape tape = new();
        Tensor<double>[] inputs = Array.ConvertAll(row.Inputs(row.Shapes[0]), input => tape.Watch(Make<double>(input, TestDevices.Find(device))));
        Assert.Equal(row.Order > 0, row.Function(inputs).RequiresGradient);
        using (Tape.NoGradient())
        {
            Assert.False(row.Function(inputs).RequiresGradient);
        }
    }

    private static void Forward<T>(Device device, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OpTableRow<T> row = OpTable.Row<T>(name);
        foreach (Shape[] shapes in row.Shapes)
        {
            using Tape scope = new(record: false);
            Reference[] inputs = row.Inputs(shapes);
            Reference expected = row.Reference(inputs);
            Tensor<T> actual = row.Function(Array.ConvertAll(inputs, input => Make<T>(input, device)));
            Assert.True(expected.Shape == actual.Shape, $"{name} of {Describe(shapes)}: the shape is {actual.Shape}, not {expected.Shape}");
            Close(expected.Values, Doubles(actual), row.Ulps * Epsilon<T>(), $"{name} of {Describe(shapes)} in {typeof(T).Name}");
        }
    }

    private static void Strided<T>(Device device, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OpTableRow<T> row = OpTable.Row<T>(name);
        double tolerance = 64 * Epsilon<T>();
        foreach (Shape[] shapes in row.Shapes)
        {
            Reference[] inputs = row.Inputs(shapes), repeated = Array.ConvertAll(inputs, Repeated);
            foreach ((string layout, Reference[] values, Func<Tensor<T>, Tensor<T>> restride) in new (string, Reference[], Func<Tensor<T>, Tensor<T>>)[]
            {
                ("transposed", inputs, Transposed), ("sliced", inputs, Sliced), ("broadcast", repeated, x => Broadcast(x)),
            })
            {
                double[] expected = Doubles(row.Function(Array.ConvertAll(values, input => Make<T>(input, device))));
                double[] actual = Doubles(row.Function(Array.ConvertAll(values, input => restride(Make<T>(input, device)))));
                Close(expected, actual, tolerance, $"{name} of {layout} {Describe(shapes)} in {typeof(T).Name}");
                double[][] gradients = Gradients<T>(device, name, values, x => x), strided = Gradients(device, name, values, restride);
                for (int input = 0; input < gradients.Length; input++)
                {
                    Close(gradients[input], strided[input], tolerance, $"gradient {input} of {name} of {layout} {Describe(shapes)} in {typeof(T).Name}");
                }
            }
        }
    }

    private static void Special<T>(Device device, string name, T[] values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OpTableRow<T> row = OpTable.Row<T>(name);
        int arity = row.Shapes[0].Length, count = (int)Math.Pow(values.Length, arity);
        T[][] inputs = Enumerable.Range(0, arity).Select(input => Enumerable.Range(0, count).Select(i => values[i / (int)Math.Pow(values.Length, input) % values.Length]).ToArray()).ToArray();
        using Tape scope = new(record: false);
        T[] actual = row.Function(Array.ConvertAll(inputs, input => Tensor.Create(input, [count], device))).ToArray();
        for (int i = 0; i < count; i++)
        {
            double[] arguments = Array.ConvertAll(inputs, input => double.CreateChecked(input[i]));
            T expected = T.CreateTruncating(row.Scalar!(arguments));
            string where = $"{name}({string.Join(", ", arguments)}) in {typeof(T).Name}: {actual[i]}, not {expected}";
            Assert.True(IsClose(double.CreateChecked(expected), double.CreateChecked(actual[i]), row.Ulps * Epsilon<T>()), where);
            if (row.SignedZero && expected == T.Zero && actual[i] == T.Zero)
            {
                Assert.True(T.IsNegative(expected) == T.IsNegative(actual[i]), where + " (the sign of zero)");
            }
        }
    }

    private static void Check(string device, string name, Func<Func<Tensor<double>[], Tensor<double>>, Tensor<double>[], GradCheckOptions, GradCheckReport> check)
    {
        OpTableRow<double> row = OpTable.Row<double>(name);
        GradCheckOptions options = new() { Fast = device != "cpu" };
        foreach (Shape[] shapes in row.Shapes.Where(shapes => shapes.All(shape => shape.Count <= LargestChecked)))
        {
            // Of nothing, means are NaN, and so are their derivatives.
            if (row.Reference(row.Inputs(shapes)).Values.Any(double.IsNaN))
            {
                continue;
            }

            Tensor<double>[] inputs = Array.ConvertAll(row.Inputs(shapes), input => Make<double>(input, TestDevices.Find(device)));
            GradCheckReport report = check(row.Function, inputs, options);
            Assert.True(report.Passed, $"{name} of {Describe(shapes)}: {report}");
        }
    }

    // The gradients of the weighted sum of the outputs, with weights that differ.
    private static double[][] Gradients<T>(Device device, string name, Reference[] inputs, Func<Tensor<T>, Tensor<T>> restride)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OpTableRow<T> row = OpTable.Row<T>(name);
        using Tape tape = new();
        Tensor<T>[] leaves = Array.ConvertAll(inputs, input => tape.Watch(restride(Make<T>(input, device))));
        Tensor<T> y = row.Function(leaves);
        if (!y.RequiresGradient)
        {
            return [];
        }

        Tensor<T> weights = Make<T>(Reference.From(y.Shape, index => 1 + 0.25 * index.Sum()), device);
        return Array.ConvertAll(tape.Gradient(y, leaves, weights), gradient => gradient is null ? [] : Doubles(gradient));
    }

    private static Tensor<T> Make<T>(Reference values, Device device)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Tensor.Create(Array.ConvertAll(values.Values, value => T.CreateTruncating(value)), values.Shape, device);

    private static Tensor<T> Transposed<T>(Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Rank < 2)
        {
            return Sliced(x);
        }

        Tensor<T> turned = x.Transpose(0, -1);
        return Tensor.Create(turned.ToArray(), turned.Shape, x.Device).Transpose(0, -1);
    }

    private static Tensor<T> Sliced<T>(Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Rank == 0)
        {
            return x.Reshape([1]).Pad([(2, 1)], T.NaN).Select(0, 2);
        }

        Tensor<T> padded = x;
        for (int axis = 0; axis < x.Rank; axis++)
        {
            padded = Ops.Stack([padded, padded * T.NaN], axis + 1).Flatten(axis, axis + 1);
        }

        for (int axis = 0; axis < x.Rank; axis++)
        {
            padded = padded.Slice(axis, 0, x.Shape[axis], 2);
        }

        return padded;
    }

    private static Tensor<T> Broadcast<T>(Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        x.Rank == 0 || x.Shape[0] == 0 ? x : Tensor.Create(x.Slice(0, 0, 1).ToArray(), x.Shape.With(0, 1), x.Device).BroadcastTo(x.Shape);

    // All of the first axis like its first element, so that it can be broadcast.
    private static Reference Repeated(Reference x) => x.Shape.Rank == 0 ? x : Reference.From(x.Shape, index => x[[0, .. index[1..]]]);

    private static void Close(double[] expected, double[] actual, double tolerance, string what)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: {actual.Length} elements, not {expected.Length}");
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(IsClose(expected[i], actual[i], tolerance), $"{what}: element {i} is {actual[i]:R}, not {expected[i]:R}");
        }
    }

    private static bool IsClose(double expected, double actual, double tolerance) =>
        expected.Equals(actual) || Math.Abs(expected - actual) <= tolerance * (1 + Math.Abs(expected));

    private static double Epsilon<T>() => typeof(T) == typeof(float) ? MathF.BitIncrement(1) - 1 : Math.BitIncrement(1) - 1;

    private static double[] Doubles<T>(Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> => Array.ConvertAll(x.ToArray(), value => double.CreateChecked(value));

    private static string Describe(Shape[] shapes) => string.Join(" and ", shapes.Select(shape => shape.ToString()));
}
