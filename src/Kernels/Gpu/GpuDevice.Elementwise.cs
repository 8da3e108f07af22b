using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;

namespace Autodiff.Kernels;

internal sealed partial class GpuDevice
{
    // From here on an operand that lies across the output is turned by tiles first: a read and a write more, instead of a memory transaction per element.
    private const int WorthTurning = 1 << 12;

    /// <inheritdoc/>
    internal override void MapCore<T, TOp>(View<T> x, View<T> y, TOp op)
    {
        if (y.Count == 0)
        {
            return;
        }

        using Storage<T>? turned = Along(ref x, y.Layout);
        Fours fours = Fours.Over([x.Layout.BroadcastTo(y.Shape), y.Layout]);
        Launch(default(MapKernel<T, TOp>), OverFours(fours), Elements(x), Elements(y), fours, op);
    }

    /// <inheritdoc/>
    internal override void ZipCore<T, TOp>(View<T> a, View<T> b, View<T> y, TOp op)
    {
        if (y.Count == 0)
        {
            return;
        }

        using Storage<T>? left = Along(ref a, y.Layout), right = Along(ref b, y.Layout);
        Fours fours = Fours.Over([a.Layout.BroadcastTo(y.Shape), b.Layout.BroadcastTo(y.Shape), y.Layout]);
        Launch(default(ZipKernel<T, TOp>), OverFours(fours), Elements(a), Elements(b), Elements(y), fours, op);
    }

    /// <inheritdoc/>
    internal override void ZipCore<T, TOp>(View<T> a, View<T> b, View<T> c, View<T> y, TOp op)
    {
        if (y.Count == 0)
        {
            return;
        }

        using Storage<T>? first = Along(ref a, y.Layout), second = Along(ref b, y.Layout), third = Along(ref c, y.Layout);
        Fours fours = Fours.Over([a.Layout.BroadcastTo(y.Shape), b.Layout.BroadcastTo(y.Shape), c.Layout.BroadcastTo(y.Shape), y.Layout]);
        Launch(default(ZipThreeKernel<T, TOp>), OverFours(fours), Elements(a), Elements(b), Elements(c), Elements(y), fours, op);
    }

    /// <inheritdoc/>
    internal override void FillCore<T>(View<T> y, T value)
    {
        if (y.Count == 0)
        {
            return;
        }

        Fours fours = Fours.Over([y.Layout]);
        // The bits are what counts: one compiled kernel serves all types of a size.
        switch (Unsafe.SizeOf<T>())
        {
            case 1:
                Launch(default(FillKernel<byte>), OverFours(fours), Elements(y).Cast<byte>(), fours, Unsafe.BitCast<T, byte>(value));
                break;
            case 2:
                Launch(default(FillKernel<ushort>), OverFours(fours), Elements(y).Cast<ushort>(), fours, Unsafe.BitCast<T, ushort>(value));
                break;
            case 4:
                Launch(default(FillKernel<uint>), OverFours(fours), Elements(y).Cast<uint>(), fours, Unsafe.BitCast<T, uint>(value));
                break;
            case 8:
                Launch(default(FillKernel<ulong>), OverFours(fours), Elements(y).Cast<ulong>(), fours, Unsafe.BitCast<T, ulong>(value));
                break;
            default:
                throw UnknownSize<T>();
        }
    }

    /// <inheritdoc/>
    internal override void CopyCore<T>(View<T> x, View<T> y)
    {
        if (y.Count == 0)
        {
            return;
        }

        Layout source = x.Layout.BroadcastTo(y.Shape);
        if (source.IsContiguous && y.IsContiguous)
        {
            CopyContiguous(Elements(x).SubView(source.Offset, y.Count), Elements(y).SubView(y.Layout.Offset, y.Count));
            return;
        }
        if (TransposePlan.TryFor(source, y.Layout, out TransposePlan plan))
        {
            Turn(x, y, plan);
            return;
        }
        Fours fours = Fours.Over([source, y.Layout]);
        switch (Unsafe.SizeOf<T>())
        {
            case 1:
                Launch(default(CopyKernel<byte>), OverFours(fours), Elements(x).Cast<byte>(), Elements(y).Cast<byte>(), fours);
                break;
            case 2:
                Launch(default(CopyKernel<ushort>), OverFours(fours), Elements(x).Cast<ushort>(), Elements(y).Cast<ushort>(), fours);
                break;
            case 4:
                Launch(default(CopyKernel<uint>), OverFours(fours), Elements(x).Cast<uint>(), Elements(y).Cast<uint>(), fours);
                break;
            case 8:
                Launch(default(CopyKernel<ulong>), OverFours(fours), Elements(x).Cast<ulong>(), Elements(y).Cast<ulong>(), fours);
                break;
            default:
                throw UnknownSize<T>();
        }
    }

    private void Turn<T>(View<T> x, View<T> y, TransposePlan plan)
        where T : unmanaged
    {
        KernelConfig config = new((int)Math.Min(plan.Tiles, Profile.MaxGroups), Profile.ReductionSize);
        switch (Unsafe.SizeOf<T>())
        {
            case 1:
                Launch(default(TransposeKernel<byte>), config, Elements(x).Cast<byte>(), Elements(y).Cast<byte>(), plan);
                break;
            case 2:
                Launch(default(TransposeKernel<ushort>), config, Elements(x).Cast<ushort>(), Elements(y).Cast<ushort>(), plan);
                break;
            case 4:
                Launch(default(TransposeKernel<uint>), config, Elements(x).Cast<uint>(), Elements(y).Cast<uint>(), plan);
                break;
            case 8:
                Launch(default(TransposeKernel<ulong>), config, Elements(x).Cast<ulong>(), Elements(y).Cast<ulong>(), plan);
                break;
            default:
                throw UnknownSize<T>();
        }
    }

    /// <summary>Replaces an operand that lies across the output by a copy that lies along it, where that pays.</summary>
    /// <returns>The memory of the copy; null without one.</returns>
    private Storage<T>? Along<T>(ref View<T> x, Layout y)
        where T : unmanaged
    {
        if (x.Count < WorthTurning || x.IsContiguous || !TransposePlan.TryFor(x.Layout.BroadcastTo(y.Shape), y, out _))
        {
            return null;
        }

        Layout once = x.Layout;
        for (int axis = 0; axis < once.Shape.Rank; axis++)
        {
            if (once.Stride(axis) == 0)
            {
                once = once.Slice(axis, 0, 1);
            }
        }
        Storage<T> storage = new(this, once.Shape.Count);
        View<T> copy = new(storage, new Layout(once.Shape));
        Copy(x.With(once), copy);
        x = copy.With(copy.Layout.BroadcastTo(x.Shape));
        return storage;
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
