using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>y = op(a b, c) is a prediction: stored, compared with its target, and what the squared error passes back to it stored too.</summary>
internal struct StoreSquaredError<T, TOp> : IEpilogue<T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOp : struct, IBinaryKernel<T>
{
    /// <summary>What makes the prediction.</summary>
    public StoreCombined<T, TOp> Prediction;

    /// <summary>The targets, the gradient of the loss, what is passed back, the square of each difference, and the loss.</summary>
    public ArrayView<T> Target, Gradient, Passed, Squares, Loss;

    /// <summary>Where they begin, and the steps of the targets.</summary>
    public int TargetStart, TargetRowStep, TargetColumnStep, GradientStart, PassedStart, LossStart;

    /// <summary>The number of predictions.</summary>
    public int Count;

    /// <summary>The factor of the sum of the squares.</summary>
    public T Scale;

    /// <summary>What is passed back of a prediction, a target and the gradient of the sum.</summary>
    public SquaredErrorGradient<T> Op;

    /// <inheritdoc/>
    public static bool TakesSums => false;

    /// <inheritdoc/>
    public static bool Finishes => true;

    public readonly void Store(ArrayView<T> y, int number, int row, int column, int other, T product)
    {
        T prediction = Prediction.Of(row, column, other, product), target = Target[TargetStart + row * TargetRowStep + column * TargetColumnStep];
        T difference = prediction - target;
        y[number] = prediction;
        Squares[number] = difference * difference;
        Passed[PassedStart + number] = Op.Invoke(prediction, target, Gradient[GradientStart]);
    }

    public readonly void StoreSum(int row, T sum)
    {
    }

    public readonly void Finish()
    {
        T total = T.Zero;
        for (int i = Group.IdxX; i < Count; i += Group.DimX)
        {
            total += Squares[i];
        }

        total = GroupSum.Of(total);
        if (Group.IdxX == 0)
        {
            Loss[LossStart] = total * Scale;
        }
    }
}
