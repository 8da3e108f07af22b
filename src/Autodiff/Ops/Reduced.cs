using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Runs a reduction that keeps the reduced axes with size 1, and records it.</summary>
    /// <exception cref="ArgumentException">An axis is named twice.</exception>
    internal static Tensor<T> Reduced<T, TKernel>(
        string operation, Tensor<T> x, ReadOnlySpan<int> axes, TKernel kernel, VectorJacobianProduct<T> vjp)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TKernel : struct, IReductionKernel<T>
    {
        View<T> view = x.View;
        Shape shape = x.Shape;
        uint seen = 0;
        foreach (int axis in axes)
        {
            uint bit = 1u << shape.Axis(axis);
            if ((seen & bit) != 0)
            {
                throw new ArgumentException($"{operation}: the axes [{string.Join(", ", axes.ToArray())}] name axis {shape.Axis(axis)} of {x.Shape} twice.");
            }

            seen |= bit;
            shape = shape.With(axis, 1);
        }
        View<T> y = Tape.Rent<T>(x.Device, shape);
        x.Device.Reduce(view, y, kernel);
        return Tape.Record(operation, y, new Input<T>(x, vjp));
    }

    /// <summary>Every axis of a tensor of some rank.</summary>
    internal static ReadOnlySpan<int> AllAxes(int rank) => ((ReadOnlySpan<int>)[0, 1, 2, 3, 4, 5, 6, 7])[..rank];

    /// <summary>How many elements go into one element of a reduction.</summary>
    internal static int CountAlong(Shape shape, ReadOnlySpan<int> axes)
    {
        int count = 1;
        foreach (int axis in axes)
        {
            count *= shape[axis];
        }

        return count;
    }

    /// <summary>A shape without some of its axes.</summary>
    internal static Shape Without(Shape shape, ReadOnlySpan<int> axes)
    {
        Span<int> sizes = stackalloc int[shape.Rank];
        uint gone = 0;
        foreach (int axis in axes)
        {
            gone |= 1u << shape.Axis(axis);
        }

        int rank = 0;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if ((gone & (1u << axis)) == 0)
            {
                sizes[rank++] = shape[axis];
            }
        }
        return new Shape(sizes[..rank]);
    }
}
