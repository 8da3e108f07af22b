using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;

namespace Autodiff.Kernels;

internal sealed partial class GpuDevice
{
    /// <inheritdoc/>
    internal override void MapCore<T, TOp>(View<T> x, View<T> y, TOp op)
    {
        if (y.Count == 0)
            return;
        Walk walk = Walk.Over(x.Layout.BroadcastTo(y.Shape), y.Layout);
        Launch(default(MapKernel<T, TOp>), Over(walk.Count), Elements(x), Elements(y), walk, op);
    }

    /// <inheritdoc/>
    internal override void ZipCore<T, TOp>(View<T> a, View<T> b, View<T> y, TOp op)
    {
        if (y.Count == 0)
            return;
        Walk walk = Walk.Over(a.Layout.BroadcastTo(y.Shape), b.Layout.BroadcastTo(y.Shape), y.Layout);
        Launch(default(ZipKernel<T, TOp>), Over(walk.Count), Elements(a), Elements(b), Elements(y), walk, op);
    }

    /// <inheritdoc/>
    internal override void ZipCore<T, TOp>(View<T> a, View<T> b, View<T> c, View<T> y, TOp op)
    {
        if (y.Count == 0)
            return;
        Walk walk = Walk.Over(a.Layout.BroadcastTo(y.Shape), b.Layout.BroadcastTo(y.Shape), c.Layout.BroadcastTo(y.Shape), y.Layout);
        Launch(default(ZipThreeKernel<T, TOp>), Over(walk.Count), Elements(a), Elements(b), Elements(c), Elements(y), walk, op);
    }

    /// <inheritdoc/>
    internal override void FillCore<T>(View<T> y, T value)
    {
        if (y.Count == 0)
            return;
        Walk walk = Walk.Over(y.Layout);
        // The bits are what counts: one compiled kernel serves all types of a size.
        switch (Unsafe.SizeOf<T>())
        {
            case 1:
                Launch(default(FillKernel<byte>), Over(walk.Count), Elements(y).Cast<byte>(), walk, Unsafe.BitCast<T, byte>(value));
                break;
            case 2:
                Launch(default(FillKernel<ushort>), Over(walk.Count), Elements(y).Cast<ushort>(), walk, Unsafe.BitCast<T, ushort>(value));
                break;
            case 4:
                Launch(default(FillKernel<uint>), Over(walk.Count), Elements(y).Cast<uint>(), walk, Unsafe.BitCast<T, uint>(value));
                break;
            case 8:
                Launch(default(FillKernel<ulong>), Over(walk.Count), Elements(y).Cast<ulong>(), walk, Unsafe.BitCast<T, ulong>(value));
                break;
            default:
                throw UnknownSize<T>();
        }
    }

    /// <inheritdoc/>
    internal override void CopyCore<T>(View<T> x, View<T> y)
    {
        if (y.Count == 0)
            return;
        Layout source = x.Layout.BroadcastTo(y.Shape);
        if (source.IsContiguous && y.IsContiguous)
        {
            CopyContiguous(Elements(x).SubView(source.Offset, y.Count), Elements(y).SubView(y.Layout.Offset, y.Count));
            return;
        }
        Walk walk = Walk.Over(source, y.Layout);
        switch (Unsafe.SizeOf<T>())
        {
            case 1:
                Launch(default(CopyKernel<byte>), Over(walk.Count), Elements(x).Cast<byte>(), Elements(y).Cast<byte>(), walk);
                break;
            case 2:
                Launch(default(CopyKernel<ushort>), Over(walk.Count), Elements(x).Cast<ushort>(), Elements(y).Cast<ushort>(), walk);
                break;
            case 4:
                Launch(default(CopyKernel<uint>), Over(walk.Count), Elements(x).Cast<uint>(), Elements(y).Cast<uint>(), walk);
                break;
            case 8:
                Launch(default(CopyKernel<ulong>), Over(walk.Count), Elements(x).Cast<ulong>(), Elements(y).Cast<ulong>(), walk);
                break;
            default:
                throw UnknownSize<T>();
        }
    }

    private void CopyContiguous<T>(ArrayView<T> source, ArrayView<T> target)
        where T : unmanaged
    {
        lock (_lock)
        {
            try
            {
                source.CopyTo(Ready.Stream, target);
            }
            catch (Exception e) when (IsOfDevice(e))
            {
                throw Lost(e);
            }
        }
    }

    private static NotSupportedException UnknownSize<T>() =>
        new($"{typeof(T).Name} has {Unsafe.SizeOf<T>()} bytes; GPU kernels copy and fill elements of 1, 2, 4 or 8 bytes.");
}
