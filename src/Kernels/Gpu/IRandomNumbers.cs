using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>The numbers that a block of a <see cref="Philox"/> stream stands for.</summary>
internal interface IRandomNumbers<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Four uniform numbers in [0, 1).</summary>
    static abstract Four<T> Uniform(ulong block, ulong seed);
}

/// <summary>Numbers of 24 bits.</summary>
internal readonly struct RandomSingles : IRandomNumbers<float>
{
    public static Four<float> Uniform(ulong block, ulong seed)
    {
        Philox.Words words = Philox.Block(block, 0, seed);
        return new Four<float> { X = Philox.Single(words.W0), Y = Philox.Single(words.W1), Z = Philox.Single(words.W2), W = Philox.Single(words.W3) };
    }
}

/// <summary>Numbers of 53 bits, from two planes of the stream.</summary>
internal readonly struct RandomDoubles : IRandomNumbers<double>
{
    public static Four<double> Uniform(ulong block, ulong seed)
    {
        Philox.Words leading = Philox.Block(block, 0, seed), trailing = Philox.Block(block, 1, seed);
        return new Four<double>
        {
            X = Philox.Double(leading.W0, trailing.W0),
            Y = Philox.Double(leading.W1, trailing.W1),
            Z = Philox.Double(leading.W2, trailing.W2),
            W = Philox.Double(leading.W3, trailing.W3),
        };
    }
}
