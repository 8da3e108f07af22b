using System.IO.Hashing;

namespace Decoder.Recordings;

/// <summary>Reads from another stream and adds every byte to a checksum on its way.</summary>
internal sealed class ChecksumStream(Stream inner, NonCryptographicHashAlgorithm checksum) : ForwardStream(inner)
{
    public override int Read(Span<byte> buffer)
    {
        var count = Inner.Read(buffer);
        checksum.Append(buffer[..count]);
        return count;
    }
}
