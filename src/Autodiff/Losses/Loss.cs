using System.Numerics;

namespace Autodiff;

/// <summary>How far predictions are from what they should be.</summary>
public static partial class Loss
{
    private static Tensor<T> Reduced<T>(Tensor<T> losses, Reduction reduction)
        where T : unmanaged, IFloatingPointIeee754<T> => reduction switch
        {
            Reduction.Mean => losses.Mean(),
            Reduction.Sum => losses.Sum(),
            Reduction.None => losses,
            _ => throw new ArgumentOutOfRangeException(nameof(reduction), reduction, "There is no such reduction; use Mean, Sum or None."),
        };

    private static void SameShape<T>(string loss, Tensor<T> prediction, Tensor<T> target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Ops.SameDevice(loss, prediction, target);
        if (prediction.Shape == target.Shape)
        {
            return;
        }

        string hint = prediction.Count == target.Count
            ? prediction.Rank > target.Rank
                ? $" Did you mean target.Reshape({prediction.Shape})?"
                : $" Did you mean prediction.Reshape({target.Shape})?"
            : "";
        throw new ArgumentException($"{loss}: the prediction has shape {prediction.Shape}, the target {target.Shape}; they must be the "
            + $"same.{hint}");
    }

    private static void OneClassPerRow<T>(string loss, Tensor<T> scores, Indices classes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (scores.Rank != 2)
        {
            throw new ArgumentException($"{loss}: the scores have shape {scores.Shape}; they should be [samples, classes]. Reshape them.");
        }

        if (classes.Shape.Rank != 1 || classes.Count != scores.Shape[0])
        {
            throw new ArgumentException($"{loss}: the scores are for {scores.Shape[0]} samples and {scores.Shape[1]} classes, the class "
                + $"indices have shape {classes.Shape}; they should be [{scores.Shape[0]}], one class per sample.");
        }

        if (classes.Device != scores.Device)
        {
            throw new ArgumentException($"{loss}: the class indices are on {classes.Device.Name}, the scores on {scores.Device.Name}; "
                + "make the indices there.");
        }

        classes.RefuseOutside(loss, scores.Shape, axis: 1);
    }
}
