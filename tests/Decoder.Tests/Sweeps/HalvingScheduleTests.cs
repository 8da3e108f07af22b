using Decoder.Sweeps;

namespace Decoder.Tests.Sweeps;

public sealed class HalvingScheduleTests
{
    [Theory]
    [InlineData(27, 81, 3, "27x3 9x9 3x27 1x81")]
    [InlineData(30, 100, 2, "30x6 15x12 7x25 3x50 1x100")]
    [InlineData(8, 4, 2, "8x1 4x2 2x4")]
    [InlineData(2, 100, 3, "2x100")]
    [InlineData(5, 1, 3, "5x1")]
    [InlineData(9, 50, null, "9x50")]
    public void MakesTheRounds(int trials, int epochs, int? factor, string expected) =>
        Assert.Equal(expected, string.Join(' ', HalvingSchedule.Rungs(trials, epochs, factor).Select(rung => $"{rung.Trials}x{rung.Budget}")));

    [Fact]
    public void AlwaysStartsWithAllAndEndsWithWholeTrainingsOfSome()
    {
        for (var trials = 1; trials < 40; trials++)
        {
            for (var epochs = 1; epochs < 60; epochs += 7)
            {
                for (var factor = 2; factor < 6; factor++)
                {
                    var rungs = HalvingSchedule.Rungs(trials, epochs, factor);

                    Assert.Equal((trials, epochs), (rungs[0].Trials, rungs[^1].Budget));
                    Assert.All(rungs, rung => Assert.True(rung is { Trials: >= 1, Budget: >= 1 }));
                    Assert.All(rungs.Zip(rungs.Skip(1)), pair => Assert.True(pair.Second.Trials < pair.First.Trials && pair.Second.Budget > pair.First.Budget));
                }
            }
        }
    }
}
