namespace Kernels.Tests;

/// <summary>Compares a function of floats with its exact values.</summary>
internal interface ISingleScan
{
    /// <summary>At every 32-bit pattern, by as many threads as there are processors.</summary>
    SingleScanResult All();

    /// <summary>At one pattern drawn from each of 2²⁰ runs of 4096 neighbours: all exponents, both signs, NaNs among them.</summary>
    SingleScanResult Sample(int seed);

    /// <summary>At some points, the last of them repeated to fill a vector.</summary>
    SingleScanResult Points(params ReadOnlySpan<float> points);
}
