using Autodiff.Kernels;
using Xunit;

namespace Autodiff.Tests;

public class LayersTests
{
    private static Generator Generator(ulong seed = 1) => new(seed);

    private static Tensor<double> Input(params int[] shape) => Generator(99).Normal<double>(new Shape(shape));

    /// <summary>A module of one's own, with a shared part and a parameter of its own.</summary>
    private sealed class Tied : Module<double>
    {
        private readonly Linear<double> _layer;
        private readonly Parameter<double> _scale;

        public Tied()
        {
            _layer = Register("layer", new Linear<double>(3, 3, Generator()));
            Register("again", _layer);
            _scale = Register("scale", new Parameter<double>(Tensor.Scalar(2.0)));
        }

        public override Tensor<double> Forward(Tensor<double> input) => _layer.Forward(_layer.Forward(input).Tanh()) * _scale;

        public void RegisterAgain(string name) => Register(name, _scale);

        public void RegisterInside(Module<double> child) => Register("inside", child);
    }

    public static TheoryData<string> Layers => [.. Makers.Keys];

    private static readonly Dictionary<string, Func<Module<double>>> Makers = new()
    {
        ["Linear"] = () => new Linear<double>(4, 3, Generator()),
        ["Linear without bias"] = () => new Linear<double>(4, 2, Generator(), bias: false),
        ["EnsembleLinear"] = () => new EnsembleLinear<double>(4, 3, [Generator(), Generator(2)]),
        ["LayerNorm"] = () => new LayerNorm<double>([4]),
        ["LayerNorm over two axes"] = () => new LayerNorm<double>([3, 4]),
        ["LayerNorm without affine"] = () => new LayerNorm<double>([4], affine: false),
        ["Relu"] = () => new Relu<double>(),
        ["LeakyRelu"] = () => new LeakyRelu<double>(0.3),
        ["Elu"] = () => new Elu<double>(0.7),
        ["Gelu"] = () => new Gelu<double>(),
        ["Gelu, approximate"] = () => new Gelu<double>(approximate: true),
        ["Silu"] = () => new Silu<double>(),
        ["Sigmoid"] = () => new Sigmoid<double>(),
        ["Tanh"] = () => new Tanh<double>(),
        ["Softplus"] = () => new Softplus<double>(),
        ["Dropout in evaluation"] = Evaluated,
        ["Tied"] = () => new Sequential<double>(new Linear<double>(4, 3, Generator()), new Tied()),
        ["Sequential"] = () => new Sequential<double>(
            new Linear<double>(4, 3, Generator()), new Tanh<double>(), new LayerNorm<double>([3]), new Linear<double>(3, 2, Generator(2))),
    };

    private static Dropout<double> Evaluated()
    {
        Dropout<double> dropout = new(0.5, Generator());
        dropout.Evaluate();
        return dropout;
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void GradientsAreRightForInputAndParameters(string name)
    {
        Module<double> layer = Makers[name]();
        foreach (Parameter<double> parameter in layer.Parameters)
        {
            parameter.Assign(Generator(5).Normal<double>(parameter.Shape));
        }

        foreach (int[] shape in (int[][])[[2, 3, 4], [3, 4]])
        {
            Tensor<double>[] inputs = [Input(shape), .. layer.Parameters];
            GradCheckReport report = GradCheck.Run(x => layer.Forward(x[0]), inputs);
            Assert.True(report.Passed, report.ToString());
            report = GradGradCheck.Run(x => layer.Forward(x[0]), inputs);
            Assert.True(report.Passed, report.ToString());
        }
    }

    [Fact]
    public void LinearIsTheMatrixProductForAnyLeadingAxes()
    {
        var layer = new Linear<double>(3, 2, Generator());
        double[] w = layer.Weight.ToArray(), b = layer.Bias!.ToArray();
        foreach (int[] shape in (int[][])[[3], [5, 3], [2, 2, 3], [0, 3]])
        {
            Tensor<double> x = Input(shape);
            double[] values = x.ToArray(), y = layer.Forward(x).ToArray();
            Assert.Equal([.. shape[..^1], 2], layer.Forward(x).Shape.AsSpan().ToArray());
            for (int i = 0; i < y.Length; i++)
            {
                int row = i / 2, o = i % 2;
                Assert.Equal(b[o] + Enumerable.Range(0, 3).Sum(k => values[3 * row + k] * w[3 * o + k]), y[i], 12);
            }
        }
        string message = Assert.Throws<ArgumentException>(() => layer.Forward(Input(3, 2))).Message;
        Assert.Contains("takes 3 inputs; the input has shape [3, 2]", message);
        Assert.Throws<ArgumentException>(() => layer.Forward(Tensor.Scalar(1.0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Linear<double>(0, 2, Generator()));
    }

    [Fact]
    public void LayerNormHasMeanZeroAndVarianceOne()
    {
        var layer = new LayerNorm<double>([4], epsilon: 0.5);
        double[] x = [1, 2, 3, 6, -4, 0, 0, 4], y = layer.Forward(Tensor.Create(x, [2, 4])).ToArray();
        for (int row = 0; row < 2; row++)
        {
            double mean = x[(4 * row)..(4 * row + 4)].Average(), variance = x[(4 * row)..(4 * row + 4)].Average(v => (v - mean) * (v - mean));
            for (int i = 4 * row; i < 4 * row + 4; i++)
            {
                Assert.Equal((x[i] - mean) / Math.Sqrt(variance + 0.5), y[i], 12);
            }
        }
        Assert.Contains("should be [4]", Assert.Throws<ArgumentException>(() => layer.Forward(Input(4, 5))).Message);
        Assert.Throws<ArgumentException>(() => new LayerNorm<double>([]));
        Assert.Throws<ArgumentException>(() => new LayerNorm<double>([3, 0]));
        Assert.Equal([0.0, 0, 0, 0], new LayerNorm<double>([4]).Forward(Tensor.Full([1, 4], 7.0)).ToArray());
    }

    [Fact]
    public void DropoutActsOnlyInTraining()
    {
        var dropout = new Dropout<double>(0.25, Generator());
        Tensor<double> x = Tensor.Ones<double>([100, 100]);
        double[] y = dropout.Forward(x).ToArray();
        Assert.All(y, value => Assert.True(value == 0 || Math.Abs(value - 1 / 0.75) < 1e-12));
        // Binomial: 10,000 draws, standard deviation 43; five of them.
        Assert.InRange(y.Count(value => value == 0), 2500 - 217, 2500 + 217);
        Assert.NotEqual(y, dropout.Forward(x).ToArray());
        dropout.Evaluate();
        Assert.Equal(x.ToArray(), dropout.Forward(x).ToArray());
        dropout.Train();
        Assert.NotEqual(x.ToArray(), dropout.Forward(x).ToArray());
        Assert.Equal(y, new Dropout<double>(0.25, Generator()).Forward(x).ToArray());
        Assert.All(new Dropout<double>(1, Generator()).Forward(x).ToArray(), value => Assert.Equal(0, value));
        Assert.Equal(x.ToArray(), new Dropout<double>(0, Generator()).Forward(x).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dropout<double>(double.NaN, Generator()));
    }

    [Fact]
    public void ModesReachEveryPart()
    {
        var inner = new Dropout<double>(0.5, Generator());
        Sequential<double> network = [new Linear<double>(2, 2, Generator()), new Sequential<double>(inner)];
        Assert.True(inner.IsTraining);
        network.Evaluate();
        Assert.False(inner.IsTraining);
        Assert.False(network.IsTraining);
        network.Train();
        Assert.True(inner.IsTraining);
    }

    [Fact]
    public void NamesAreDottedStableAndGivenToTheParameters()
    {
        Linear<double> last = new(3, 2, Generator(), bias: false);
        Sequential<double> network = [new Linear<double>(4, 3, Generator()), new Tanh<double>(), new Sequential<double>(("out", last))];
        Assert.Equal(["0.weight", "0.bias", "2.out.weight"], network.NamedParameters.Select(pair => pair.Key));
        Assert.Equal(["0.weight", "0.bias", "2.out.weight"], network.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(12 + 3 + 6, network.ParameterCount);
        Assert.Equal(3, network.Count);
        Assert.IsType<Tanh<double>>(network[1]);
        Assert.Equal(
            "Sequential(\n  0: Linear(4, 3)\n  1: Tanh\n  2: Sequential(\n    out: Linear(3, 2, bias: false)\n  )\n)", network.ToString());

        var tied = new Tied();
        Assert.Equal(["scale", "layer.weight", "layer.bias"], tied.NamedParameters.Select(pair => pair.Key));
        Assert.Equal(13, tied.ParameterCount);
        Assert.Throws<ArgumentException>(() => tied.RegisterAgain("layer"));
        Assert.Throws<ArgumentException>(() => tied.RegisterAgain("a.b"));
        Assert.Throws<ArgumentException>(() => tied.RegisterAgain(""));
        Assert.Throws<ArgumentException>(() => tied.RegisterInside(new Sequential<double>(new Relu<double>(), tied)));
        Assert.Throws<ArgumentException>(() => new Sequential<double>(("a", new Relu<double>()), ("a", new Relu<double>())));
    }

    [Fact]
    public void AnEmptyChainIsTheIdentity()
    {
        Sequential<double> nothing = [];
        Tensor<double> x = Input(2, 2);
        Assert.Same(x, nothing.Forward(x));
        Assert.Empty(nothing.Parameters);
    }

    [Fact]
    public void TheSameSeedGivesTheSameNetwork()
    {
        double[] Weights(ulong seed) => new Linear<double>(7, 5, Generator(seed)).Weight.ToArray();
        Assert.Equal(Weights(3), Weights(3));
        Assert.NotEqual(Weights(3), Weights(4));
        Generator shared = Generator();
        Assert.NotEqual(new Linear<double>(7, 5, shared).Weight.ToArray(), new Linear<double>(7, 5, shared).Weight.ToArray());
    }

    [Fact]
    public void ANetworkMadeInsideATapeOutlivesIt()
    {
        Linear<double> layer;
        using (new Tape())
        {
            layer = new Linear<double>(2, 2, Generator());
        }

        Assert.Equal(4, layer.Weight.ToArray().Length);
        Assert.Equal([1, 2], layer.Forward(Tensor.Ones<double>([1, 2])).Shape.AsSpan().ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void MembersOfAnEnsembleAreTheLayersOfTheirGenerators(int members)
    {
        EnsembleLinear<double> ensemble = new(4, 2, [.. Enumerable.Range(0, members).Select(i => new Generator((ulong)i))]);
        Tensor<double> shared = Input([5, 4]), own = Input([members, 5, 4]);
        Tensor<double> ofShared = ensemble.Forward(shared), ofOwn = ensemble.Forward(own);

        Assert.Equal(new Shape(members, 5, 2), ofShared.Shape);
        for (int i = 0; i < members; i++)
        {
            Linear<double> layer = new(4, 2, new Generator((ulong)i));
            Assert.Equal(layer.Forward(shared).ToArray(), ofShared.Slice(0, i, 1).ToArray(), (a, b) => Math.Abs(a - b) < 1e-14);
            Assert.Equal(layer.Forward(own.Slice(0, i, 1).Squeeze(0)).ToArray(), ofOwn.Slice(0, i, 1).ToArray(), (a, b) => Math.Abs(a - b) < 1e-14);
        }
    }

    [Fact]
    public void AnEnsembleRefusesOtherShapes()
    {
        EnsembleLinear<double> ensemble = new(4, 2, [new(1), new(2)]);
        foreach (int[] shape in (int[][])[[4], [5, 3], [3, 5, 4], [2, 2, 5, 4]])
        {
            Assert.Contains("EnsembleLinear", Assert.Throws<ArgumentException>(() => ensemble.Forward(Tensor.Zeros<double>(new Shape(shape)))).Message);
        }

        Assert.Throws<ArgumentException>(() => new EnsembleLinear<double>(4, 2, []));
    }
}
