using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

internal sealed partial class GpuDevice
{
    // A single group adds up the squares; where there are more of them, many groups are quicker by more than a launch costs.
    private const int MostSquares = 1 << 16;

    /// <inheritdoc/>
    internal override bool ProductsTakeMore => Profile.HasFastBarriers;

    /// <inheritdoc/>
    internal override void MatMulAdamCore<T>(View<T> a, View<T> b, AdamParameter<T> parameter, AdamParameter<T>? sums, in AdamStep step)
    {
        if (parameter.Parameter.Count == 0 || a.Shape[-1] == 0)
        {
            base.MatMulAdamCore(a, b, parameter, sums, step);
            return;
        }

        if (!parameter.Parameter.Layout.TryReshape([a.Shape[-2], b.Shape[-1]], out Layout matrix))
        {
            throw new ArgumentException($"MatMulAdam: the parameter of shape {parameter.Parameter.Shape} must be contiguous.");
        }

        View<T> y = parameter.Parameter.With(matrix);
        AdamParameter<T> added = sums ?? parameter;
        StoreAdamStep<T> epilogue = new()
        {
            Target = Target(parameter),
            // Unused arguments must be valid pointers.
            SumTarget = Target(added),
            SumParameter = Elements(added.Parameter),
            SumStart = added.Parameter.Layout.Offset,
            Update = new AdamUpdate<T>(step),
        };
        bool isSummed = false;
        if (Profile.HasFastBarriers)
        {
            isSummed = MultiplyByTiles(a, b, y, a, epilogue, null, takesSums: sums is not null);
        }
        else
        {
            MultiplyOnProcessor(a, b, y, a, epilogue);
        }

        if (sums is { } left && !isSummed)
        {
            SumRowsAdam(a, left, step);
        }
    }

    /// <inheritdoc/>
    internal override void MatMulErrorCore<T, TOp>(in MatMulEpilogueCall<T, TOp> product, in SquaredErrorGradientCall<T> error)
    {
        View<T> y = product.Y;
        if (!ProductsTakeMore || y.Count == 0 || y.Count > MostSquares || y.Shape.Rank != 2 || product.A.Shape[-1] == 0)
        {
            base.MatMulErrorCore(product, error);
            return;
        }

        using Storage<T> squares = new(this, y.Count);
        View<T> other = product.C.With(product.C.Layout.BroadcastTo(y.Shape));
        StoreSquaredError<T, TOp> epilogue = new()
        {
            Prediction = Combined(other, product.Op),
            Target = Elements(error.Target),
            Gradient = Elements(error.Gradient),
            Passed = Elements(error.Y),
            Squares = Elements(squares),
            Loss = Elements(error.Loss),
            TargetStart = error.Target.Layout.Offset,
            TargetRowStep = error.Target.Layout.Stride(0),
            TargetColumnStep = error.Target.Layout.Stride(1),
            GradientStart = error.Gradient.Layout.Offset,
            PassedStart = error.Y.Layout.Offset,
            LossStart = error.Loss.Layout.Offset,
            Count = y.Count,
            Scale = error.Scale,
            Op = error.Op,
        };
        MultiplyByTiles(product.A, product.B, y, other, epilogue, null);
    }

    private AdamTarget<T> Target<T>(in AdamParameter<T> parameter)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool storesGradient = parameter.Gradient.Storage is not null;
        return new AdamTarget<T>
        {
            Gradient = Elements(storesGradient ? parameter.Gradient : parameter.FirstMoment),
            GradientStart = parameter.Gradient.Layout.Offset,
            StoresGradient = storesGradient ? 1 : 0,
            FirstMoment = Elements(parameter.FirstMoment),
            SecondMoment = Elements(parameter.SecondMoment),
            FirstMomentStart = parameter.FirstMoment.Layout.Offset,
            SecondMomentStart = parameter.SecondMoment.Layout.Offset,
        };
    }
}
