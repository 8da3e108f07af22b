using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>One thread's part in copying slices of a factor to shared memory: four elements of every slice, through registers.</summary>
/// <remarks>A slice has <see cref="TileSlice.Depth"/> summands of every row or column of a tile; see <see cref="TileSlice"/> for how it lies in shared memory.</remarks>
internal interface ITileLoader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Reads the thread's elements of the next slice; those outside of the factor or the chunk are 0.</summary>
    Four<T> Read(ArrayView<T> factor);

    /// <summary>Writes the elements to a slice in shared memory that begins at <paramref name="slice"/>.</summary>
    void Write(ArrayView<Four<T>> shared, int slice, Four<T> v);
}
