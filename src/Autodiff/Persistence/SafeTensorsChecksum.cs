using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Autodiff;

/// <summary>
/// The checksum of what a safetensors file says, not of how it says it: it survives another order or spacing of the header.
/// </summary>
internal static class SafeTensorsChecksum
{
    /// <summary>
    /// SHA-256, in hexadecimal, of every tensor (name, element type, shape, elements) and every piece of text (key, value), each sorted by
    /// name.
    /// </summary>
    public static string Compute(SafeTensors file)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string name, SafeTensorsEntry entry) in file.Entries.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Append(hash, name);
            Append(hash, entry.ElementType);
            Append(hash, entry.Shape.Rank);
            foreach (int size in entry.Shape)
            {
                Append(hash, size);
            }

            hash.AppendData(entry.Bytes);
        }
        Append(hash, SafeTensorsHeader.Metadata);
        foreach ((string key, string value) in file.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Append(hash, key);
            Append(hash, value);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // Lengths go before texts, so that no two files spell the same bytes.
    private static void Append(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Append(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
