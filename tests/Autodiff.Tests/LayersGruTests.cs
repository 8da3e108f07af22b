using Autodiff.Kernels;
using Xunit;

namespace Autodiff.Tests;

public class LayersGruTests
{
    private static Gru<double> Layer(int inputs, int units, bool bias = true)
    {
        Gru<double> layer = new(inputs, units, new Generator(1), bias);
        foreach (Parameter<double> parameter in layer.Parameters)
        {
            parameter.Assign(new Generator(5).Normal<double>(parameter.Shape));
        }

        return layer;
    }

    private static Tensor<double> Input(params int[] shape) => new Generator(99).Normal<double>(new Shape(shape));

    [Theory]
    [InlineData(1, 1, 1, 1, true)]
    [InlineData(2, 3, 4, 3, true)]
    [InlineData(3, 4, 2, 2, false)]
    public void GradientsAreRightForInputStateAndParameters(int samples, int steps, int inputs, int units, bool bias)
    {
        Gru<double> layer = Layer(inputs, units, bias);
        Tensor<double>[] tensors = [Input(samples, steps, inputs), .. layer.Parameters];
        GradCheckReport report = GradCheck.Run(x => layer.Forward(x[0]), tensors);
        Assert.True(report.Passed, report.ToString());
        report = GradGradCheck.Run(x => layer.Forward(x[0]), tensors);
        Assert.True(report.Passed, report.ToString());

        tensors = [tensors[0], new Generator(7).Normal<double>([samples, units]), .. layer.Parameters];
        report = GradCheck.Run(x => layer.LastState(x[0], x[1]), tensors);
        Assert.True(report.Passed, report.ToString());
        report = GradGradCheck.Run(x => layer.LastState(x[0], x[1]), tensors);
        Assert.True(report.Passed, report.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void StatesFollowTheFormulas(bool bias)
    {
        const int Samples = 3, Steps = 5, Inputs = 4, Units = 2;
        Gru<double> layer = Layer(Inputs, Units, bias);
        Tensor<double> x = Input(Samples, Steps, Inputs), start = new Generator(3).Normal<double>([Samples, Units]);
        double[] last = Reference(layer, x, start.ToArray())[(Steps - 1)..].SelectMany(state => state).ToArray();
        Assert.Equal(last, layer.LastState(x, start).ToArray(), (a, b) => Math.Abs(a - b) < 1e-13);

        double[][] expected = Reference(layer, x, new double[Samples * Units]);
        Tensor<double> all = layer.Forward(x);
        Assert.Equal(new Shape(Samples, Steps, Units), all.Shape);
        for (int step = 0; step < Steps; step++)
        {
            Assert.Equal(expected[step], all.Select(1, step).ToArray(), (a, b) => Math.Abs(a - b) < 1e-13);
        }

        Assert.Equal(expected[^1], layer.LastState(x).ToArray(), (a, b) => Math.Abs(a - b) < 1e-13);
    }

    [Fact]
    public void AnUpdateGateThatIsShutKeepsTheStateForever()
    {
        Gru<double> layer = Layer(2, 3);
        double[] bias = new double[9];
        Array.Fill(bias, 1000, 3, 3);
        layer.InputBias!.Assign(bias);
        Tensor<double> start = Input(4, 3);
        Assert.Equal(start.ToArray(), layer.LastState(Input(4, 50, 2), start).ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
        layer.InputBias.Assign([.. bias.Select(value => -value)]);

        // Wide open, it forgets: the state is the candidate's, which is a hyperbolic tangent.
        Assert.All(layer.LastState(Input(4, 50, 2), Tensor.Full([4, 3], 10.0)).ToArray(), value => Assert.InRange(value, -1, 1));
    }

    [Fact]
    public void NamesShapesAndInitialValuesArePyTorchs()
    {
        Gru<double> layer = new(5, 4, new Generator(2));
        Assert.Equal(
            [("weight_ih_l0", "[12, 5]"), ("weight_hh_l0", "[12, 4]"), ("bias_ih_l0", "[12]"), ("bias_hh_l0", "[12]")],
            layer.NamedParameters.Select(pair => (pair.Key, pair.Value.Shape.ToString())));
        Assert.All(layer.Parameters, parameter => Assert.All(parameter.ToArray(), value => Assert.InRange(value, -0.5, 0.5)));
        Assert.Equal(["weight_ih_l0", "weight_hh_l0"], new Gru<double>(5, 4, new Generator(2), bias: false).NamedParameters.Select(pair => pair.Key));
        Assert.Equal("Gru(5, 4)", layer.ToString());
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        Gru<double> layer = Layer(2, 3);
        foreach (int[] shape in (int[][])[[2], [4, 2], [4, 5, 3], [4, 0, 2], [1, 4, 5, 2]])
        {
            Assert.Contains("takes [samples, steps, 2]", Assert.Throws<ArgumentException>(() => layer.Forward(Input(shape))).Message);
        }

        string message = Assert.Throws<ArgumentException>(() => layer.LastState(Input(4, 5, 2), Input(4, 2))).Message;
        Assert.Contains("[4, 2]; for 4 samples and 3 units it should be [4, 3]", message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Gru<double>(0, 3, new Generator(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Gru<double>(3, 0, new Generator(1)));
        Assert.Equal(new Shape(0, 5, 3), layer.Forward(Input(0, 5, 2)).Shape);
    }

    /// <summary>The formulas one number after the other; the states after each step, samples x units.</summary>
    private static double[][] Reference(Gru<double> layer, Tensor<double> input, double[] state)
    {
        (int samples, int steps, int inputs, int units) = (input.Shape[0], input.Shape[1], layer.Inputs, layer.Units);
        double[] x = input.ToArray(), wi = layer.InputWeight.ToArray(), wh = layer.StateWeight.ToArray();
        double[] bi = layer.InputBias?.ToArray() ?? new double[3 * units], bh = layer.StateBias?.ToArray() ?? new double[3 * units];
        var states = new double[steps][];
        for (int step = 0; step < steps; step++)
        {
            var next = new double[state.Length];
            for (int sample = 0; sample < samples; sample++)
            {
                double FromInput(int row) => bi[row] + Enumerable.Range(0, inputs).Sum(i => wi[row * inputs + i] * x[(sample * steps + step) * inputs + i]);
                double FromState(int row) => bh[row] + Enumerable.Range(0, units).Sum(i => wh[row * units + i] * state[sample * units + i]);
                for (int unit = 0; unit < units; unit++)
                {
                    double r = 1 / (1 + Math.Exp(-FromInput(unit) - FromState(unit)));
                    double z = 1 / (1 + Math.Exp(-FromInput(units + unit) - FromState(units + unit)));
                    double n = Math.Tanh(FromInput(2 * units + unit) + r * FromState(2 * units + unit));
                    next[sample * units + unit] = (1 - z) * n + z * state[sample * units + unit];
                }
            }
            states[step] = state = next;
        }
        return states;
    }
}
