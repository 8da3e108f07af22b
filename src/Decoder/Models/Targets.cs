using Autodiff;
using Autodiff.Kernels;

namespace Decoder.Models;

/// <summary>What a network should output for the rows of a data set, on the device where it is trained.</summary>
public abstract class Targets
{
    /// <summary>The loss of outputs for all rows.</summary>
    public abstract Tensor<float> Loss(Tensor<float> output);

    /// <summary>The loss of outputs for some rows.</summary>
    /// <param name="output">One row per element of <paramref name="rows"/>.</param>
    /// <param name="rows">Rows of the data set.</param>
    /// <param name="indices">The same rows, on the device.</param>
    public abstract Tensor<float> Loss(Tensor<float> output, ReadOnlySpan<int> rows, Indices indices);

    /// <summary>Numbers, with the squared error.</summary>
    internal sealed class Numbers(Tensor<float> values) : Targets
    {
        public override Tensor<float> Loss(Tensor<float> output) => Autodiff.Loss.MeanSquaredError(output, values);

        public override Tensor<float> Loss(Tensor<float> output, ReadOnlySpan<int> rows, Indices indices) =>
            Autodiff.Loss.MeanSquaredError(output, values.IndexSelect(indices));
    }

    /// <summary>Classes, with the cross-entropy.</summary>
    internal sealed class Labels(int[] classes, Device device) : Targets
    {
        private readonly Indices _all = new(classes, [classes.Length], device);

        public override Tensor<float> Loss(Tensor<float> output) => Autodiff.Loss.CrossEntropy(output, _all);

        public override Tensor<float> Loss(Tensor<float> output, ReadOnlySpan<int> rows, Indices indices)
        {
            Span<int> chosen = rows.Length <= 1024 ? stackalloc int[rows.Length] : new int[rows.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                chosen[i] = classes[rows[i]];
            }

            return Autodiff.Loss.CrossEntropy(output, new Indices(chosen, [rows.Length], device));
        }
    }

    /// <summary>Probabilities of classes, with the cross-entropy -sum p ln q, averaged over rows.</summary>
    internal sealed class Probabilities(Tensor<float> values) : Targets
    {
        public override Tensor<float> Loss(Tensor<float> output) => CrossEntropy(output, values);

        public override Tensor<float> Loss(Tensor<float> output, ReadOnlySpan<int> rows, Indices indices) =>
            CrossEntropy(output, values.IndexSelect(indices));

        private static Tensor<float> CrossEntropy(Tensor<float> output, Tensor<float> target) =>
            (output.LogSoftmax() * target).Sum() * (-1f / target.Shape[0]);
    }
}
