using ILGPU;

namespace Autodiff.Kernels;

/// <summary>What is done with an element of a matrix product in place of storing it: the element is in a register and need not go through memory again.</summary>
internal interface IEpilogue<T>
    where T : unmanaged
{
    /// <summary>Stores what is made of one element; called once for each.</summary>
    /// <param name="y">The result, from its first element on.</param>
    /// <param name="number">The number of the element in row-major order over all batches.</param>
    /// <param name="row">Its row.</param>
    /// <param name="column">Its column.</param>
    /// <param name="other">Where the batch begins in the other operand of the epilogue, if it has one.</param>
    /// <param name="product">The element.</param>
    void Store(ArrayView<T> y, int number, int row, int column, int other, T product);
}
