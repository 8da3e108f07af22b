using Autodiff;
using Autodiff.Kernels;
using Decoder.Preprocessing;
using Decoder.Recordings;

namespace Decoder.Models;

/// <summary>A network with what is done to responses before it and to its outputs after it: all that is needed to decode.</summary>
/// <param name="network">The network.</param>
/// <param name="objective">What its outputs stand for.</param>
/// <param name="preprocessing">What is done to responses first.</param>
/// <param name="neurons">Number of neurons.</param>
/// <param name="device">Where the network is.</param>
public sealed partial class DecoderModel(
    Sequential<float> network, Objective objective, PreprocessingPipeline preprocessing, int neurons, Device device)
{
    private const string NetworkPrefix = "network.";

    /// <summary>Rows decoded at a time. Fixed, so that the same row gives the same bits whoever asks.</summary>
    private const int RowsAtATime = 128;

    /// <summary>What the outputs stand for.</summary>
    public Objective Objective => objective;

    /// <summary>Number of trained numbers.</summary>
    public long ParameterCount => network.ParameterCount;

    /// <summary>Number of neurons.</summary>
    public int NeuronCount => neurons;

    /// <summary>Takes a model from a file.</summary>
    /// <exception cref="InvalidDataException">The file does not hold the model that the options describe.</exception>
    public static DecoderModel Restore(SafeTensors file, ModelOptions options, int neurons, Device device)
    {
        var objective = options.Loss == LossKind.Classes
            ? ClassObjective.Restore(file, options)
            : Objective.Create(options, []);
        var network = DecoderNetwork.Create(neurons, options, objective.OutputCount, new Generator(0), device);
        network.Restore(file, NetworkPrefix);
        var preprocessing = PreprocessingPipeline.Restore(file, options.Preprocessing, neurons);
        return new(network, objective, preprocessing, neurons, device);
    }

    /// <summary>Puts the model into a file.</summary>
    public void Store(SafeTensors file)
    {
        network.Store(file, NetworkPrefix);
        objective.Store(file);
        preprocessing.Store(file);
    }

    /// <summary>Decodes rows of a recording.</summary>
    /// <exception cref="ArgumentException">The recording has another number of neurons.</exception>
    public Prediction[] Predict(Recording recording, ReadOnlySpan<int> rows)
    {
        RequireNeurons(recording.NeuronCount);
        var stimuli = new float[rows.Length];
        for (var i = 0; i < stimuli.Length; i++)
        {
            stimuli[i] = recording.Stimuli[rows[i]];
        }

        return Predict(new ResponseRows(recording, rows, preprocessing.Steps), rows, stimuli);
    }

    /// <summary>Decodes all rows of responses whose stimuli may be unknown.</summary>
    /// <exception cref="ArgumentException">They are of another number of neurons.</exception>
    public Prediction[] Predict(ResponseMatrix matrix)
    {
        RequireNeurons(matrix.Neurons);
        var rows = new ResponseRows(matrix.Values, matrix.Neurons, preprocessing.Steps);
        return Predict(rows, [.. Enumerable.Range(0, matrix.Rows)], matrix.Stimuli ?? [.. Enumerable.Repeat(float.NaN, matrix.Rows)]);
    }

    private Prediction[] Predict(ResponseRows responses, ReadOnlySpan<int> names, ReadOnlySpan<float> stimuli)
    {
        var predictions = new List<Prediction>(responses.Count);
        for (var start = 0; start < responses.Count; start += RowsAtATime)
        {
            var count = Math.Min(RowsAtATime, responses.Count - start);
            Decode(Run(responses, start, count), names.Slice(start, count), stimuli.Slice(start, count), predictions);
        }

        return [.. predictions];
    }

    private void Decode(float[] outputs, ReadOnlySpan<int> rows, ReadOnlySpan<float> stimuli, List<Prediction> predictions)
    {
        var count = objective.OutputCount;
        var members = outputs.Length / (rows.Length * count);
        var (ofRow, combined) = (new float[members * count], new float[count]);
        for (var i = 0; i < rows.Length; i++)
        {
            for (var member = 0; member < members; member++)
            {
                outputs.AsSpan((member * rows.Length + i) * count, count).CopyTo(ofRow.AsSpan(member * count));
            }

            if (members > 1)
            {
                objective.Combine(ofRow, combined);
            }

            predictions.Add(objective.Decode(rows[i], members > 1 ? combined : ofRow, stimuli[i]));
        }
    }

    /// <summary>The networks' outputs for some rows: members, rows, outputs.</summary>
    private float[] Run(ResponseRows responses, int start, int count)
    {
        network.Evaluate();
        using var scope = new Tape(record: false);
        return network.Forward(Tensor.Create<float>([count, neurons], (values, row) => responses.Read(start + row, values), device)).ToArray();
    }

    /// <summary>Preprocessed rows of a recording, with the network ready for evaluation.</summary>
    private float[] Preprocess(Recording recording, ReadOnlySpan<int> rows)
    {
        RequireNeurons(recording.NeuronCount);
        network.Evaluate();
        var responses = new float[rows.Length * neurons];
        new ResponseRows(recording, rows, preprocessing.Steps).Read(0, responses);
        return responses;
    }

    private void RequireNeurons(int count)
    {
        if (count != neurons)
        {
            throw new ArgumentException($"The model decodes {neurons} neurons; the recording has {count}.");
        }
    }
}
