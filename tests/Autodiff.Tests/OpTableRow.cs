using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff.Tests;

/// <summary>A row of the table of operations: what is called, what it should give, and where to try it.</summary>
public sealed record OpTableRow<T>(string Operation, string Variant, Func<Tensor<T>[], Tensor<T>> Function, Func<Reference[], Reference> Reference)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The shapes to try, one array of input shapes each.</summary>
    public required Shape[][] Shapes { get; init; }

    /// <summary>The function of single elements, for the special values; null where there is none.</summary>
    public Func<double[], double>? Scalar { get; init; }

    /// <summary>Inputs are drawn from this interval.</summary>
    public (double Low, double High) Domain { get; init; } = (-2, 2);

    /// <summary>Inputs keep away from these kinks.</summary>
    public double[] Kinks { get; init; } = [];

    /// <summary>How often it can be differentiated: 0 for masks.</summary>
    public int Order { get; init; } = 2;

    /// <summary>The tolerance of the forward pass, in units of (|reference| + 1) times the machine epsilon.</summary>
    public double Ulps { get; init; } = 8;

    /// <summary>Whether the sign of a zero result is that of the reference.</summary>
    public bool SignedZero { get; init; } = true;

    public string Name => Variant.Length == 0 ? Operation : $"{Operation}: {Variant}";

    /// <summary>Inputs of the given shapes: always the same for the same row.</summary>
    public Reference[] Inputs(Shape[] shapes)
    {
        Random random = new(Name.Aggregate(17, (seed, letter) => unchecked(seed * 31 + letter)));
        return Array.ConvertAll(shapes, shape => Tests.Reference.From(shape, _ => Draw(random)));
    }

    private double Draw(Random random)
    {
        while (true)
        {
            double value = (float)(Domain.Low + (Domain.High - Domain.Low) * random.NextDouble());
            if (Array.TrueForAll(Kinks, kink => Math.Abs(value - kink) > 0.02))
            {
                return value;
            }
        }
    }
}
