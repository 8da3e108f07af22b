using Autodiff;
using Decoder.Recordings;

namespace Decoder.Models;

public sealed partial class DecoderModel
{
    /// <summary>Weights of the layers, from the responses on.</summary>
    public IReadOnlyList<LayerWeights> Layers =>
        [.. network.OfType<Linear<float>>().Select(layer => new LayerWeights(layer.Weight.ToArray(), layer.Outputs, layer.Inputs))];

    /// <summary>Shows responses and what the hidden layers make of them, row by row.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="observe">Told for each row, by its index among <paramref name="rows"/>, the preprocessed responses and the activity of each hidden layer behind its nonlinearity. All are overwritten.</param>
    /// <exception cref="ArgumentException">The recording has another number of neurons.</exception>
    public void Observe(Recording recording, ReadOnlySpan<int> rows, Action<int, ReadOnlyMemory<float>, IReadOnlyList<ReadOnlyMemory<float>>> observe)
    {
        for (var start = 0; start < rows.Length; start += RowsAtATime)
        {
            var some = rows.Slice(start, Math.Min(RowsAtATime, rows.Length - start));
            var responses = recording.Select(some).Responses;
            Prepare(responses, some.Length);
            using var scope = new Tape(record: false);
            var hidden = new List<float[]>();
            var values = Tensor.Create(responses, [some.Length, neurons], device);
            for (var i = 0; i < network.Count; i++)
            {
                // What a layer behind the first one takes in has gone through the nonlinearity of the one before it.
                if (network[i] is Linear<float> && i > 0 && network.Take(i).OfType<Linear<float>>().Any())
                {
                    hidden.Add(values.ToArray());
                }

                values = network[i].Forward(values);
            }

            var count = some.Length;
            for (var row = 0; row < count; row++)
            {
                observe(start + row, Row(responses, row, count), [.. hidden.Select(layer => Row(layer, row, count))]);
            }
        }
    }

    /// <summary>The gradient of the decoded angle with respect to the response of each neuron, as it is after preprocessing: degrees per unit.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="observe">Told for each row, by its index among <paramref name="rows"/>, the gradient, which is overwritten.</param>
    /// <exception cref="ArgumentException">The recording has another number of neurons.</exception>
    public void DifferentiateAngle(Recording recording, ReadOnlySpan<int> rows, Action<int, ReadOnlyMemory<float>> observe)
    {
        for (var start = 0; start < rows.Length; start += RowsAtATime)
        {
            var some = rows.Slice(start, Math.Min(RowsAtATime, rows.Length - start));
            var responses = recording.Select(some).Responses;
            Prepare(responses, some.Length);
            using var tape = new Tape();
            var input = tape.Watch(Tensor.Create(responses, [some.Length, neurons], device));

            // The angle of a row depends on that row alone, so the gradient of the sum has the gradients of all.
            var gradient = tape.Gradient(objective.Angle(network.Forward(input)).Sum(), [input])[0]!.ToArray();
            for (var row = 0; row < some.Length; row++)
            {
                observe(start + row, Row(gradient, row, some.Length));
            }
        }
    }

    private static ReadOnlyMemory<float> Row(float[] values, int row, int rows) => values.AsMemory(row * (values.Length / rows), values.Length / rows);
}
