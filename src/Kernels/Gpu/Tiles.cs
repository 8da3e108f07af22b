namespace Autodiff.Kernels;

/// <summary>Arithmetic of tilings.</summary>
internal static class Tiles
{
    /// <summary>How many tiles of size <paramref name="b"/> cover <paramref name="a"/>: a / b, rounded up.</summary>
    public static int DivideUp(int a, int b) => (int)(((long)a + b - 1) / b);
}
