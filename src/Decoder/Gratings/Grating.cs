namespace Decoder.Gratings;

/// <summary>The stimulus itself: black and white stripes that fill a screen, as the tutorial draws them.</summary>
/// <remarks>
/// A pixel at (x, y) of a screen of 640 x 480 is white where cos(f (x cos θ + y sin θ)) is positive, with f = 1/28 per pixel: a period of 176 pixels.
/// Source: Neuromatch Academy, Computational Neuroscience, W1D5 Tutorials 2 to 4 (text CC-BY 4.0).
/// </remarks>
public static class Grating
{
    private const int ScreenWidth = 640, ScreenHeight = 480;
    private const double Frequency = 1.0 / 28;

    /// <summary>The size of images at a fraction of the screen's resolution: 0.1 gives 48 x 64, 0.025 gives 12 x 16.</summary>
    public static (int Height, int Width) Size(double resolution) =>
        ((int)Math.Round(ScreenHeight * resolution), (int)Math.Round(ScreenWidth * resolution));

    /// <summary>One image after the other, each row-major from its top: 1/2 where white and -1/2 where black.</summary>
    /// <param name="degrees">The angle of each from the vertical.</param>
    /// <param name="resolution">The fraction of the screen's resolution, in (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The resolution is not in (0, 1].</exception>
    public static float[] Draw(ReadOnlySpan<double> degrees, double resolution)
    {
        if (resolution is not (> 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(resolution), resolution, $"The resolution of gratings is {resolution}; it must be in (0, 1].");
        }

        var (height, width) = Size(resolution);
        var images = new float[degrees.Length * height * width];
        for (var image = 0; image < degrees.Length; image++)
        {
            var (sine, cosine) = Math.SinCos(degrees[image] * Math.PI / 180);
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    var wave = Math.Cos(Frequency / resolution * (x * cosine + y * sine));
                    images[(image * height + y) * width + x] = wave > 0 ? 0.5f : -0.5f;
                }
            }
        }

        return images;
    }
}
