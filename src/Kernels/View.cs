namespace Autodiff.Kernels;

/// <summary>A shaped, strided window onto a storage: what every kernel reads and writes.</summary>
public readonly struct View<T>
    where T : unmanaged
{
    /// <summary>A window with a given layout.</summary>
    public View(Storage<T> storage, Layout layout)
    {
        Storage = storage;
        Layout = layout;
    }

    /// <summary>The memory behind the window.</summary>
    public Storage<T> Storage { get; }

    /// <summary>Where the elements lie in it.</summary>
    public Layout Layout { get; }

    /// <summary>The sizes of the axes.</summary>
    public Shape Shape => Layout.Shape;

    /// <summary>The number of elements.</summary>
    public int Count => Layout.Shape.Count;

    /// <summary>The device the elements live on.</summary>
    public Device Device => Storage.Device;

    /// <summary>Whether the elements lie one after the other in row-major order.</summary>
    public bool IsContiguous => Layout.IsContiguous;

    /// <summary>The same storage under another layout.</summary>
    public View<T> With(Layout layout) => new(Storage, layout);
}
