using Autodiff.Kernels;

namespace Autodiff;

/// <summary>An array of integers that name elements of an axis, on a device: what gathering, scattering and class labels are written with.</summary>
/// <remarks>It knows its smallest and largest element, so that an index that leaves an axis is refused without a look at the device.</remarks>
public sealed class Indices
{
    private readonly View<int> _view;

    /// <summary>Indices in row-major order.</summary>
    /// <exception cref="ArgumentException">The number of values is not that of the shape.</exception>
    public Indices(ReadOnlySpan<int> values, Shape shape, Device? device = null)
    {
        if (values.Length != shape.Count)
        {
            throw new ArgumentException($"Indices: shape {shape} has {shape.Count} elements; {values.Length} values were given.");
        }

        _view = Tape.Rent<int>(device ?? Device.Default, shape);
        _view.Device.Upload(values, _view.Storage, 0);
        (int minimum, int maximum) = IndexBounds.Of(values);
        Bounds = new IndexBounds(minimum, maximum);
    }

    /// <summary>A one-dimensional array of indices, on the default device.</summary>
    public Indices(params ReadOnlySpan<int> values)
        : this(values, [values.Length])
    {
    }

    /// <summary>Indices that a kernel has written, known to lie within bounds.</summary>
    internal Indices(View<int> view, int minimum, int maximum)
        : this(view, new IndexBounds(minimum, maximum))
    {
    }

    private Indices(View<int> view, IndexBounds bounds)
    {
        _view = view;
        Bounds = bounds;
    }

    /// <summary>The sizes of the axes.</summary>
    public Shape Shape => _view.Shape;

    /// <summary>The number of indices.</summary>
    public int Count => _view.Count;

    /// <summary>The device the indices live on.</summary>
    public Device Device => _view.Device;

    /// <summary>The smallest and the largest.</summary>
    internal IndexBounds Bounds { get; }

    /// <summary>The indices, for kernels.</summary>
    /// <exception cref="ObjectDisposedException">The tape that was current when they were made was disposed.</exception>
    public View<int> View => !_view.Storage.IsDisposed
        ? _view
        : throw new ObjectDisposedException(nameof(Indices), $"These indices of shape {Shape} lost their memory when the tape on which they were made was disposed. Make them before the tape, or anew on each.");

    /// <summary>The same indices in the same order under another shape.</summary>
    /// <exception cref="ArgumentException">The numbers of elements differ, or the indices were broadcast.</exception>
    public Indices Reshape(Shape shape) =>
        View.Layout.TryReshape(shape, out Layout layout)
            ? new Indices(_view.With(layout), Bounds)
            : throw new ArgumentException($"Reshape: indices broadcast to {Shape} cannot take shape {shape} without copying; reshape before BroadcastTo.");

    /// <summary>Repeats axes of size 1, and adds leading axes, without copying (NumPy's rules).</summary>
    /// <exception cref="ArgumentException">The shape does not broadcast to <paramref name="shape"/>.</exception>
    public Indices BroadcastTo(Shape shape) => new(View.With(_view.Layout.BroadcastTo(shape)), Bounds);

    /// <summary>The indices in row-major order.</summary>
    public int[] ToArray()
    {
        int[] values = new int[Count];
        if (Count == 0)
        {
            return values;
        }

        using Storage<int> contiguous = new(Device, Count);
        Device.Copy(View, new View<int>(contiguous, new Layout(Shape)));
        Device.Download(contiguous, 0, values);
        return values;
    }

    /// <summary>Refuses indices that leave an axis.</summary>
    /// <exception cref="ArgumentException">One is negative, or not smaller than the size of the axis.</exception>
    internal void RefuseOutside(string operation, Shape shape, int axis)
    {
        int size = shape[axis];
        if (Count == 0 || (Bounds.Minimum >= 0 && Bounds.Maximum < size))
        {
            if (StepCapture.Current is not null)
            {
                Bounds.LimitTo(operation, shape, axis);
            }

            return;
        }

        int value = Bounds.Minimum < 0 ? Bounds.Minimum : Bounds.Maximum;
        throw new ArgumentException($"{operation}: index {value} leaves axis {axis} of {shape}, which takes {(size == 0 ? "none" : $"0 to {size - 1}")}. Negative indices do not count from the end here.");
    }
}
