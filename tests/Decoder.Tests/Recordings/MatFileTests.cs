using Decoder.Recordings;
using Decoder.Recordings.Matlab;

namespace Decoder.Tests.Recordings;

public sealed class MatFileTests : IDisposable
{
    private static readonly MatBytes Little = new();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void ReadsARecordingInBothByteOrdersPackedOrNot(bool isBigEndian, bool isCompressed)
    {
        var mat = new MatBytes(isBigEndian);
        byte[] Pack(byte[] element) => isCompressed ? mat.Compressed(element) : element;

        var recording = Read(mat.File(
            Pack(mat.Doubles("resp", 3, 2, 1, 3, 5, 2, 4, 6)),
            Pack(mat.Doubles("stimuli", 1, 3, 0, 90, 180))));

        Assert.Equal([0, 90, 180], recording.Stimuli);
        Assert.Equal([1, 2, 3, 4, 5, 6], recording.Responses);
        Assert.Empty(recording.Notes);
    }

    public static TheoryData<int, int, string, float, float> Types => new()
    {
        // Class, type of the data, the bytes of two numbers most significant first.
        { 6, 9, "3FF8000000000000 C014000000000000", 1.5f, -5 },
        { 6, 2, "01 C8", 1, 200 }, { 6, 1, "01 FB", 1, -5 }, { 6, 3, "0001 FFFB", 1, -5 }, { 6, 4, "0001 EA40", 1, 59968 },
        { 7, 7, "3FC00000 C0A00000", 1.5f, -5 }, { 8, 1, "01 FB", 1, -5 }, { 9, 2, "01 C8", 1, 200 },
        { 10, 3, "0001 FFFB", 1, -5 }, { 11, 4, "0001 EA40", 1, 59968 }, { 12, 5, "00000001 FFFFFFFB", 1, -5 }, { 13, 6, "00000001 F0000000", 1, 4026531840f },
        { 14, 12, "0000000000000001 FFFFFFFFFFFFFFFB", 1, -5 }, { 15, 13, "0000000000000001 F000000000000000", 1, 17293822569102704640f },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void ReadsEveryClassInEveryTypeItIsStoredAs(int matClass, int type, string bytes, float first, float second)
    {
        foreach (var isBigEndian in (bool[])[false, true])
        {
            var mat = new MatBytes(isBigEndian);
            byte[] data = [.. bytes.Split(' ').SelectMany(number => isBigEndian ? Convert.FromHexString(number) : [.. Convert.FromHexString(number).Reverse()])];

            Assert.Equal([first, second], Values(mat.File(mat.Numbers("x", matClass, [2, 1], type, data)), "x"));
            if (data.Length <= 4)
            {
                var small = mat.Matrix("x", (uint)matClass, [1, 2], mat.SmallElement(type, data));
                Assert.Equal([first, second], Values(mat.File(small), "x"));
            }
        }
    }

    [Fact]
    public void LogicalsAreZeroAndOne() => Assert.Equal([0, 1, 1], Values(Little.File(Little.Numbers("x", 9, [1, 3], 2, [0, 1, 255], flags: 0x200)), "x"));

    [Fact]
    public void StructsCellsAndTextsAreATree()
    {
        using var file = Open(Little.File(
            Little.Struct("stim", [1, 1], ["istim", "name"], Little.Doubles("", 1, 2, 10, 20), Little.Numbers("", 4, [1, 2], 4, [(byte)'o', 0, (byte)'k', 0])),
            Little.Struct("trial", [2, 1], ["t"], Little.Doubles("", 1, 1, 1), Little.Doubles("", 1, 1, 2)),
            Little.Compressed(Little.Cell("c", Little.Doubles("", 1, 1, 7), Little.Cell("", Little.Doubles("", 2, 1, 8, 9)), Little.Struct("", [1, 1], [], []))),
            Little.Element(14, []),
            Little.Numbers("", 9, [1, 1], 2, [1])));

        Assert.Equal(
            ["stim", "stim/istim", "stim/name", "trial", "trial(1)/t", "trial(2)/t", "c", "c{1}", "c{2}", "c{2}{1}", "c{3}"],
            file.Entries.Select(entry => entry.Name));
        Assert.Equal("'ok'", file.Entries[2].Note);
        Assert.Equal([10, 20], Values(file, "stim/istim"));
        Assert.Equal([10, 20], Values(file, "stim.istim"));
        Assert.Equal([2], Values(file, "trial(2)/t"));
        Assert.Equal([8, 9], Values(file, "c{2}{1}"));
        Assert.False(file.Contains("stim/name"));
        Assert.Contains("'stim' is struct, not an array of numbers", Assert.Throws<RecordingException>(() => file.OpenArray("stim")).Message);
        Assert.Contains("no array 'x'", Assert.Throws<ArrayNotFoundException>(() => file.OpenArray("x")).Message);
    }

    [Fact]
    public void WhatIsNotReadIsShownAndRefusedWithWhatToDo()
    {
        using var file = Open(Little.File(
            Little.Matrix("sparse", 5, [3, 3], Little.Element(5, new byte[4]), Little.Element(5, new byte[16]), Little.Element(9, new byte[8])),
            Little.Matrix("complex", 6 | 0x800, [1, 1], Little.Element(9, new byte[8]), Little.Element(9, new byte[8])),
            Little.Matrix("object", 3, [1, 1], Little.Element(1, "class"u8.ToArray())),
            Little.Element(14, [.. Little.Element(6, [17, 0, 0, 0, 0, 0, 0, 0]), .. Little.Element(1, "table"u8.ToArray()), .. Little.Element(1, new byte[40])]),
            Little.Matrix("f", 16, [1, 1], Little.Element(1, new byte[9])),
            Little.Doubles("x", 1, 1, 5)));

        Assert.Equal(["sparse", "complex", "object", "table", "f", "x"], file.Entries.Select(entry => entry.Name));
        Assert.Equal(["x"], file.Entries.Where(entry => entry.IsReadable).Select(entry => entry.Name));
        Assert.Contains("save full(x)", Assert.Throws<RecordingException>(() => file.OpenArray("sparse")).Message);
        Assert.Contains("save real(x)", Assert.Throws<RecordingException>(() => file.OpenArray("complex")).Message);
        Assert.Contains("an object", Assert.Throws<RecordingException>(() => file.OpenArray("table")).Message);
        Assert.Equal([5], Values(file, "x"));
    }

    [Fact]
    public void EveryTruncationIsRefused()
    {
        foreach (var good in (byte[][])[Good(isCompressed: false), Good(isCompressed: true)])
        {
            Assert.Equal(3, Read(good).StimulusCount);
            for (var length = 0; length < good.Length; length++)
            {
                Assert.ThrowsAny<RecordingException>(() => Read(good[..length]));
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AFlippedBitIsRefusedOrHarmlessAndOfPackedDataAlwaysFound(bool isCompressed)
    {
        var good = Good(isCompressed);
        var expected = Read(good).Responses;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reads = 0;
        for (var bit = 0; bit < 8 * good.Length; bit++)
        {
            var bad = (byte[])good.Clone();
            bad[bit / 8] ^= (byte)(1 << (bit % 8));
            reads++;
            try
            {
                var read = Read(bad);
                Assert.True(!isCompressed || read.Responses.SequenceEqual(expected));
            }
            catch (RecordingException)
            {
            }
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / reads, 0, 1 << 20);
    }

    public static TheoryData<byte[], string> Hostile => new()
    {
        { Little.File(Little.Matrix("resp", 6, [1 << 30, 1 << 20], Little.Element(9, new byte[8]))), "bytes, but holds 8" },
        { Little.File(Little.Matrix("resp", 6, [int.MaxValue, int.MaxValue, int.MaxValue], Little.Element(9, new byte[8]))), "more than can be counted" },
        { Little.File(Little.Matrix("resp", 6, [-1, 2], Little.Element(9, new byte[8]))), "dimension 1 of an array is -1" },
        { Little.File(Little.Matrix("resp", 6, [], Little.Element(9, new byte[8]))), "has no dimensions" },
        { Little.File(Little.Matrix("resp", 6, [1, 2], Little.Element(9, new byte[8]))), "16 bytes, but holds 8" },
        { Little.File(Little.Matrix("resp", 99, [1, 1], Little.Element(9, new byte[8]))), "of class 99" },
        { Little.File(Little.Numbers("resp", 6, [1, 1], 77, new byte[8])), "of type 77" },
        { Little.File(Little.Matrix("c", 1, [1 << 30, 1])), "claims more arrays than fit" },
        { Little.File(Little.Struct("s", [1 << 20, 1 << 20], ["a", "b"])), "claims more arrays than fit" },
        { Little.File(Little.Matrix("s", 2, [1, 1], Little.Element(5, Little.Int32(0)), Little.Element(1, new byte[32]))), "0 each" },
        { Little.File(Little.Element(9, new byte[8])), "is not an array" },
        { Little.File([14, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f, .. new byte[64]]), "claims 2147483647 bytes" },
        { Little.File([14, 0, 0, 0, 64, 0, 0, 0, 6, 0, 5, 0, .. new byte[60]]), "a small element" },
        { Little.File([15, 0, 0, 0, 4, 0, 0, 0, 1, 2, 3, 4]), "cannot be unpacked" },
        { Little.File(Little.Compressed([.. Little.Doubles("x", 1, 1, 5), .. new byte[8]])), "goes on behind its end" },
        { Little.File(Little.Doubles("x", 1, 1, 1), Little.Doubles("x", 1, 1, 2)), "two arrays are called 'x'" },
        { Little.File(Little.Doubles("x", 1, 1, 1), [1, 2, 3]), "in the middle of a number" },
        { Nested(100), "nested more than 32 deep" },
        { Nested(20_000), "nested more than 32 deep" },
        { Little.File(Little.Cell("c", [.. Enumerable.Repeat(Little.Element(14, []), 100_001)])), "more than 100000 arrays" },
        { [.. "MATLAB 5.0"u8, .. new byte[118]], "neither IM nor MI" },
        { [.. "MATLAB 7.3"u8, .. new byte[114], 0, 2, (byte)'I', (byte)'M', .. new byte[8]], "version 2 are not read" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void RefusesHostileFilesWithoutAllocatingWhatTheyClaim(byte[] file, string expected)
    {
        File.WriteAllBytes(_folder["file.mat"], file);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains(expected, Assert.Throws<RecordingException>(() => MatFile.Open(_folder["file.mat"])).Message);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    [Fact]
    public void AVariableThatIsPackedTooTightlyIsNotUnpackedAndTheOthersAreRead()
    {
        const int Megabytes = 200;
        var bomb = Little.Compressed(Little.Numbers("bomb", 9, [Megabytes << 20, 1], 2, new byte[Megabytes << 20]));
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var file = Open(Little.File(bomb, Little.Doubles("x", 1, 1, 5)));

        Assert.Equal([5], Values(file, "x"));
        Assert.Contains("packed tighter", Assert.Throws<RecordingException>(() => file.OpenArray("bomb")).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    [Fact]
    public void ControlCharactersInNamesDoNotReachTheTerminal() =>
        Assert.Equal("a?[2J", Assert.Single(Open(Little.File(Little.Doubles("a\u001b[2J", 1, 1, 5))).Entries).Name);

    [Fact]
    public void ReadsTheTracesOfPark()
    {
        using var file = MatFile.Open(RealData.Require("park2024/230809_mrcuts28_fov4_grat-000_data.mat"));
        using var npz = NpzArchive.Open(RealData.Require("park2024/230809_mrcuts28_fov4.npz"));
        using var dff = npz.OpenArray("dff");
        var traces = new float[dff.Layout.Count];
        dff.ReadInto(traces);

        Assert.Equal([128, 56, 49], dff.Layout.Shape);
        foreach (var (trial, neuron) in ((int, int)[])[(0, 0), (5, 17), (127, 55)])
        {
            Assert.Equal(traces.AsSpan((trial * 56 + neuron) * 49, 49).ToArray(), Values(file, $"D/neuron{neuron + 1}{{{trial + 1}}}"));
        }
    }

    private static byte[] Good(bool isCompressed)
    {
        byte[] Pack(byte[] element) => isCompressed ? Little.Compressed(element) : element;
        return Little.File(Pack(Little.Doubles("resp", 3, 2, 1, 3, 5, 2, 4, 6)), Pack(Little.Doubles("stimuli", 1, 3, 0, 90, 180)));
    }

    private static byte[] Nested(int depth)
    {
        // From the inside out every level adds 48 bytes around what is there: the heads in one go, without copying the inside each time.
        const int Head = 8 + 16 + 16 + 8;
        var memory = new MemoryStream();
        for (var level = 0; level < depth; level++)
        {
            memory.Write([.. Little.UInt32(14), .. Little.UInt32((uint)((depth - level) * Head - 8))]);
            memory.Write([.. Little.Element(6, [1, 0, 0, 0, 0, 0, 0, 0]), .. Little.Element(5, [1, 0, 0, 0, 1, 0, 0, 0]), .. Little.Element(1, [])]);
        }

        return Little.File(memory.ToArray());
    }

    private static float[] Values(IArrayFile file, string name)
    {
        using var array = file.OpenArray(name);
        var values = new float[array.Layout.Count];
        array.ReadInto(values);
        return values;
    }

    private float[] Values(byte[] bytes, string name)
    {
        using var file = Open(bytes);
        return Values(file, name);
    }

    private MatFile Open(byte[] bytes)
    {
        File.WriteAllBytes(_folder["file.mat"], bytes);
        return MatFile.Open(_folder["file.mat"]);
    }

    private Recording Read(byte[] bytes)
    {
        File.WriteAllBytes(_folder["file.mat"], bytes);
        return RecordingReader.Read(_folder["file.mat"]);
    }
}
