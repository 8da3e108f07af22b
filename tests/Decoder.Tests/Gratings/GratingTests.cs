using Decoder.Gratings;

namespace Decoder.Tests.Gratings;

public sealed class GratingTests
{
    private const double Resolution = 0.1;

    /// <summary>Stripes along an axis have edges where cos(x / 2.8 pixels) changes its sign.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    [InlineData(180)]
    public void StripesAlongAnAxisAreThoseOfACosine(double degrees)
    {
        var (height, width) = Grating.Size(Resolution);
        Assert.Equal((48, 64), (height, width));
        var image = Grating.Draw([degrees], Resolution);
        for (var i = 0; i < image.Length; i++)
        {
            var (y, x) = Math.DivRem(i, width);
            var position = degrees == 90 ? y : x;

            // Edges at (k + 1/2) pi 2.8 pixels: white from the last one below 0 on, then black, and so on.
            var stripe = (int)Math.Floor(position / (2.8 * Math.PI) + 0.5);
            Assert.Equal(stripe % 2 == 0 ? 0.5f : -0.5f, image[i]);
        }
    }

    [Fact]
    public void StripesAtAnAngleAreStraightLinesAcrossIt()
    {
        const double Degrees = 35;
        var (height, width) = Grating.Size(Resolution);
        var image = Grating.Draw([Degrees], Resolution);
        var (sine, cosine) = Math.SinCos(Degrees * Math.PI / 180);
        var byStripe = Enumerable.Range(0, height * width).GroupBy(i => (int)Math.Floor((i % width * cosine + i / width * sine) / (2.8 * Math.PI) + 0.5));

        Assert.All(byStripe, stripe => Assert.All(stripe, i => Assert.Equal(stripe.Key % 2 == 0 ? 0.5f : -0.5f, image[i])));
    }

    [Fact]
    public void ImagesComeOneAfterTheOther()
    {
        double[] degrees = [12, -40, 171];
        var together = Grating.Draw(degrees, 0.025);

        Assert.Equal(degrees.SelectMany(angle => Grating.Draw([angle], 0.025)), together);
        Assert.Equal(3 * 12 * 16, together.Length);
        Assert.Empty(Grating.Draw([], 0.025));
    }

    /// <summary>A grating turned half round is the same one, seen from its other end: only the first pixel keeps its place.</summary>
    [Fact]
    public void OppositeAnglesAreMirrorImages()
    {
        var (height, width) = Grating.Size(Resolution);
        var (right, left) = (Grating.Draw([0], Resolution), Grating.Draw([180], Resolution));
        Assert.Equal(right, left);
        Assert.NotEqual(Grating.Draw([30], Resolution), Grating.Draw([-30], Resolution));
        Assert.Equal(height * width, right.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void OtherResolutionsAreRefused(double resolution) =>
        Assert.Contains("must be in (0, 1]", Assert.Throws<ArgumentOutOfRangeException>(() => Grating.Draw([0], resolution)).Message);
}
