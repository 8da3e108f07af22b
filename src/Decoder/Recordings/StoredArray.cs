namespace Decoder.Recordings;

/// <summary>An array of a file whose description has been read and found good, and whose elements can now be read once.</summary>
internal abstract class StoredArray : IDisposable
{
    /// <summary>Describes an array.</summary>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="layout">Its type and shape.</param>
    protected StoredArray(string name, ArrayLayout layout) => (Name, Layout) = (name, layout);

    /// <summary>What the array is called in messages.</summary>
    public string Name { get; }

    /// <summary>Type and shape.</summary>
    public ArrayLayout Layout { get; private set; }

    /// <summary>From now on rows stand for columns.</summary>
    public void Transpose() => Layout = Layout.Transposed();

    /// <summary>Reads all elements as float32, the last index varying fastest, into <paramref name="destination"/>, which must have exactly their number.</summary>
    /// <exception cref="RecordingException">The data are damaged or truncated.</exception>
    public void ReadInto(Span<float> destination)
    {
        if (destination.Length != Layout.Count)
        {
            throw new ArgumentException($"{Name} has {Layout.Count} elements; the destination takes {destination.Length}.", nameof(destination));
        }

        Read(destination);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes what the elements come from.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>Reads into a destination of the right length.</summary>
    protected abstract void Read(Span<float> destination);
}
