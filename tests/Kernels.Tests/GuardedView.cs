using Autodiff.Kernels;

namespace Kernels.Tests;

/// <summary>A contiguous view that begins behind some elements and ends before some; they must be left as they are.</summary>
internal sealed class GuardedView<T>
    where T : unmanaged
{
    private const int Guards = 3;

    private readonly T[] _initial;

    public GuardedView(Device device, Shape shape, params ReadOnlySpan<T> values)
    {
        _initial = new T[shape.Count + 2 * Guards];
        new Random(1).NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(_initial.AsSpan()));
        values.CopyTo(_initial.AsSpan(Guards));
        var storage = new Storage<T>(device, _initial.Length);
        device.Upload<T>(_initial, storage, 0);
        Assert.True(new Layout([_initial.Length]).Slice(0, Guards, shape.Count).TryReshape(shape, out Layout layout));
        View = new View<T>(storage, layout);
    }

    public View<T> View { get; }

    /// <summary>The elements of the view, after a look at those around it.</summary>
    public T[] Read()
    {
        var all = new T[_initial.Length];
        View.Device.Download(View.Storage, 0, all);
        Assert.Equal(_initial[..Guards], all[..Guards]);
        Assert.Equal(_initial[^Guards..], all[^Guards..]);
        return all[Guards..^Guards];
    }
}
