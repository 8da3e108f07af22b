using Autodiff;
using Autodiff.Kernels;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Decoder.Preprocessing;

/// <summary>
/// z-scores of responses, (x - mean) / standard deviation per neuron, with the statistics of the training set or of spontaneous activity: nothing about test
/// data gets into them. A neuron that never changes there is silenced, since nothing can be learned about it.
/// </summary>
public sealed class Standardization : IPreprocessingStep
{
    private const string MeanName = "preprocessing.mean";
    private const string ScaleName = "preprocessing.scale";

    private readonly float[] _mean;
    private readonly float[] _scale;

    private Standardization(float[] mean, float[] scale) => (_mean, _scale) = (mean, scale);

    /// <inheritdoc/>
    public int NeuronCount => _mean.Length;

    /// <summary>Computes the statistics of row-major responses, rows x neurons.</summary>
    public static Standardization Fit(ReadOnlyMemory<float> responses, int neurons) => Fit(new ResponseRows(responses, neurons));

    /// <summary>Computes the statistics of rows, in two passes over them.</summary>
    public static Standardization Fit(ResponseRows responses)
    {
        var (neurons, rows) = (responses.NeuronCount, responses.Count);
        var mean = responses.Mean();
        var squares = new double[neurons];
        responses.ForEach(row =>
        {
            for (var i = 0; i < row.Length; i++)
            {
                var difference = (double)row[i] - mean[i];
                squares[i] += difference * difference;
            }
        });

        // Below this a spread is the rounding of a constant, and scaling it up would feed noise to the network.
        var scale = new float[neurons];
        for (var i = 0; i < neurons; i++)
        {
            var deviation = Math.Sqrt(squares[i] / rows);
            scale[i] = deviation > 1e-6 * Math.Abs(mean[i]) ? (float)(1 / deviation) : 0;
        }

        return new(mean, scale);
    }

    /// <inheritdoc/>
    public void Apply(Span<float> responses)
    {
        for (var start = 0; start < responses.Length; start += _mean.Length)
        {
            var row = responses.Slice(start, _mean.Length);
            TensorPrimitives.Subtract(row, _mean, row);
            TensorPrimitives.Multiply(row, _scale, row);
        }
    }

    /// <inheritdoc/>
    public void Store(SafeTensors file)
    {
        file.Add(MeanName, Tensor.Create(_mean, [NeuronCount], Device.Cpu));
        file.Add(ScaleName, Tensor.Create(_scale, [NeuronCount], Device.Cpu));
    }

    /// <summary>Takes the statistics from a file.</summary>
    /// <exception cref="InvalidDataException">They are missing, or of another number of neurons.</exception>
    public static Standardization Restore(SafeTensors file, int neurons)
    {
        foreach (var name in (string[])[MeanName, ScaleName])
        {
            if (!file.Contains(name) || file.ShapeOf(name) != new Shape(neurons))
            {
                throw new InvalidDataException(
                    $"The model file has {(file.Contains(name) ? $"'{name}' of shape {file.ShapeOf(name)}" : $"no '{name}'")}; shape [{neurons}], one value per neuron, is needed.");
            }
        }

        return new(file.Get<float>(MeanName, Device.Cpu).ToArray(), file.Get<float>(ScaleName, Device.Cpu).ToArray());
    }
}
