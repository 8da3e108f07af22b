using ILGPU;

namespace Autodiff.Kernels;

/// <summary>What is done with an element of a matrix product in place of storing it: the element is in a register and need not go through memory again.</summary>
internal interface IEpilogue<T>
    where T : unmanaged
{
    /// <summary>Whether there is something to do with the sums of the left factor's rows.</summary>
    static abstract bool TakesSums { get; }

    /// <summary>Whether there is something left to do once all elements were stored.</summary>
    static abstract bool Finishes { get; }

    /// <summary>Stores what is made of one element; called once for each.</summary>
    /// <param name="y">The result, from its first element on.</param>
    /// <param name="number">The number of the element in row-major order over all batches.</param>
    /// <param name="row">Its row.</param>
    /// <param name="column">Its column.</param>
    /// <param name="other">Where the batch begins in the other operand of the epilogue, if it has one.</param>
    /// <param name="product">The element.</param>
    void Store(ArrayView<T> y, int number, int row, int column, int other, T product);

    /// <summary>Stores what is made of the sum of a row of the left factor; called once for each, where that is asked for.</summary>
    void StoreSum(int row, T sum);

    /// <summary>Does what is left to do; called by all threads of one group, which see what was stored.</summary>
    void Finish();
}
