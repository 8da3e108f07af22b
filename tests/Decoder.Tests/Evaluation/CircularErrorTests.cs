using Decoder.Evaluation;

namespace Decoder.Tests.Evaluation;

public sealed class CircularErrorTests
{
    [Theory]
    [InlineData(350, 10, 360, -20)]
    [InlineData(10, 350, 360, 20)]
    [InlineData(180, 0, 360, 180)]
    [InlineData(0, 180, 360, 180)]
    [InlineData(170, 10, 180, -20)]
    [InlineData(90, 0, 180, 90)]
    [InlineData(0, 90, 180, 90)]
    [InlineData(725, 0, 360, 5)]
    [InlineData(-725, 0, 360, -5)]
    [InlineData(179, 359, 180, 0)]
    public void TakesTheShorterWayRound(double decoded, double actual, double period, double expected) =>
        Assert.Equal(expected, CircularError.Signed(decoded, actual, period), 1e-12);

    [Fact]
    public void IsPeriodicAntisymmetricAndBounded()
    {
        for (var a = -400; a <= 400; a += 7)
        {
            for (var b = 0; b < 360; b += 11)
            {
                var error = CircularError.Signed(a, b, 360);
                Assert.InRange(error, -179.999999, 180);
                Assert.Equal(error, CircularError.Signed(a + 720, b, 360));
                Assert.Equal(Math.Abs(error), CircularError.Absolute(b, a, 360));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-180)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void RefusesPeriods(double period) => Assert.Throws<ArgumentOutOfRangeException>(() => CircularError.Signed(0, 0, period));
}
