using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>One gradient check: the analytic Jacobians, the numeric ones, and what differs.</summary>
internal sealed class JacobianCheck<T>(string check, DifferentiatedFunction<T> function, GradCheckOptions? options)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly GradCheckOptions _options = options ?? GradCheckOptions.Default;
    private readonly List<GradCheckFailure> _failures = [];
    private readonly List<string> _notes = [];
    private (Shape Shape, double[] Values)[] _outputs = [];
    private double _largest;
    private int _compared;
    private bool _hasGradient;

    /// <summary>Runs it.</summary>
    public GradCheckReport Run()
    {
        _options.Validate();
        if (typeof(T) != typeof(double))
        {
            _notes.Add($"the inputs are {typeof(T).Name}; the default tolerances are meant for double, where round-off does not drown the differences");
        }

        Look();
        CheckForward();
        if (_failures.Exists(failure => failure.Problem == GradCheckProblem.BackwardThrew))
        {
            return Report();
        }

        if (_options.Fast)
        {
            CompareProjections();
        }
        else
        {
            CompareJacobians();
        }

        return Report();
    }

    private GradCheckReport Report() => new(check, _failures, _notes, _compared, _largest);

    /// <summary>A first look: what the outputs are, which have a gradient, and that a zero output gradient gives zero.</summary>
    private void Look()
    {
        using Tape tape = new();
        (Tensor<T>[] outputs, Tensor<T>[] leaves) = function.Run(tape);
        _outputs = Array.ConvertAll(outputs, output => (output.Shape, DifferentiatedFunction<T>.Doubles(output)));
        _hasGradient = Array.Exists(outputs, output => output.RequiresGradient);
        if (!_hasGradient)
        {
            _notes.Add("no gradient flows from any output to any input; does the function use its arguments?");
        }

        for (int output = 0; _hasGradient && output < outputs.Length; output++)
        {
            if (!outputs[output].RequiresGradient)
            {
                _notes.Add($"no gradient flows from output {output} to any input; it was not checked");
            }
        }
        CheckZeroGradient(tape, outputs, leaves);
    }

    /// <summary>Compares every element of every Jacobian.</summary>
    private void CompareJacobians()
    {
        double[]?[]?[][] analytic = Array.ConvertAll(_outputs, output => new double[]?[output.Values.Length][]);
        // All of them before the first perturbation: parameters are perturbed in place, which the tape would notice.
        using (Tape tape = new())
        {
            (Tensor<T>[] outputs, Tensor<T>[] leaves) = function.Run(tape);
            for (int output = 0; output < outputs.Length; output++)
            {
                for (int row = 0; row < outputs[output].Count && IsChecked(outputs[output]); row++)
                {
                    double[] oneHot = new double[outputs[output].Count];
                    oneHot[row] = 1;
                    if ((analytic[output][row] = Backward(tape, outputs[output], leaves, oneHot, output)) is null)
                    {
                        return;
                    }
                }
            }
        }
        for (int input = 0; input < function.Count; input++)
        {
            double[][] numeric = NumericColumns(input);
            for (int output = 0; output < analytic.Length; output++)
            {
                for (int row = 0; row < analytic[output].Length; row++)
                {
                    for (int column = 0; analytic[output][row] is { } gradients && column < numeric.Length; column++)
                    {
                        Compare(gradients[input]?[column], numeric[column][Offset(output) + row], output, row, input, column);
                    }
                }
            }
        }
    }

    /// <summary>Compares one projection vᵀJu of each Jacobian; where one is off, the whole Jacobians say where.</summary>
    private void CompareProjections()
    {
        Random random = new(_options.Seed);
        double[][] v = Array.ConvertAll(_outputs, output => UnitVector(output.Values.Length, random));
        double[]?[]?[] analytic = new double[]?[_outputs.Length][];
        using (Tape tape = new())
        {
            (Tensor<T>[] outputs, Tensor<T>[] leaves) = function.Run(tape);
            for (int output = 0; output < outputs.Length; output++)
            {
                if (IsChecked(outputs[output]) && (analytic[output] = Backward(tape, outputs[output], leaves, v[output], output)) is null)
                {
                    return;
                }
            }
        }
        List<GradCheckFailure> projections = [];
        for (int input = 0; input < function.Count; input++)
        {
            if (function.Shape(input).Count == 0)
            {
                continue;
            }

            double[] u = UnitVector(function.Shape(input).Count, random), along = function.Difference(input, u, _options.Epsilon, _outputs);
            for (int output = 0; output < analytic.Length; output++)
            {
                if (analytic[output] is not { } gradients)
                {
                    continue;
                }

                double expected = Dot(v[output], along.AsSpan(Offset(output), v[output].Length));
                double actual = gradients[input] is { } gradient ? Dot(u, gradient) : 0;
                double tolerance = _options.AbsoluteTolerance * u.Sum() * v[output].Sum() + _options.RelativeTolerance * Math.Abs(expected);
                Note(actual, expected);
                if (!(Math.Abs(actual - expected) <= (_hasGradient ? tolerance : 0)))
                {
                    projections.Add(Failure(GradCheckProblem.WrongProjection, output, input) with { Analytic = actual, Numeric = expected, Tolerance = tolerance });
                }
            }
        }
        if (projections.Count == 0)
        {
            return;
        }

        CompareJacobians();
        if (_failures.Count == 0)
        {
            _failures.AddRange(projections);
        }
    }

    /// <summary>The gradients for an output gradient, computed twice; null where none flows, or altogether if the walk threw.</summary>
    private double[]?[]? Backward(Tape tape, Tensor<T> output, Tensor<T>[] leaves, double[] outputGradient, int index)
    {
        if (!output.RequiresGradient)
        {
            return new double[]?[leaves.Length];
        }

        try
        {
            double[]?[] first = Walk(tape, output, leaves, outputGradient), second = Walk(tape, output, leaves, outputGradient);
            for (int input = 0; input < leaves.Length; input++)
            {
                CheckRepeated(first[input] ?? [], second[input] ?? [], index, input);
            }

            return first;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _failures.Add(Failure(GradCheckProblem.BackwardThrew, index, 0) with { Exception = exception });
            return null;
        }
    }

    private static double[]?[] Walk(Tape tape, Tensor<T> output, Tensor<T>[] leaves, double[] outputGradient)
    {
        Tensor<T> gradient = Tensor.Create(Array.ConvertAll(outputGradient, value => T.CreateChecked(value)), output.Shape, output.Device);
        return Array.ConvertAll(tape.Gradient(output, leaves, gradient), part => part is null ? null : DifferentiatedFunction<T>.Doubles(part));
    }

    private void CheckRepeated(double[] first, double[] second, int output, int input)
    {
        for (int i = 0; i < first.Length; i++)
        {
            if (Same(first[i], second[i]))
            {
                continue;
            }

            _failures.Add(Failure(GradCheckProblem.NondeterministicBackward, output, input) with
            {
                InputElement = Element(function.Shape(input), i),
                Analytic = second[i],
                Numeric = first[i],
                Tolerance = _options.NondeterminismTolerance,
            });
            return;
        }
    }

    private void CheckForward()
    {
        (Shape Shape, double[] Values)[] again = function.RunAt(0, function.Point(0), _outputs);
        for (int output = 0; output < again.Length; output++)
        {
            for (int i = 0; i < again[output].Values.Length; i++)
            {
                if (Same(_outputs[output].Values[i], again[output].Values[i]))
                {
                    continue;
                }

                _failures.Add(Failure(GradCheckProblem.NondeterministicForward, output, 0) with
                {
                    OutputElement = Element(_outputs[output].Shape, i),
                    Analytic = again[output].Values[i],
                    Numeric = _outputs[output].Values[i],
                    Tolerance = _options.NondeterminismTolerance,
                });
                return;
            }
        }
    }

    private void CheckZeroGradient(Tape tape, Tensor<T>[] outputs, Tensor<T>[] leaves)
    {
        for (int output = 0; output < outputs.Length; output++)
        {
            if (Backward(tape, outputs[output], leaves, new double[outputs[output].Count], output) is not { } gradients)
            {
                return;
            }

            for (int input = 0; input < leaves.Length; input++)
            {
                int bad = Array.FindIndex(gradients[input] ?? [], value => value != 0);
                if (bad >= 0)
                {
                    _failures.Add(Failure(GradCheckProblem.NotScaledByOutputGradient, output, input) with
                    {
                        InputElement = Element(function.Shape(input), bad),
                        Analytic = gradients[input]![bad],
                    });
                }
            }
        }
    }

    private double[][] NumericColumns(int input)
    {
        double[][] columns = new double[function.Shape(input).Count][];
        for (int column = 0; column < columns.Length; column++)
        {
            double[] direction = new double[columns.Length];
            direction[column] = 1;
            columns[column] = function.Difference(input, direction, _options.Epsilon, _outputs);
        }
        return columns;
    }

    private void Compare(double? analytic, double expected, int output, int row, int input, int column)
    {
        // A function without any gradient must be constant: no small change is tolerated, as in PyTorch.
        double tolerance = _hasGradient ? _options.AbsoluteTolerance + _options.RelativeTolerance * Math.Abs(expected) : 0;
        double actual = analytic ?? 0;
        Note(actual, expected);
        if (Math.Abs(actual - expected) <= tolerance)
        {
            return;
        }

        _failures.Add(Failure(analytic is null ? GradCheckProblem.Detached : GradCheckProblem.WrongDerivative, output, input) with
        {
            OutputElement = Element(_outputs[output].Shape, row),
            InputElement = Element(function.Shape(input), column),
            Analytic = actual,
            Numeric = expected,
            Tolerance = tolerance,
        });
    }

    private void Note(double actual, double expected)
    {
        _compared++;
        double difference = Math.Abs(actual - expected);
        _largest = difference > _largest || double.IsNaN(difference) ? difference : _largest;
    }

    // Outputs without a gradient (a metric beside the loss) are skipped, as in PyTorch, unless there are no others.
    private bool IsChecked(Tensor<T> output) => output.RequiresGradient || !_hasGradient;

    private GradCheckFailure Failure(GradCheckProblem problem, int output, int input) => new() { Problem = problem, Output = output, Input = function.Names[input] };

    private bool Same(double first, double second) => Math.Abs(first - second) <= _options.NondeterminismTolerance || first.Equals(second);

    private int Offset(int output) => _outputs.Take(output).Sum(earlier => earlier.Values.Length);

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    // Elements from 0 to 1, as PyTorch draws them: with mixed signs the tolerance, scaled by the sums, could vanish.
    private static double[] UnitVector(int count, Random random)
    {
        double[] vector = new double[count];
        for (int i = 0; i < count; i++)
        {
            vector[i] = random.NextDouble();
        }

        double length = Math.Sqrt(Dot(vector, vector));
        return Array.ConvertAll(vector, element => element / length);
    }

    private static int[] Element(Shape shape, int position)
    {
        int[] element = new int[shape.Rank];
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            (position, element[axis]) = Math.DivRem(position, shape[axis]);
        }

        return element;
    }
}
