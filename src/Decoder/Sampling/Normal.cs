using System.Runtime.CompilerServices;

namespace Decoder.Sampling;

/// <summary>
/// Standard normal draws by the ziggurat method with 256 layers (Marsaglia and Tsang, 2000; layer and abscissa from disjoint bits, Doornik, 2005).
/// </summary>
public static class Normal
{
    private const int Layers = 256;

    /// <summary>Where the tail begins.</summary>
    private const double TailStart = 3.6541528853610088;

    /// <summary>Area of each layer under exp(-x^2 / 2).</summary>
    private const double LayerArea = 0.00492867323399;

    /// <summary>Right edges of the layers: edge[0] is the virtual edge of the base layer, edge[256] = 0.</summary>
    private static readonly double[] Edges = CreateEdges();

    /// <summary>exp(-edge^2 / 2) of each edge.</summary>
    private static readonly double[] Heights = Array.ConvertAll(Edges, edge => Math.Exp(-0.5 * edge * edge));

    /// <summary>A draw from N(0, 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Next(RandomStream random)
    {
        var bits = random.NextUInt64();
        var layer = (int)(bits & (Layers - 1));
        var x = ToSignedUnit(bits) * Edges[layer];
        return Math.Abs(x) < Edges[layer + 1] ? x : NextOutsideCore(random, layer, x);
    }

    /// <summary>Fills <paramref name="destination"/> with draws from N(0, 1).</summary>
    public static void Fill(RandomStream random, Span<float> destination)
    {
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = (float)Next(random);
        }
    }

    /// <summary>The 1.2 % of draws that do not fall into the rectangle inside their layer.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double NextOutsideCore(RandomStream random, int layer, double x)
    {
        while (true)
        {
            if (layer == 0)
            {
                return NextTail(random, x < 0);
            }

            var y = Heights[layer] + random.NextDouble() * (Heights[layer + 1] - Heights[layer]);
            if (y < Math.Exp(-0.5 * x * x))
            {
                return x;
            }

            var bits = random.NextUInt64();
            layer = (int)(bits & (Layers - 1));
            x = ToSignedUnit(bits) * Edges[layer];
            if (Math.Abs(x) < Edges[layer + 1])
            {
                return x;
            }
        }
    }

    /// <summary>Beyond <see cref="TailStart"/>: Marsaglia's exact tail method (1964).</summary>
    private static double NextTail(RandomStream random, bool negative)
    {
        double x, y;
        do
        {
            x = -Math.Log(random.NextPositiveDouble()) / TailStart;
            y = -Math.Log(random.NextPositiveDouble());
        }
        while (y + y < x * x);
        return negative ? -(TailStart + x) : TailStart + x;
    }

    /// <summary>Uniform in [-1, 1) from the upper 54 bits, which the layer's 8 bits do not touch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double ToSignedUnit(ulong bits) => ((long)bits >> 10) * (1.0 / (1L << 53));

    private static double[] CreateEdges()
    {
        var edges = new double[Layers + 1];
        edges[0] = LayerArea / Math.Exp(-0.5 * TailStart * TailStart);
        edges[1] = TailStart;
        for (var i = 2; i < Layers; i++)
        {
            var height = Math.Exp(-0.5 * edges[i - 1] * edges[i - 1]) + LayerArea / edges[i - 1];
            edges[i] = Math.Sqrt(-2 * Math.Log(height));
        }

        return edges;
    }
}
