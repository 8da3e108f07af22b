using Autodiff.Kernels;
using Xunit;

namespace Autodiff.Tests;

public class LossesTests
{
    private static readonly double[] P = [0.3, -1.7, 2.2, 0.05, -0.4, 1.1], T = [0.1, 0.4, -0.9, 0.15, -0.4 + 1e-3, 3.1];

    private static Tensor<double> Matrix(double[] values) => Tensor.Create(values, [2, 3]);

    private delegate Tensor<double> Measure(Tensor<double> prediction, Tensor<double> target, Reduction reduction);

    private static readonly Dictionary<string, (Measure Loss, Func<double, double, double> Reference)> Elementwise = new()
    {
        ["MeanSquaredError"] = ((p, t, r) => Loss.MeanSquaredError(p, t, r), (p, t) => (p - t) * (p - t)),
        ["L1"] = ((p, t, r) => Loss.L1(p, t, r), (p, t) => Math.Abs(p - t)),
        ["Huber"] = ((p, t, r) => Loss.Huber(p, t, reduction: r),
            (p, t) => Math.Abs(p - t) < 1 ? (p - t) * (p - t) / 2 : Math.Abs(p - t) - 0.5),
        ["Huber, delta 0.15"] = ((p, t, r) => Loss.Huber(p, t, 0.15, r),
            (p, t) => Math.Abs(p - t) < 0.15 ? (p - t) * (p - t) / 2 : 0.15 * (Math.Abs(p - t) - 0.075)),
        ["BinaryCrossEntropyWithLogits"] = ((p, t, r) => Loss.BinaryCrossEntropyWithLogits(p, t, r),
            (p, t) => -t * Math.Log(1 / (1 + Math.Exp(-p))) - (1 - t) * Math.Log(1 - 1 / (1 + Math.Exp(-p)))),
    };

    public static TheoryData<string> Names => [.. Elementwise.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void ElementwiseLossesEqualTheirFormulaInEveryReduction(string name)
    {
        (Measure loss, Func<double, double, double> reference) = Elementwise[name];
        double[] expected = [.. P.Zip(T, reference)];
        Tensor<double> none = loss(Matrix(P), Matrix(T), Reduction.None);
        Assert.Equal(new Shape(2, 3), none.Shape);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], none.ToArray()[i], 12);
        }

        Assert.Equal(expected.Sum(), loss(Matrix(P), Matrix(T), Reduction.Sum).Item(), 12);
        Assert.Equal(expected.Average(), loss(Matrix(P), Matrix(T), Reduction.Mean).Item(), 12);
        Assert.Equal(Shape.Scalar, loss(Matrix(P), Matrix(T), Reduction.Mean).Shape);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ElementwiseLossesHaveRightDerivativesOfBothOrders(string name)
    {
        foreach (Reduction reduction in Enum.GetValues<Reduction>())
        {
            GradCheckReport report = GradCheck.Run((p, t) => Elementwise[name].Loss(p, t, reduction), Matrix(P), Matrix(T));
            Assert.True(report.Passed, report.ToString());
            report = GradGradCheck.Run((p, t) => Elementwise[name].Loss(p, t, reduction), Matrix(P), Matrix(T));
            Assert.True(report.Passed, report.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ElementwiseLossesDoNotBroadcast(string name)
    {
        Tensor<double> column = Tensor.Zeros<double>([3, 1]), row = Tensor.Zeros<double>([3]);
        string message = Assert.Throws<ArgumentException>(() => Elementwise[name].Loss(column, row, Reduction.Mean)).Message;
        Assert.Contains("[3, 1]", message);
        Assert.Contains("target.Reshape([3, 1])", message);
        Assert.Throws<ArgumentException>(() => Elementwise[name].Loss(Tensor.Zeros<double>([3]), Tensor.Zeros<double>([4]), Reduction.None));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheMeanOfNothingIsUndefinedAndTheSumZero(string name)
    {
        Tensor<double> nothing = Tensor.Zeros<double>([0, 3]);
        Assert.Equal(double.NaN, Elementwise[name].Loss(nothing, nothing, Reduction.Mean).Item());
        Assert.Equal(0, Elementwise[name].Loss(nothing, nothing, Reduction.Sum).Item());
        Assert.Equal(nothing.Shape, Elementwise[name].Loss(nothing, nothing, Reduction.None).Shape);
    }

    [Fact]
    public void DerivativesAtTheKinksArePyTorchs()
    {
        using var tape = new Tape();
        Tensor<double> p = tape.Watch(Tensor.Create(0.0, 1, -1, 3)), zero = Tensor.Zeros<double>([4]);
        Assert.Equal([0, 1, -1, 1], tape.Gradient(Loss.L1(p, zero, Reduction.Sum), [p])[0]!.ToArray());
        Assert.Equal([0, 1, -1, 1], tape.Gradient(Loss.Huber(p, zero, 1, Reduction.Sum), [p])[0]!.ToArray());
    }

    [Fact]
    public void BinaryCrossEntropyIsExactForLogitsOfAnySize()
    {
        // ln(1 + e^-x) for the right class: e^-x where x is large, never rounded to 0, never infinite.
        double[] logits = [800, -800, 800, -800, 40, -40], targets = [1, 0, 0, 1, 1, 0];
        double[] losses = Loss.BinaryCrossEntropyWithLogits(Tensor.Create(logits), Tensor.Create(targets), Reduction.None).ToArray();
        Assert.Equal([0, 0, 800, 800], losses[..4]);
        Assert.Equal(1, losses[4] / Math.Exp(-40), 1e-12);
        Assert.Equal(1, losses[5] / Math.Exp(-40), 1e-12);

        using var tape = new Tape();
        Tensor<double> x = tape.Watch(Tensor.Create(logits));
        double[] gradient = tape.Gradient(Loss.BinaryCrossEntropyWithLogits(x, Tensor.Create(targets), Reduction.Sum), [x])[0]!.ToArray();
        Assert.Equal([0, 0, 1, -1], gradient[..4]);
        Assert.Equal(-1, gradient[4] / Math.Exp(-40), 1e-9);
    }

    [Fact]
    public void CrossEntropyIsTheFormulaInEveryReduction()
    {
        double[][] rows = [[0.3, -1.7, 2.2], [0.05, -0.4, 1.1]];
        Indices classes = new(2, 0);
        double[] expected = [.. rows.Zip([2, 0], (row, k) => Math.Log(row.Sum(Math.Exp)) - row[k])];
        Tensor<double> logits = Tensor.Create([.. rows[0], .. rows[1]], [2, 3]);
        double[] none = Loss.CrossEntropy(logits, classes, Reduction.None).ToArray();
        Assert.Equal(expected[0], none[0], 12);
        Assert.Equal(expected[1], none[1], 12);
        Assert.Equal(expected.Sum(), Loss.CrossEntropy(logits, classes, Reduction.Sum).Item(), 12);
        Assert.Equal(expected.Average(), Loss.CrossEntropy(logits, classes).Item(), 12);
        Assert.Equal(expected.Average(), Loss.NegativeLogLikelihood(logits.LogSoftmax(), classes).Item(), 12);
    }

    [Fact]
    public void CrossEntropyAndLikelihoodHaveRightDerivativesOfBothOrders()
    {
        Tensor<double> scores = new Generator(3).Normal<double>([5, 4]);
        Indices classes = new(3, 0, 1, 3, 2);
        foreach (Reduction reduction in Enum.GetValues<Reduction>())
        {
            foreach (Func<Tensor<double>, Tensor<double>> loss in (Func<Tensor<double>, Tensor<double>>[])[
                x => Loss.CrossEntropy(x, classes, reduction), x => Loss.NegativeLogLikelihood(x, classes, reduction)])
            {
                GradCheckReport report = GradCheck.Run(loss, scores);
                Assert.True(report.Passed, report.ToString());
                report = GradGradCheck.Run(loss, scores);
                Assert.True(report.Passed, report.ToString());
            }
        }
    }

    [Fact]
    public void CrossEntropySurvivesHugeLogitsAndItsGradientIsSoftmaxMinusOneHot()
    {
        using var tape = new Tape();
        Tensor<double> x = tape.Watch(Tensor.Create([1000.0, 0, -1000, 1, 2, 3], [2, 3]));
        Tensor<double> loss = Loss.CrossEntropy(x, new Indices(1, 2), Reduction.Sum);
        double last = Math.Log(1 + Math.Exp(-1) + Math.Exp(-2));
        Assert.Equal(1000 + last, loss.Item(), 9);
        double[] gradient = tape.Gradient(loss, [x])[0]!.ToArray(), softmax = x.Softmax().ToArray();
        double[] oneHot = [0, 1, 0, 0, 0, 1];
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(softmax[i] - oneHot[i], gradient[i], 12);
        }
    }

    [Fact]
    public void ClassesThatDoNotFitAreRefusedWithTheirValues()
    {
        Tensor<double> logits = Tensor.Zeros<double>([2, 3]);
        string message = Assert.Throws<ArgumentException>(() => Loss.CrossEntropy(logits, new Indices(0, 3))).Message;
        Assert.Contains("CrossEntropy: index 3", message);
        Assert.Contains("0 to 2", message);
        Assert.Contains("-1", Assert.Throws<ArgumentException>(() => Loss.NegativeLogLikelihood(logits, new Indices(-1, 0))).Message);
        Assert.Contains("[2]", Assert.Throws<ArgumentException>(() => Loss.CrossEntropy(logits, new Indices(0, 1, 2))).Message);
        Assert.Contains("[samples, classes]", Assert.Throws<ArgumentException>(() => Loss.CrossEntropy(Tensor.Zeros<double>([3]), new Indices(0))).Message);
        Assert.Throws<ArgumentException>(() => Loss.CrossEntropy(logits, new Indices([0, 1], [2, 1])));
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss.Huber(logits, logits, delta: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss.Huber(logits, logits, delta: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss.L1(logits, logits, (Reduction)7));
        Assert.Equal(double.NaN, Loss.CrossEntropy(Tensor.Zeros<double>([0, 3]), new Indices([])).Item());
    }

    [Fact]
    public void FloatAndDoubleAgree()
    {
        float[] p = [.. P.Select(v => (float)v)], t = [.. T.Select(v => (float)v)];
        Assert.Equal(Loss.Huber(Tensor.Create(P), Tensor.Create(T)).Item(), Loss.Huber(Tensor.Create(p), Tensor.Create(t)).Item(), 1e-6);
        Assert.Equal(
            Loss.BinaryCrossEntropyWithLogits(Tensor.Create(P), Tensor.Create(T)).Item(),
            Loss.BinaryCrossEntropyWithLogits(Tensor.Create(p), Tensor.Create(t)).Item(), 1e-6);
    }

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(0.3, -0.4)]
    [InlineData(-30, 40)]
    [InlineData(3e4, 4e4)]
    public void VonMisesEqualsItsFormula(double x, double y)
    {
        double angle = 1.2, concentration = Math.Sqrt(x * x + y * y);
        double expected = Math.Log(2 * Math.PI) + Reference.LogBesselI0(concentration) - x * Math.Cos(angle) - y * Math.Sin(angle);
        Tensor<double> target = Tensor.Create([Math.Cos(angle), Math.Sin(angle)], [1, 2]);

        Assert.Equal(expected, Loss.VonMises(Tensor.Create([x, y], [1, 2]), target).Item(), 1e-9 * (1 + Math.Abs(expected)));
    }

    [Fact]
    public void VonMisesHasRightDerivativesOfBothOrders()
    {
        Tensor<double> vectors = Tensor.Create([0.3, -1.7, 2.2, 0.05, -4, 1.1], [3, 2]), angles = Tensor.Create([0.1, 2, -1.3], [3]);
        Tensor<double> target = Ops.Stack<double>([angles.Cos(), angles.Sin()], axis: 1);
        foreach (Reduction reduction in Enum.GetValues<Reduction>())
        {
            GradCheckReport report = GradCheck.Run(v => Loss.VonMises(v, target, reduction), vectors);
            Assert.True(report.Passed, report.ToString());
            report = GradGradCheck.Run(v => Loss.VonMises(v, target, reduction), vectors);
            Assert.True(report.Passed, report.ToString());
        }
    }

    [Fact]
    public void VonMisesHasAFiniteGradientAtTheOrigin()
    {
        Parameter<double> vector = new(Tensor.Zeros<double>([1, 2]));
        using Tape tape = new();
        tape.Backward(Loss.VonMises(vector, Tensor.Create([0.6, 0.8], [1, 2])));

        Assert.Equal([-0.6, -0.8], vector.Gradient!.ToArray());
    }

    [Fact]
    public void VonMisesIsADensity()
    {
        double sum = 0;
        for (int i = 0; i < 360; i++)
        {
            Tensor<double> target = Tensor.Create([Math.Cos(i * Math.PI / 180), Math.Sin(i * Math.PI / 180)], [1, 2]);
            sum += Math.Exp(-Loss.VonMises(Tensor.Create([3.0, -4.0], [1, 2]), target).Item()) * Math.PI / 180;
        }
        Assert.Equal(1, sum, 12);
    }

    [Fact]
    public void VonMisesRefusesWhatIsNotTwoNumbers()
    {
        Assert.Contains("[2, 3]", Assert.Throws<ArgumentException>(() => Loss.VonMises(Matrix(P), Matrix(T))).Message);
        Assert.Throws<ArgumentException>(() => Loss.VonMises(Tensor.Zeros<double>([4, 2]), Tensor.Zeros<double>([2])));
    }
}
