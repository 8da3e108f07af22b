using Autodiff;
using Decoder.Recordings;

namespace Decoder.Models;

public sealed partial class DecoderModel
{
    /// <summary>Weights of the first layer, and of the last one where that is another. Units of an ensemble are those of all its networks, one network after the other.</summary>
    public IReadOnlyList<LayerWeights> OuterLayers
    {
        get
        {
            Module<float>[] layers = [.. network.Where(IsLayer)];
            return layers.Length == 1 ? [Read(layers[0], areInputsShared: true, areOutputsShared: true)]
                : [Read(layers[0], areInputsShared: true, areOutputsShared: false), Read(layers[^1], areInputsShared: false, areOutputsShared: true)];
        }
    }

    /// <summary>Units of each hidden layer; of an ensemble those of all its networks.</summary>
    public IReadOnlyList<int> HiddenUnits => [.. network.Where(IsLayer).SkipLast(1).Select(layer => layer is EnsembleLinear<float> several ? several.Members * several.Outputs : ((Linear<float>)layer).Outputs)];

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
            var responses = Preprocess(recording, some);
            using var scope = new Tape(record: false);
            var hidden = new List<float[]>();
            var values = Tensor.Create(responses, [some.Length, neurons], device);
            for (var i = 0; i < network.Count; i++)
            {
                // What a layer behind the first one takes in has gone through the nonlinearity of the one before it.
                if (IsLayer(network[i]) && network.Take(i).Any(IsLayer))
                {
                    // Networks x rows x units: the units of all networks, row by row.
                    var ofRows = values.Rank == 2 ? values : values.Permute([1, 0, 2]);
                    hidden.Add(ofRows.ToArray());
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
            var responses = Preprocess(recording, some);
            using var tape = new Tape();
            var input = tape.Watch(Tensor.Create(responses, [some.Length, neurons], device));

            // The angle of a row depends on that row alone, so the gradient of the sum has the gradients of all.
            var outputs = network.Forward(input);
            var angles = objective.Angle(outputs.Rank == 2 ? outputs.Unsqueeze(0) : outputs);
            var gradient = tape.Gradient(angles.Sum(), [input])[0]!.ToArray();
            for (var row = 0; row < some.Length; row++)
            {
                observe(start + row, Row(gradient, row, some.Length));
            }
        }
    }

    private static bool IsLayer(Module<float> module) => module is Linear<float> or EnsembleLinear<float>;

    /// <summary>The weights of a layer as one matrix: where all networks of an ensemble share inputs, their outputs are stacked; where they share outputs, their inputs stand side by side;
    /// where they share both, the weights are averaged.</summary>
    private static LayerWeights Read(Module<float> layer, bool areInputsShared, bool areOutputsShared)
    {
        using var scope = new Tape(record: false);
        if (layer is Linear<float> single)
        {
            return new(single.Weight.ToArray(), single.Outputs, single.Inputs);
        }

        var (several, weight) = ((EnsembleLinear<float>)layer, ((EnsembleLinear<float>)layer).Weight.Detach());
        return (areInputsShared, areOutputsShared) switch
        {
            (true, true) => new(weight.Mean([0]).ToArray(), several.Outputs, several.Inputs),
            (true, false) => new(weight.ToArray(), several.Members * several.Outputs, several.Inputs),
            _ => new(weight.Permute([1, 0, 2]).ToArray(), several.Outputs, several.Members * several.Inputs),
        };
    }

    private static ReadOnlyMemory<float> Row(float[] values, int row, int rows) => values.AsMemory(row * (values.Length / rows), values.Length / rows);
}
