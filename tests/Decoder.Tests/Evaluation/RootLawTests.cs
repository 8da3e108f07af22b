using Decoder.Evaluation;

namespace Decoder.Tests.Evaluation;

public sealed class RootLawTests
{
    [Fact]
    public void FindsTheLawThatMadeTheErrors()
    {
        double[] counts = [10, 100, 1000, 5000];

        var law = RootLaw.Fit(counts, Array.ConvertAll(counts, count => 1.5 + 20 / Math.Sqrt(count)));

        Assert.Equal(1.5, law.Alpha, 10);
        Assert.Equal(20, law.Beta, 9);
        Assert.Equal(3.5, law.At(100), 10);
    }

    [Fact]
    public void RefusesWhatCannotBeFitted()
    {
        Assert.Contains("two different", Assert.Throws<ArgumentException>(() => RootLaw.Fit([100, 100], [1, 2])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => RootLaw.Fit([0, 1], [1, 2]));
        Assert.Throws<ArgumentException>(() => RootLaw.Fit([1, 2], [1]));
    }
}
