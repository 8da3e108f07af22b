namespace Autodiff.Kernels;

/// <summary>One number for each of up to four operands of a kernel: where an element lies in each, or how far apart neighbours are.</summary>
internal struct Positions
{
    public int X, Y, Z, W;

    /// <summary>Moves on by <paramref name="count"/> steps.</summary>
    public void Advance(in Positions steps, int count)
    {
        X += steps.X * count;
        Y += steps.Y * count;
        Z += steps.Z * count;
        W += steps.W * count;
    }
}
