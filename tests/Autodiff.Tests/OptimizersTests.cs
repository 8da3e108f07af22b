using Xunit;

namespace Autodiff.Tests;

/// <summary>Optimizers against PyTorch's published formulas, written here once more, for one number, with plain variables.</summary>
public class OptimizersTests
{
    // Gradients that change sign and size, as in training.
    private static double Slope(int step, int index) => Math.Sin(1.7 * step + index) * Math.Pow(3, index - 1) + 0.01 * step;

    private static Parameter<double> Three() => new(Tensor.Create(0.7, -1.3, 2.1), "w");

    private static double[] Run(Optimizer<double> optimizer, Parameter<double> w, int steps)
    {
        for (int step = 1; step <= steps; step++)
        {
            w.SetGradient(Tensor.Create(Slope(step, 0), Slope(step, 1), Slope(step, 2)));
            optimizer.Step();
        }
        return w.ToArray();
    }

    private static void AssertClose(double[] expected, double[] actual, double tolerance = 1e-12)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Math.Abs(expected[i] - actual[i]);
            Assert.True(difference <= tolerance * Math.Max(1, Math.Abs(expected[i])), $"[{i}]: expected {expected[i]:R}, got {actual[i]:R}");
        }
    }

    [Theory]
    [InlineData(0, false, 0)]
    [InlineData(0, false, 0.1)]
    [InlineData(0.9, false, 0)]
    [InlineData(0.9, false, 0.1)]
    [InlineData(0.9, true, 0)]
    [InlineData(0.9, true, 0.1)]
    public void SgdIsPyTorchs(double momentum, bool nesterov, double decay)
    {
        double[] expected = [0.7, -1.3, 2.1];
        for (int i = 0; i < 3; i++)
        {
            double? buffer = null;
            for (int step = 1; step <= 25; step++)
            {
                double gradient = Slope(step, i);
                if (decay != 0)
                {
                    gradient += decay * expected[i];
                }

                if (momentum != 0)
                {
                    buffer = buffer is null ? gradient : momentum * buffer + gradient;
                    gradient = nesterov ? gradient + momentum * buffer.Value : buffer.Value;
                }
                expected[i] -= 0.05 * gradient;
            }
        }
        Parameter<double> w = Three();
        AssertClose(expected, Run(new Sgd<double>([w], 0.05, momentum, nesterov, decay), w, 25));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 0.1)]
    [InlineData(true, 0)]
    [InlineData(true, 0.1)]
    public void AdamAndAdamWArePyTorchs(bool decoupled, double decay)
    {
        const double Rate = 0.02, Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-6;
        double[] expected = [0.7, -1.3, 2.1];
        for (int i = 0; i < 3; i++)
        {
            double mean = 0, square = 0;
            for (int step = 1; step <= 25; step++)
            {
                double gradient = Slope(step, i);
                if (decoupled)
                {
                    expected[i] *= 1 - Rate * decay;
                }
                else
                {
                    gradient += decay * expected[i];
                }

                mean = Beta1 * mean + (1 - Beta1) * gradient;
                square = Beta2 * square + (1 - Beta2) * gradient * gradient;
                double denominator = Math.Sqrt(square) / Math.Sqrt(1 - Math.Pow(Beta2, step)) + Epsilon;
                expected[i] -= Rate / (1 - Math.Pow(Beta1, step)) * mean / denominator;
            }
        }
        Parameter<double> w = Three();
        Optimizer<double> optimizer = decoupled
            ? new AdamW<double>([w], Rate, Beta1, Beta2, Epsilon, decay)
            : new Adam<double>([w], Rate, Beta1, Beta2, Epsilon, decay);
        AssertClose(expected, Run(optimizer, w, 25));
    }

    [Fact]
    public void TheFirstAdamStepIsTheLearningRateAgainstTheSignOfTheGradient()
    {
        Parameter<double> w = Three();
        double[] before = w.ToArray(), after = Run(new Adam<double>([w], learningRate: 0.01, epsilon: 0), w, 1);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(-0.01 * Math.Sign(Slope(1, i)), after[i] - before[i], 12);
        }
    }

    [Fact]
    public void AdamWWithoutDecayIsAdamToTheBit()
    {
        Parameter<double> a = Three(), b = Three();
        Assert.Equal(Run(new Adam<double>([a], 0.02), a, 30), Run(new AdamW<double>([b], 0.02, weightDecay: 0), b, 30));
    }

    [Fact]
    public void ParametersWithoutGradientAndFrozenOnesAreLeftAndKeepTheirOwnStepCount()
    {
        Parameter<double> all = Three(), late = Three(), frozen = Three();
        frozen.IsFrozen = true;
        var optimizer = new Adam<double>([all, late, frozen], 0.02);
        double[] lateAlone = Run(new Adam<double>([late], 0.02), late, 0);
        for (int step = 1; step <= 10; step++)
        {
            Tensor<double> gradient = Tensor.Create(Slope(step, 0), Slope(step, 1), Slope(step, 2));
            all.SetGradient(gradient);
            frozen.SetGradient(gradient);
            if (step > 4)
            {
                late.SetGradient(gradient);
            }

            optimizer.Step();
            if (step == 4)
            {
                Assert.Equal(lateAlone, late.ToArray());
            }
        }
        Assert.Equal([0.7, -1.3, 2.1], frozen.ToArray());
        Assert.Equal(0, frozen.Version);
        Assert.Null(optimizer.StateOf(frozen));
        Assert.Equal((10, 6), (optimizer.StateOf(all)!.Step, optimizer.StateOf(late)!.Step));

        // As if the late one had been alone: its bias correction counts its own steps.
        Parameter<double> alone = Three();
        var aloneOptimizer = new Adam<double>([alone], 0.02);
        for (int step = 5; step <= 10; step++)
        {
            alone.SetGradient(Tensor.Create(Slope(step, 0), Slope(step, 1), Slope(step, 2)));
            aloneOptimizer.Step();
        }
        Assert.Equal(alone.ToArray(), late.ToArray());
    }

    [Fact]
    public void GroupsHaveTheirOwnRatesAndDecays()
    {
        Parameter<double> a = Three(), b = Three();
        ParameterGroup<double> fast = new([a], learningRate: 0.5), decaying = new([b], weightDecay: 0.1);
        var optimizer = new Sgd<double>([fast, decaying], learningRate: 0.25);
        Tensor<double> gradient = Tensor.Create(1.0, 1, 1);
        a.SetGradient(gradient);
        b.SetGradient(gradient);
        optimizer.Step();
        AssertClose([0.7 - 0.5, -1.3 - 0.5, 2.1 - 0.5], a.ToArray());
        AssertClose([0.7 - 0.25 * 1.07, -1.3 - 0.25 * 0.87, 2.1 - 0.25 * 1.21], b.ToArray());
        optimizer.Groups[0].LearningRate = 0;
        a.SetGradient(gradient);
        double[] before = a.ToArray();
        optimizer.Step();
        Assert.Equal(before, a.ToArray());
    }

    [Fact]
    public void AStepIsSeenByTheTapeAsAChangeInPlace()
    {
        Parameter<double> w = Three();
        var optimizer = new Sgd<double>([w], 0.1);
        using var tape = new Tape();
        Tensor<double> loss = (w * w).Sum();
        tape.Backward(loss);
        int version = w.Version;
        optimizer.Step();
        Assert.Equal(version + 1, w.Version);
        var error = Assert.Throws<InvalidOperationException>(() => tape.Backward(loss));
        Assert.Contains("changed in place", error.Message);
    }

    [Fact]
    public void AGradientThatIsABroadcastViewUpdatesLikeItsCopy()
    {
        Func<Parameter<double>, Optimizer<double>>[] makers = [w => new Adam<double>([w], 0.1), w => new Sgd<double>([w], 0.1, 0.9)];
        foreach (Func<Parameter<double>, Optimizer<double>> make in makers)
        {
            Parameter<double> view = Three(), copy = Three();
            using (var tape = new Tape())
            {
                tape.Backward(view.Sum(), createGraph: true);
                make(view).Step();
            }
            copy.SetGradient(Tensor.Ones<double>([3]));
            make(copy).Step();
            Assert.Equal(copy.ToArray(), view.ToArray());
        }
    }

    [Fact]
    public void AGradientThatWentWithItsTapeFailsBeforeAnythingIsUpdated()
    {
        Parameter<double> good = Three(), gone = Three();
        good.SetGradient(Tensor.Ones<double>([3]));
        using (var tape = new Tape())
        {
            tape.Backward((gone * gone).Sum(), createGraph: true);
        }

        var optimizer = new Adam<double>([new ParameterGroup<double>([good]), new ParameterGroup<double>([gone])]);
        Assert.Throws<ObjectDisposedException>(optimizer.Step);
        Assert.Equal([0.7, -1.3, 2.1], good.ToArray());
        Assert.Null(optimizer.StateOf(good));
    }

    [Fact]
    public void StateMadeInsideATapeOutlivesIt()
    {
        Parameter<double> a = Three(), b = Three();
        var optimizer = new Adam<double>([a], 0.02);
        using (new Tape())
        {
            Run(optimizer, a, 1);
        }

        Run(optimizer, a, 0);
        a.SetGradient(Tensor.Create(1.0, 2, 3));
        optimizer.Step();
        var other = new Adam<double>([b], 0.02);
        Run(other, b, 1);
        b.SetGradient(Tensor.Create(1.0, 2, 3));
        other.Step();
        Assert.Equal(b.ToArray(), a.ToArray());
    }

    [Fact]
    public void NonsenseIsRefused()
    {
        Parameter<double> w = Three();
        Assert.Contains("learningRate", Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd<double>([w], -1)).Message);
        Assert.Contains("NaN", Assert.Throws<ArgumentOutOfRangeException>(() => new Adam<double>([w], double.NaN)).Message);
        Assert.Contains("beta1", Assert.Throws<ArgumentOutOfRangeException>(() => new Adam<double>([w], beta1: 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam<double>([w], epsilon: -1e-8));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW<double>([w], weightDecay: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd<double>([w], momentum: double.NaN));
        Assert.Contains("momentum", Assert.Throws<ArgumentException>(() => new Sgd<double>([w], nesterov: true)).Message);
        Assert.Contains("'w'", Assert.Throws<ArgumentException>(() => new Sgd<double>([w, w])).Message);
        Assert.Throws<ArgumentException>(() => new Sgd<double>([new ParameterGroup<double>([w]), new ParameterGroup<double>([w])]));
        Assert.Throws<ArgumentException>(() => new Adam<double>(Array.Empty<Parameter<double>>()));
        Assert.Throws<ArgumentException>(() => new Adam<double>([w]).StateOf(Three()));
        Assert.Throws<InvalidOperationException>(() => new ParameterGroup<double>([w]).LearningRate);
    }
}
