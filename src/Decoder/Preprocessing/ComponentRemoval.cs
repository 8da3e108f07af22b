using System.Buffers;
using Autodiff;
using Autodiff.Kernels;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Decoder.Preprocessing;

/// <summary>
/// Removes the leading principal components of the training rows, which in the visual cortex are mostly arousal and running rather than the stimulus:
/// x - sum over components v of ((x - mean) . v) v.
/// </summary>
public sealed class ComponentRemoval : IPreprocessingStep
{
    private const string CenterName = "preprocessing.center";
    private const string ComponentsName = "preprocessing.components";

    private readonly float[] _center;
    private readonly float[][] _components;

    private ComponentRemoval(float[] center, float[][] components) => (_center, _components) = (center, components);

    /// <inheritdoc/>
    public int NeuronCount => _center.Length;

    /// <summary>The removed directions, of unit length and orthogonal, the one of the most variance first.</summary>
    public IReadOnlyList<float[]> Components => _components;

    /// <summary>Finds the components of row-major responses, rows x neurons.</summary>
    /// <param name="responses">Training rows; they are left as they are.</param>
    /// <param name="neurons">Number of neurons.</param>
    /// <param name="count">How many components to remove. Those without variance are not removed.</param>
    public static ComponentRemoval Fit(ReadOnlyMemory<float> responses, int neurons, int count) => Fit(new ResponseRows(responses, neurons), count);

    /// <summary>Finds the components of rows, in as many passes over them as it takes.</summary>
    /// <param name="responses">Training rows.</param>
    /// <param name="count">How many components to remove. Those without variance are not removed.</param>
    public static ComponentRemoval Fit(ResponseRows responses, int count)
    {
        var center = responses.Mean();
        return new(center, PrincipalComponents.Compute(responses, center, count));
    }

    /// <summary>Takes the components from a model file.</summary>
    /// <exception cref="InvalidDataException">They are missing, or of another number of neurons.</exception>
    public static ComponentRemoval Restore(SafeTensors file, int neurons)
    {
        var isThere = file.Contains(CenterName) && file.Contains(ComponentsName);
        var shape = isThere ? file.ShapeOf(ComponentsName) : default;
        if (!isThere || file.ShapeOf(CenterName) != new Shape(neurons) || shape.Rank != 2 || shape[1] != neurons)
        {
            throw new InvalidDataException($"The model file has no '{CenterName}' of shape [{neurons}] with '{ComponentsName}' of shape [components, {neurons}].");
        }

        var values = file.Get<float>(ComponentsName, Device.Cpu).ToArray();
        return new(file.Get<float>(CenterName, Device.Cpu).ToArray(), [.. values.Chunk(neurons)]);
    }

    /// <inheritdoc/>
    public void Apply(Span<float> responses)
    {
        var rented = ArrayPool<float>.Shared.Rent(NeuronCount);
        var centered = rented.AsSpan(0, NeuronCount);
        for (var start = 0; start < responses.Length; start += NeuronCount)
        {
            var row = responses.Slice(start, NeuronCount);
            TensorPrimitives.Subtract(row, _center, centered);
            foreach (var component in _components)
            {
                // The directions are orthogonal: what one takes away does not change the share of the next.
                TensorPrimitives.MultiplyAdd(component, -TensorPrimitives.Dot<float>(centered, component), row, row);
            }
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    /// <inheritdoc/>
    public void Store(SafeTensors file)
    {
        file.Add(CenterName, Tensor.Create(_center, [NeuronCount], Device.Cpu));
        file.Add(ComponentsName, Tensor.Create([.. _components.SelectMany(component => component)], [_components.Length, NeuronCount], Device.Cpu));
    }
}
