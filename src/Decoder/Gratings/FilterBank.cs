namespace Decoder.Gratings;

/// <summary>
/// The tutorial's six filters of 7 x 7: centre on, centre off, and Gabor filters of four orientations, which resemble receptive fields of the retina and of V1.
/// </summary>
public static class FilterBank
{
    /// <summary>How many there are.</summary>
    public const int Count = 6;

    /// <summary>Their height and width.</summary>
    public const int Size = 7;

    private const double CentreSpread = 1.1, Wavelength = 10;

    /// <summary>The filters one after the other, row-major; the largest magnitude of each is 1.</summary>
    /// <param name="balanced">Whether the mean of each is then taken off, so that an even image gives nothing (Tutorial 4), or not (Tutorial 3).</param>
    public static float[] Create(bool balanced)
    {
        var filters = new float[Count * Size * Size];
        for (var filter = 0; filter < Count; filter++)
        {
            var values = new double[Size * Size];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = Value(filter, Position(i / Size), Position(i % Size));
            }

            var largest = values.Max(Math.Abs);
            var mean = balanced ? values.Average() / largest : 0;
            for (var i = 0; i < values.Length; i++)
            {
                filters[filter * values.Length + i] = (float)(values[i] / largest - mean);
            }
        }

        return filters;
    }

    /// <summary>Evenly from -7/2 to 7/2.</summary>
    private static double Position(int index) => Size * ((double)index / (Size - 1) - 0.5);

    private static double Value(int filter, double y, double x)
    {
        var distance = Math.Sqrt(x * x + y * y);
        if (filter < 2)
        {
            var surround = Math.Exp(-distance / (8 * CentreSpread * CentreSpread));
            var centre = Math.Exp(-distance / (2 * CentreSpread * CentreSpread));
            return (filter == 0 ? 1 : -1) * (centre - 0.5 * surround);
        }

        var (sine, cosine) = Math.SinCos((filter - 2) * Math.PI / (Count - 2));
        var spread = 0.4 * CentreSpread;
        return Math.Exp(-distance / (2 * spread * spread)) * Math.Cos(2 * Math.PI * (y * cosine + x * sine) / Wavelength + Math.PI / 2);
    }
}
