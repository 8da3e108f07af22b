using System.Globalization;
using Autodiff;
using Autodiff.Kernels;
using Decoder.Recordings;

namespace Decoder.Preprocessing;

/// <summary>Some of the neurons of a recording; a model of them finds them again in other recordings of the same population.</summary>
public sealed class NeuronSubset
{
    private const string IndicesName = "preprocessing.neurons";
    private const string CountName = "preprocessing.neuronsOf";

    /// <summary>Chooses neurons.</summary>
    /// <param name="indices">Which, from 0, each once.</param>
    /// <param name="count">Of how many.</param>
    public NeuronSubset(int[] indices, int count)
    {
        if (indices.Length == 0 || indices.Min() < 0 || indices.Max() >= count)
        {
            throw new ArgumentException($"Indices from 0 to {count - 1} are needed, and at least one.", nameof(indices));
        }

        (Indices, Count) = (indices, count);
    }

    /// <summary>Which neurons.</summary>
    public IReadOnlyList<int> Indices { get; }

    /// <summary>Number of neurons of the whole recording.</summary>
    public int Count { get; }

    /// <summary>Takes the subset from a model file; null where the model is of all neurons.</summary>
    /// <exception cref="InvalidDataException">The file contradicts itself.</exception>
    public static NeuronSubset? Restore(SafeTensors file)
    {
        if (!file.Contains(IndicesName))
        {
            return null;
        }

        var indices = Array.ConvertAll(file.Get<double>(IndicesName, Device.Cpu).ToArray(), index => (int)index);
        try
        {
            return new NeuronSubset(indices, int.Parse(file.Metadata[CountName], CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or KeyNotFoundException)
        {
            throw new InvalidDataException($"The model file does not say which neurons it decodes: {e.Message}");
        }
    }

    /// <summary>Puts the subset into a model file.</summary>
    public void Store(SafeTensors file)
    {
        file.Add(IndicesName, Tensor.Create([.. Indices.Select(index => (double)index)], [Indices.Count], Device.Cpu));
        file.Metadata[CountName] = Count.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Takes the neurons out of one row.</summary>
    public void Take(ReadOnlySpan<float> row, Span<float> destination)
    {
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = row[Indices[i]];
        }
    }

    /// <summary>Takes the neurons out of row-major responses.</summary>
    public float[] Take(ReadOnlySpan<float> responses)
    {
        var rows = responses.Length / Count;
        var taken = new float[rows * Indices.Count];
        for (var row = 0; row < rows; row++)
        {
            Take(responses.Slice(row * Count, Count), taken.AsSpan(row * Indices.Count, Indices.Count));
        }

        return taken;
    }

    /// <summary>Takes the neurons out of a whole recording.</summary>
    /// <exception cref="ArgumentException">It is of another number of neurons.</exception>
    public Recording Take(Recording recording)
    {
        if (recording.NeuronCount != Count)
        {
            throw new ArgumentException($"The recording has {recording.NeuronCount} neurons; {Count} are needed.", nameof(recording));
        }

        return new Recording(Take(recording.Responses), recording.Stimuli, recording.Source, recording.IsSimulated, recording.TestStart)
        {
            Subset = this,
            Notes = recording.Notes,
        };
    }
}
