using Xunit;

namespace Autodiff.Tests;

public class OptimizersScheduleTests
{
    private static Sgd<double> Optimizer(double rate = 1) => new([new Parameter<double>(Tensor.Zeros<double>([1]))], rate);

    private static double[] Rates(Optimizer optimizer, LearningRateSchedule schedule, int steps)
    {
        double[] rates = new double[steps + 1];
        for (int i = 0; i <= steps; i++)
        {
            rates[i] = Math.Round(optimizer.Groups[0].LearningRate, 12);
            schedule.Step();
        }
        return rates;
    }

    [Fact]
    public void StepDecayFallsAtIntervals()
    {
        Sgd<double> optimizer = Optimizer(0.5);
        Assert.Equal([0.5, 0.5, 0.05, 0.05, 0.005], Rates(optimizer, new StepDecay(optimizer, 2), 4));
    }

    [Fact]
    public void ExponentialDecayFallsAtEveryStep()
    {
        Sgd<double> optimizer = Optimizer(8);
        Assert.Equal([8, 4, 2, 1], Rates(optimizer, new ExponentialDecay(optimizer, 0.5), 3));
    }

    [Fact]
    public void CosineAnnealingIsHalfACosineAndThenStays()
    {
        Sgd<double> optimizer = Optimizer(1.1);
        Assert.Equal([1.1, Math.Round(0.1 + (1 + Math.Sqrt(0.5)) / 2, 12), 0.6, Math.Round(0.1 + (1 - Math.Sqrt(0.5)) / 2, 12), 0.1, 0.1, 0.1],
            Rates(optimizer, new CosineAnnealing(optimizer, 4, minimum: 0.1), 6));
    }

    [Fact]
    public void WarmupLeadsIntoTheNextSchedule()
    {
        Sgd<double> optimizer = Optimizer();
        Assert.Equal([0.2, 0.6, 1, 0.5, 0.25], Rates(optimizer, new LinearWarmup(optimizer, 2, start: 0.2, next: new ExponentialDecay(optimizer, 0.5)), 4));
        optimizer = Optimizer();
        Assert.Equal([0, 0.5, 1, 1], Rates(optimizer, new LinearWarmup(optimizer, 2, start: 0), 3));
    }

    [Fact]
    public void EveryGroupStartsFromItsOwnRate()
    {
        var optimizer = new Sgd<double>(
            [new ParameterGroup<double>([new(Tensor.Zeros<double>([1]))], 1), new ParameterGroup<double>([new(Tensor.Zeros<double>([1]))], 10)]);
        new ExponentialDecay(optimizer, 0.1).Step();
        Assert.Equal([0.1, 1], optimizer.Groups.Select(group => group.LearningRate));
    }

    [Fact]
    public void AScheduleGoesOnFromACheckpoint()
    {
        Sgd<double> first = Optimizer(0.5);
        var schedule = new CosineAnnealing(first, 10);
        for (int i = 0; i < 3; i++)
        {
            schedule.Step();
        }

        SafeTensors file = new();
        first.Store(file, "optimizer.");
        schedule.Store(file);

        Sgd<double> second = Optimizer(123);
        var resumed = new CosineAnnealing(second, 10);
        second.Restore(file, "optimizer.");
        Assert.Equal(first.Groups[0].LearningRate, second.Groups[0].LearningRate);
        resumed.Restore(file);
        schedule.Step();
        resumed.Step();
        Assert.Equal((4, first.Groups[0].LearningRate), (resumed.StepCount, second.Groups[0].LearningRate));
        Assert.Throws<InvalidDataException>(() => resumed.Restore(new SafeTensors()));
    }

    [Fact]
    public void ReduceOnPlateauIsPyTorchs()
    {
        // Third bad value in a row: reduced. The one after it is not counted (cooldown), so it takes four more; an improvement starts the
        // count anew.
        Sgd<double> optimizer = Optimizer();
        var schedule = new ReduceOnPlateau(optimizer, factor: 0.5, patience: 2, cooldown: 1, minimum: 0.2);
        double[] losses = [1, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5];
        double[] rates = [.. losses.Select(loss =>
        {
            schedule.Step(loss);
            return optimizer.Groups[0].LearningRate;
        })];
        Assert.Equal([1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25, 0.2, 0.2, 0.2, 0.2, 0.2], rates);
    }

    [Fact]
    public void ReduceOnPlateauMaximizesWithAThresholdAndTakesNaNAsBad()
    {
        Sgd<double> optimizer = Optimizer();
        var schedule = new ReduceOnPlateau(optimizer, patience: 1, threshold: 0.1, maximize: true);
        Assert.False(schedule.Step(0.5));
        Assert.False(schedule.Step(0.54));
        Assert.Equal((0.5, 1), (schedule.Best, schedule.BadCount));
        Assert.False(schedule.Step(0.56));
        Assert.Equal((0.56, 0), (schedule.Best, schedule.BadCount));
        Assert.False(schedule.Step(double.NaN));

        SafeTensors file = new();
        schedule.Store(file);
        var resumed = new ReduceOnPlateau(optimizer, patience: 1, threshold: 0.1, maximize: true);
        resumed.Restore(file);
        Assert.True(resumed.Step(double.NaN));
        Assert.Equal(0.1, optimizer.Groups[0].LearningRate, 12);
    }

    [Fact]
    public void NonsenseIsRefused()
    {
        Sgd<double> optimizer = Optimizer();
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepDecay(optimizer, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialDecay(optimizer, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineAnnealing(optimizer, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinearWarmup(optimizer, 2, start: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceOnPlateau(optimizer, factor: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialDecay(optimizer, 0.5).StepCount = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.Groups[0].LearningRate = double.PositiveInfinity);
    }
}
