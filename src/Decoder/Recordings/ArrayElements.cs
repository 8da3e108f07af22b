using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Decoder.Recordings;

/// <summary>Converts the elements of a stored array to float32.</summary>
internal static class ArrayElements
{
    /// <summary>Converts whole elements; reverses the bytes in <paramref name="bytes"/> in place where their order is not the machine's.</summary>
    public static void Convert(ArrayLayout layout, Span<byte> bytes, Span<float> destination)
    {
        if (layout.IsBigEndian == BitConverter.IsLittleEndian)
        {
            ReverseBytes(bytes, layout.ItemSize);
        }

        switch (layout.Kind, layout.ItemSize)
        {
            case (ElementKind.Float, 2):
                Convert<Half>(bytes, destination);
                break;
            case (ElementKind.Float, 4):
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(destination);
                break;
            case (ElementKind.Float, 8):
                Convert<double>(bytes, destination);
                break;
            case (ElementKind.SignedInteger, 1):
                Convert<sbyte>(bytes, destination);
                break;
            case (ElementKind.SignedInteger, 2):
                Convert<short>(bytes, destination);
                break;
            case (ElementKind.SignedInteger, 4):
                Convert<int>(bytes, destination);
                break;
            case (ElementKind.SignedInteger, 8):
                Convert<long>(bytes, destination);
                break;
            case (ElementKind.UnsignedInteger, 1):
                Convert<byte>(bytes, destination);
                break;
            case (ElementKind.UnsignedInteger, 2):
                Convert<ushort>(bytes, destination);
                break;
            case (ElementKind.UnsignedInteger, 4):
                Convert<uint>(bytes, destination);
                break;
            case (ElementKind.UnsignedInteger, 8):
                Convert<ulong>(bytes, destination);
                break;
            case (ElementKind.Boolean, 1):
                for (var i = 0; i < bytes.Length; i++)
                {
                    destination[i] = bytes[i] != 0 ? 1 : 0;
                }

                break;
            default:
                throw new ArgumentException($"No conversion for {layout.Kind} of {layout.ItemSize} bytes.", nameof(layout));
        }
    }

    /// <summary>Reverses the bytes of each element.</summary>
    public static void ReverseBytes(Span<byte> bytes, int itemSize)
    {
        switch (itemSize)
        {
            case 2:
                var words = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(words, words);
                break;
            case 4:
                var doubleWords = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(doubleWords, doubleWords);
                break;
            case 8:
                var quadWords = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(quadWords, quadWords);
                break;
        }
    }

    private static void Convert<T>(ReadOnlySpan<byte> bytes, Span<float> destination)
        where T : unmanaged, INumber<T>
    {
        var source = MemoryMarshal.Cast<byte, T>(bytes);
        for (var i = 0; i < source.Length; i++)
        {
            destination[i] = float.CreateTruncating(source[i]);
        }
    }
}
