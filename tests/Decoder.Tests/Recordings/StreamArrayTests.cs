using Decoder.Recordings;

namespace Decoder.Tests.Recordings;

public sealed class StreamArrayTests
{
    public static TheoryData<string, string> Types => new()
    {
        // The bytes of 1, 2, 0 and (where there is one) a value that shows sign, width and order.
        { "<f2", "003C 0040 0000 00C5" }, { ">f2", "3C00 4000 0000 C500" },
        { "<f4", "0000803F 00000040 00000000 0000A0C0" }, { ">f4", "3F800000 40000000 00000000 C0A00000" },
        { "<f8", "000000000000F03F 0000000000000040 0000000000000000 00000000000014C0" },
        { ">f8", "3FF0000000000000 4000000000000000 0000000000000000 C014000000000000" },
        { "|i1", "01 02 00 FB" }, { "<i2", "0100 0200 0000 FBFF" }, { ">i2", "0001 0002 0000 FFFB" },
        { "<i4", "01000000 02000000 00000000 FBFFFFFF" }, { ">i4", "00000001 00000002 00000000 FFFFFFFB" },
        { "<i8", "0100000000000000 0200000000000000 0000000000000000 FBFFFFFFFFFFFFFF" },
        { ">i8", "0000000000000001 0000000000000002 0000000000000000 FFFFFFFFFFFFFFFB" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void ReadsSignedTypesInBothByteOrders(string type, string bytes) =>
        Assert.Equal([1, 2, 0, -5], Read(NpyBytes.Array(type, "(4,)", Hex(bytes))));

    [Theory]
    [InlineData("|u1", "01 C8", 1, 200)]
    [InlineData("<u2", "0100 40EA", 1, 59968)]
    [InlineData(">u2", "0001 EA40", 1, 59968)]
    [InlineData("<u4", "01000000 000000F0", 1, 4026531840f)]
    [InlineData(">u4", "00000001 F0000000", 1, 4026531840f)]
    [InlineData("<u8", "0100000000000000 00000000000000F0", 1, 17293822569102704640f)]
    [InlineData(">u8", "0000000000000001 F000000000000000", 1, 17293822569102704640f)]
    [InlineData("|b1", "00 01", 0, 1)]
    public void ReadsUnsignedTypes(string type, string bytes, float first, float second) =>
        Assert.Equal([first, second], Read(NpyBytes.Array(type, "(2,)", Hex(bytes))));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ReadsAllVersions(byte version) =>
        Assert.Equal([1, 2], Read(NpyBytes.Array("<f4", "(2,)", NpyBytes.Floats(1, 2), version: version)));

    [Theory]
    [InlineData("<f4", 3, 5)]
    [InlineData("<f8", 40, 37)]
    [InlineData("<f4", 2, 1000)]
    [InlineData("<f4", 1000, 2)]
    public void FortranOrderIsTransposed(string type, int rows, int columns)
    {
        var columnsFirst = new List<byte>();
        for (var column = 0; column < columns; column++)
        {
            for (var row = 0; row < rows; row++)
            {
                var value = row * columns + column;
                columnsFirst.AddRange(type == "<f4" ? BitConverter.GetBytes((float)value) : BitConverter.GetBytes((double)value));
            }
        }

        var read = Read(NpyBytes.Array(type, $"({rows}, {columns})", [.. columnsFirst], fortran: true));

        Assert.Equal(Enumerable.Range(0, rows * columns).Select(i => (float)i), read);
    }

    /// <summary>numpy.save(file, numpy.asfortranarray(numpy.arange(24, dtype=numpy.int16).reshape(2, 3, 4))), by NumPy 1.24.</summary>
    [Fact]
    public void ReadsThreeDimensionsInFortranOrderAsNumPyWritesThem() => Assert.Equal(
        Enumerable.Range(0, 24).Select(i => (float)i),
        Read(Convert.FromBase64String(
            "k05VTVBZAQB2AHsnZGVzY3InOiAnPGkyJywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMywgNCksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
            + "ICAgICAgICAgICAgIAoAAAwABAAQAAgAFAABAA0ABQARAAkAFQACAA4ABgASAAoAFgADAA8ABwATAAsAFwA=")));

    [Theory]
    [InlineData(1, 1, 7, 5)]
    [InlineData(5, 1, 1, 3)]
    [InlineData(40, 3, 37, 1)]
    [InlineData(0, 3, 4, 1)]
    [InlineData(3, 0, 4, 2)]
    [InlineData(2, 300, 40, 7)]
    public void FortranOrderOfFourDimensionsIsReordered(int a, int b, int c, int d)
    {
        var stored = new List<float>();
        for (var l = 0; l < d; l++)
        {
            for (var k = 0; k < c; k++)
            {
                for (var j = 0; j < b; j++)
                {
                    for (var i = 0; i < a; i++)
                    {
                        stored.Add(((i * b + j) * c + k) * d + l);
                    }
                }
            }
        }

        var read = Read(NpyBytes.Array("<f4", $"({a}, {b}, {c}, {d})", NpyBytes.Floats([.. stored]), fortran: true));

        Assert.Equal(Enumerable.Range(0, a * b * c * d).Select(i => (float)i), read);
    }

    [Fact]
    public void ReadsMoreThanOneChunk()
    {
        var values = Enumerable.Range(0, 300_000).Select(i => (double)i).ToArray();
        var read = Read(NpyBytes.Array("<f8", "(300000,)", [.. values.SelectMany(BitConverter.GetBytes)]));

        Assert.Equal(values.Select(value => (float)value), read);
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1L,), }")]
    [InlineData("{\"shape\":(1,),\"descr\":\"<f4\",\"fortran_order\":False}   \n")]
    public void ReadsHeadersOfOtherWriters(string header) => Assert.Equal([7], Read(NpyBytes.Raw(header, NpyBytes.Floats(7))));

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "numpy.savez")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "'<c8' is not read")]
    [InlineData("{'descr': '<U4', 'fortran_order': False, 'shape': (1,), }", "'<U4' is not read")]
    [InlineData("{'descr': '<f16', 'fortran_order': False, 'shape': (1,), }", "'<f16' is not read")]
    [InlineData("{'descr': '', 'fortran_order': False, 'shape': (1,), }", "is not read")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", "structured")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "non-negative")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4), }", "can be counted")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "non-negative")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (8589934592,), }", "truncated")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (0,), }", "behind the array")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (1,), }", "neither True nor False")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "repeated key 'descr'")]
    [InlineData("{'descr': '<f4', 'shape': (1,), }", "are all needed")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'x': '1'}", "'x'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), } + evil()", "after the closing brace")]
    [InlineData("{'descr': '<f4", "does not end")]
    [InlineData("", "expected '{'")]
    public void RefusesHeaders(string header, string expected)
    {
        var thrown = Assert.Throws<RecordingException>(() => Read(NpyBytes.Raw(header, NpyBytes.Floats(7))));

        Assert.StartsWith("test.npy: ", thrown.Message);
        Assert.Contains(expected, thrown.Message);
    }

    [Fact]
    public void RefusesDamagedFiles()
    {
        var good = NpyBytes.FloatArray("(2,)", 1, 2);
        for (var length = 0; length < good.Length; length++)
        {
            Assert.Throws<RecordingException>(() => Read(good[..length]));
        }

        Assert.Contains("behind", Assert.Throws<RecordingException>(() => Read([.. good, 0])).Message);
        Assert.Contains("version 9.0", Assert.Throws<RecordingException>(() => Read([.. good[..6], 9, .. good[7..]])).Message);
        Assert.Contains("claims 65535", Assert.Throws<RecordingException>(() => Read([.. good[..8], 255, 255, .. good[10..]])).Message);
    }

    [Fact]
    public void ASizeThatIsNotThereIsRefusedWithoutAllocatingIt()
    {
        var file = NpyBytes.FloatArray("(1000000000,)", 1);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<RecordingException>(() => Read(file));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private static float[] Read(byte[] file)
    {
        using var array = StreamArray.OpenNpy(new MemoryStream(file), file.Length, "test.npy");
        var values = new float[array.Layout.Count];
        array.ReadInto(values);
        return values;
    }

    private static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", ""));
}
