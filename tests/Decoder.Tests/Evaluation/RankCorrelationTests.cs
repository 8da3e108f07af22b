using Decoder.Evaluation;

namespace Decoder.Tests.Evaluation;

public sealed class RankCorrelationTests
{
    [Fact]
    public void SeesOrderAndNothingElse()
    {
        Assert.Equal(1, RankCorrelation.Compute([1, 2, 3, 4], [-5, 0, 7, 1e9]), 12);
        Assert.Equal(-1, RankCorrelation.Compute([1, 2, 3, 4], [9, 8, 1, 0]), 12);

        // Ranks 0 1.5 1.5 3 and 0 1 2 3: scipy.stats.spearmanr gives 0.9486832980505138.
        Assert.Equal(0.9486832980505138, RankCorrelation.Compute([1, 2, 2, 3], [1, 2, 3, 4]), 12);
        Assert.Equal(double.NaN, RankCorrelation.Compute([1, 1, 1], [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => RankCorrelation.Compute([], []));
    }
}
