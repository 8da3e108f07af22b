using System.Numerics;

namespace Autodiff;

/// <summary>New contents for an input of a <see cref="CapturedStep{T}"/>: a tensor, indices, or host memory in row-major order. Each converts by itself.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct StepInput<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private StepInput(Tensor<T>? tensor, Indices? indices, ReadOnlySpan<T> values, ReadOnlySpan<int> integers, bool isInteger)
    {
        (Tensor, Indices, IsInteger) = (tensor, indices, isInteger);
        Values = values;
        Integers = integers;
    }

    /// <summary>The tensor, if it is one.</summary>
    internal Tensor<T>? Tensor { get; }

    /// <summary>The indices, if it is some.</summary>
    internal Indices? Indices { get; }

    /// <summary>The host memory, if it is numbers there.</summary>
    internal ReadOnlySpan<T> Values { get; }

    /// <summary>The host memory, if it is indices there.</summary>
    internal ReadOnlySpan<int> Integers { get; }

    /// <summary>Whether it is indices.</summary>
    internal bool IsInteger { get; }

    /// <summary>A tensor of the input's shape, on its device.</summary>
    public static implicit operator StepInput<T>(Tensor<T> tensor) => new(tensor ?? throw new ArgumentNullException(nameof(tensor)), null, default, default, false);

    /// <summary>As many values as the input has.</summary>
    public static implicit operator StepInput<T>(T[] values) => new(null, null, values ?? throw new ArgumentNullException(nameof(values)), default, false);

    /// <summary>As many values as the input has.</summary>
    public static implicit operator StepInput<T>(ReadOnlySpan<T> values) => new(null, null, values, default, false);

    /// <summary>As many values as the input has.</summary>
    public static implicit operator StepInput<T>(Span<T> values) => new(null, null, values, default, false);

    /// <summary>Indices of the input's shape, on its device.</summary>
    public static implicit operator StepInput<T>(Indices indices) => new(null, indices ?? throw new ArgumentNullException(nameof(indices)), default, default, true);

    /// <summary>As many indices as the input has.</summary>
    public static implicit operator StepInput<T>(int[] indices) => new(null, null, default, indices ?? throw new ArgumentNullException(nameof(indices)), true);

    /// <summary>As many indices as the input has.</summary>
    public static implicit operator StepInput<T>(ReadOnlySpan<int> indices) => new(null, null, default, indices, true);

    /// <summary>As many indices as the input has.</summary>
    public static implicit operator StepInput<T>(Span<int> indices) => new(null, null, default, indices, true);
}
