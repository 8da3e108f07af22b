namespace Autodiff.Kernels;

/// <summary>Values that a device is still computing or sending: the host goes on, and asks for them when it needs them.</summary>
/// <remarks>On the CPU they are there at once. Any thread may ask.</remarks>
public sealed class PendingRead<T>
    where T : unmanaged
{
    private readonly Lock _lock = new();
    private readonly T[] _values;
    private IPendingCopy<T>? _copy;

    internal PendingRead(T[] values) => _values = values;

    internal PendingRead(IPendingCopy<T> copy, int count)
    {
        _copy = copy;
        _values = new T[count];
    }

    /// <summary>Whether the values have arrived, so that nobody would wait.</summary>
    public bool IsCompleted
    {
        get
        {
            lock (_lock)
            {
                return _copy is null || _copy.IsDone;
            }
        }
    }

    /// <summary>The only value; waits for it.</summary>
    /// <exception cref="InvalidOperationException">There is not exactly one value.</exception>
    /// <exception cref="DeviceException">The device was lost.</exception>
    public T Item() => _values.Length == 1
        ? Arrived()[0]
        : throw new InvalidOperationException($"Item() is for one value; {_values.Length} are being read. Use ToArray().");

    /// <summary>The values in row-major order; waits for them.</summary>
    /// <exception cref="DeviceException">The device was lost.</exception>
    public T[] ToArray() => [.. Arrived()];

    private T[] Arrived()
    {
        lock (_lock)
        {
            _copy?.Finish(_values);
            _copy = null;
            return _values;
        }
    }
}
