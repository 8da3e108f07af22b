using Autodiff;
using Autodiff.Kernels;

namespace Decoder.Models;

/// <summary>What a network should output for the rows of a data set, on the device where it is trained.</summary>
public abstract class Targets
{
    /// <summary>The loss of outputs for all rows.</summary>
    /// <param name="output">[rows, outputs], or [members, rows, outputs] of an ensemble, whose members' losses are averaged.</param>
    public abstract Tensor<float> Loss(Tensor<float> output);

    /// <summary>The loss of outputs for some rows.</summary>
    /// <param name="output">One row per element of <paramref name="rows"/>; of an ensemble as above.</param>
    /// <param name="rows">Rows of the data set.</param>
    /// <param name="indices">The same rows, on the device.</param>
    public abstract Tensor<float> Loss(Tensor<float> output, ReadOnlySpan<int> rows, Indices indices);

    /// <summary>Numbers for each row, and what is lost by other ones.</summary>
    internal abstract class Values(Tensor<float> values) : Targets
    {
        public sealed override Tensor<float> Loss(Tensor<float> output) => Loss(output, values.BroadcastTo(output.Shape));

        public sealed override Tensor<float> Loss(Tensor<float> output, ReadOnlySpan<int> rows, Indices indices) =>
            Loss(output, values.IndexSelect(indices).BroadcastTo(output.Shape));

        protected abstract Tensor<float> Loss(Tensor<float> output, Tensor<float> target);
    }

    /// <summary>Numbers, with the squared error.</summary>
    internal sealed class Numbers(Tensor<float> values) : Values(values)
    {
        protected override Tensor<float> Loss(Tensor<float> output, Tensor<float> target) => Autodiff.Loss.MeanSquaredError(output, target);
    }

    /// <summary>Unit vectors, with the likelihood of the von Mises distribution.</summary>
    internal sealed class Directions(Tensor<float> values) : Values(values)
    {
        protected override Tensor<float> Loss(Tensor<float> output, Tensor<float> target) => Autodiff.Loss.VonMises(output, target);
    }

    /// <summary>Probabilities of classes, with the cross-entropy -sum p ln q, averaged over rows.</summary>
    internal sealed class Probabilities(Tensor<float> values) : Values(values)
    {
        protected override Tensor<float> Loss(Tensor<float> output, Tensor<float> target) =>
            (output.LogSoftmax() * target).Sum() * (-1f * output.Shape[-1] / output.Count);
    }

    /// <summary>Classes, with the cross-entropy.</summary>
    internal sealed class Labels(int[] classes, Device device) : Targets
    {
        private readonly Indices _all = new(classes, [classes.Length], device);

        public override Tensor<float> Loss(Tensor<float> output) =>
            output.Rank == 2 ? Autodiff.Loss.CrossEntropy(output, _all) : OfMembers(output, classes);

        public override Tensor<float> Loss(Tensor<float> output, ReadOnlySpan<int> rows, Indices indices)
        {
            Span<int> chosen = rows.Length <= 1024 ? stackalloc int[rows.Length] : new int[rows.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                chosen[i] = classes[rows[i]];
            }

            return output.Rank == 2 ? Autodiff.Loss.CrossEntropy(output, new Indices(chosen, [rows.Length], device)) : OfMembers(output, chosen);
        }

        private Tensor<float> OfMembers(Tensor<float> output, ReadOnlySpan<int> ofRows)
        {
            var repeated = new int[output.Shape[0] * ofRows.Length];
            for (var member = 0; member < output.Shape[0]; member++)
            {
                ofRows.CopyTo(repeated.AsSpan(member * ofRows.Length));
            }

            return Autodiff.Loss.CrossEntropy(output.Reshape([repeated.Length, output.Shape[-1]]), new Indices(repeated, [repeated.Length], device));
        }
    }
}
