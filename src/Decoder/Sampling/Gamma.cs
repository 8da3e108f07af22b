namespace Decoder.Sampling;

/// <summary>Gamma draws with an integer shape and unit scale: the sum of that many Exp(1) events (Erlang).</summary>
public static class Gamma
{
    /// <summary>Up to this shape one logarithm of a product of uniforms is faster than a rejection.</summary>
    private const int DirectShapes = 8;

    /// <summary>A draw from Gamma(<paramref name="shape"/>, 1); 0 for shape 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The shape is negative.</exception>
    public static double Next(RandomStream random, int shape)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shape);
        if (shape == 0)
        {
            return 0;
        }

        if (shape > DirectShapes)
        {
            return NextByRejection(random, shape);
        }

        var product = 1.0;
        for (var i = 0; i < shape; i++)
        {
            product *= random.NextPositiveDouble();
        }

        return -Math.Log(product);
    }

    /// <summary>Marsaglia and Tsang, 'A simple method for generating gamma variables' (2000), for shapes of at least 1.</summary>
    private static double NextByRejection(RandomStream random, int shape)
    {
        var d = shape - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal.Next(random);
            var v = 1 + c * x;
            if (v <= 0)
            {
                continue;
            }

            v = v * v * v;
            var u = random.NextPositiveDouble();
            if (u < 1 - 0.0331 * x * x * x * x || Math.Log(u) < 0.5 * x * x + d * (1 - v + Math.Log(v)))
            {
                return d * v;
            }
        }
    }
}
