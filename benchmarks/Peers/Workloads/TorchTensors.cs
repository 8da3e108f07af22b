using TorchSharp;

namespace Benchmarks.Peers;

/// <summary>libtorch's tensors, made and checked so that no shape error reaches it: some end the process.</summary>
internal static class TorchTensors
{
    /// <summary>A float32 tensor of given values.</summary>
    /// <exception cref="ArgumentException">They do not fill the shape.</exception>
    public static torch.Tensor Create(float[] values, params long[] shape)
    {
        var count = shape.Aggregate(1L, (product, length) => product * length);
        if (values.Length != count)
        {
            throw new ArgumentException($"{values.Length} values do not fill the shape [{string.Join(", ", shape)}] of {count}.", nameof(values));
        }

        return torch.tensor(values, shape);
    }

    /// <summary>Refuses a tensor of another shape.</summary>
    /// <exception cref="InvalidOperationException">It has another shape.</exception>
    public static void Require(string name, torch.Tensor? tensor, params long[] shape)
    {
        if (tensor is null || !tensor.shape.SequenceEqual(shape))
        {
            throw new InvalidOperationException(
                $"libtorch: {name} has the shape [{string.Join(", ", tensor?.shape ?? [])}], expected [{string.Join(", ", shape)}].");
        }
    }
}
