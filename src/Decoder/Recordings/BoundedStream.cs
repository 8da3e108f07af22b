namespace Decoder.Recordings;

/// <summary>The next so many bytes of another stream.</summary>
internal sealed class BoundedStream(Stream inner, long length) : ForwardStream(inner)
{
    private long _remaining = length;

    public override int Read(Span<byte> buffer)
    {
        var count = Inner.Read(buffer[..(int)Math.Min(buffer.Length, _remaining)]);
        _remaining -= count;
        return count;
    }
}
