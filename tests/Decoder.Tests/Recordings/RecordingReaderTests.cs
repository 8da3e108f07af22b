using System.IO.Compression;
using Decoder.Recordings;
using static Decoder.Tests.Recordings.NpyBytes;

namespace Decoder.Tests.Recordings;

public sealed class RecordingReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ReadsResponsesAndStimuli()
    {
        var recording = Read(Recording());

        Assert.Equal((3, 2, false, null), (recording.StimulusCount, recording.NeuronCount, recording.IsSimulated, recording.TestStart));
        Assert.Equal([0, 90, 180], recording.Stimuli);
        Assert.Equal([3, 4], recording.Row(1));
        Assert.Equal([2, 4, 6], recording.Neuron(1));
        var (responses, stimuli) = recording.Select([2, 0]);
        Assert.Equal([5, 6, 1, 2], responses);
        Assert.Equal([180, 0], stimuli);
    }

    [Fact]
    public void ReadsASplitRecording()
    {
        var recording = Read(Zip(
            ("resp_test.npy", FloatArray("(2, 2)", 5, 6, 7, 8)),
            ("resp_train.npy", FloatArray("(2, 2)", 1, 2, 3, 4)),
            ("stimuli.npy", FloatArray("(2, 1)", 3, 9))));

        Assert.Equal(2, recording.TestStart);
        Assert.Equal([3, 9, 3, 9], recording.Stimuli);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], recording.Responses);
    }

    [Fact]
    public void ReadsTwoNpyFiles()
    {
        File.WriteAllBytes(_folder["resp.npy"], FloatArray("(2, 1)", 1, 2));
        File.WriteAllBytes(_folder["stim.npy"], FloatArray("(2,)", 0, 10));

        Assert.Equal([0, 10], RecordingReader.Read(_folder["resp.npy"], new() { Stimuli = _folder["stim.npy"] }).Stimuli);
        Assert.Contains("--stimuli", Refusal(() => RecordingReader.Read(_folder["resp.npy"])));
        Assert.Contains("no such file", Refusal(() => RecordingReader.Read(_folder["resp.npy"], new() { Stimuli = _folder["none.npy"] })));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhatIsWrittenIsReadBackAndIsTheSameBytesEachTime(bool compress)
    {
        var recording = new Recording([1, 2, 3, 4, 5, 6], [0, 90, 180], "test", isSimulated: true);
        RecordingWriter.Write(recording, _folder["a.npz"], compress);
        RecordingWriter.Write(recording, _folder["b.npz"], compress);

        var read = RecordingReader.Read(_folder["a.npz"]);
        Assert.True(read.IsSimulated);
        Assert.Equal(recording.Responses, read.Responses);
        Assert.Equal(recording.Stimuli, read.Stimuli);
        Assert.Equal(File.ReadAllBytes(_folder["a.npz"]), File.ReadAllBytes(_folder["b.npz"]));
    }

    [Fact]
    public void ASplitRecordingIsWrittenSplit()
    {
        RecordingWriter.Write(new Recording([1, 2, 3, 4], [0, 90, 0, 90], "test", testStart: 2), _folder["a.npz"]);

        var read = RecordingReader.Read(_folder["a.npz"]);
        Assert.Equal(2, read.TestStart);
        Assert.Equal([1, 2, 3, 4], read.Responses);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EveryFlippedBitInTheDataIsFound(bool compress)
    {
        var values = Enumerable.Range(0, 64).Select(i => (float)i).ToArray();
        var good = Zip(
            compress ? CompressionLevel.Optimal : CompressionLevel.NoCompression,
            ("resp.npy", FloatArray("(2, 32)", values)),
            ("stimuli.npy", FloatArray("(2,)", 0, 90)));
        var expected = Read(good);
        for (var bit = 0; bit < 8 * good.Length; bit++)
        {
            var bad = (byte[])good.Clone();
            bad[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                // Flips in fields that do not matter, such as dates, may pass; changed data may not.
                var read = Read(bad);
                Assert.Equal(expected.Responses, read.Responses);
                Assert.Equal(expected.Stimuli, read.Stimuli);
            }
            catch (RecordingException)
            {
            }
        }
    }

    [Fact]
    public void EveryTruncationIsRefused()
    {
        var good = Recording();
        for (var length = 0; length < good.Length; length++)
        {
            Assert.Throws<RecordingException>(() => Read(good[..length]));
        }
    }

    public static TheoryData<byte[], string> BadArchives => new()
    {
        { Zip(("stimuli.npy", FloatArray("(2,)", 0, 1))), "neither an array 'resp'" },
        { Zip(("resp.npy", FloatArray("(2, 1)", 0, 1))), "no array 'stimuli'" },
        { Zip(), "no arrays" },
        { Zip(("resp.npy", FloatArray("(2, 1)", 0, 1)), ("resp.npy", FloatArray("(2, 1)", 0, 1))), "two arrays are called 'resp'" },
        { Zip(("resp.npy", FloatArray("(2, 1)", 0, 1)), ("resp_test.npy", FloatArray("(2, 1)", 0, 1))), "keep one of them" },
        { Zip(("resp_train.npy", FloatArray("(2, 1)", 0, 1)), ("stimuli.npy", FloatArray("(2,)", 0, 1))), "no array 'resp_test'" },
        { WithResponses(FloatArray("(3, 1)", 1, 2, 3)), "3, 1), but there are 2 stimuli" },
        { WithResponses(FloatArray("(2,)", 1, 2)), "two dimensions" },
        { WithResponses(FloatArray("(2, 1, 1)", 1, 2)), "two dimensions" },
        { WithResponses(FloatArray("(2, 0)")), "At least 1 row and 1 neuron are needed" },
        { WithResponses(FloatArray("(2, 1)", 1, float.NaN)), "neuron 0 in row 1 is NaN" },
        { WithResponses(FloatArray("(2, 1)", float.NegativeInfinity, 1)), "in row 0 is -" },
        { WithResponses(Array("<f8", "(2, 1)", [.. BitConverter.GetBytes(1e300), .. BitConverter.GetBytes(1.0)])), "in row 0 is" },
        { WithResponses(Array("|O", "(2, 1)", [0x80, 4])), "allow_pickle" },
        { WithStimuli(FloatArray("(2,)", 45, 45)), "all 2 stimuli are 45" },
        { WithStimuli(FloatArray("(2,)", 0, float.NaN)), "stimulus 1 is NaN" },
        { WithStimuli(FloatArray("(2,)", 0, 1e6f)), "degrees between -360 and 360" },
        { WithStimuli(FloatArray("(2, 2)", 0, 1, 2, 3)), "must be (n,), (n, 1) or (1, n)" },
        { WithStimuli(FloatArray("(0,)")), "between 2 and" },
        { WithStimuli(FloatArray("(3,)", 0, 1, 2)), "but there are 3 stimuli" },
        { Radians(), "look like radians" },
    };

    [Theory]
    [MemberData(nameof(BadArchives))]
    public void RefusesArchives(byte[] file, string expected) => Assert.Contains(expected, Refusal(() => Read(file)));

    [Fact]
    public void RefusesAZipBombWithoutUnpackingIt()
    {
        const int Megabytes = 200;
        var zeros = Array("<f4", $"(2, {Megabytes << 17})", new byte[Megabytes << 20]);
        var bomb = Zip(CompressionLevel.SmallestSize, ("resp.npy", zeros), ("stimuli.npy", FloatArray("(2,)", 0, 1)));
        Assert.True(bomb.Length < 1 << 20);
        File.WriteAllBytes(_folder["bomb.npz"], bomb);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains("more than 200 to 1", Refusal(() => RecordingReader.Read(_folder["bomb.npz"])));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void RefusesMoreThanTheLimit()
    {
        File.WriteAllBytes(_folder["a.npz"], Recording());

        Assert.Contains("the limit", Refusal(() => RecordingReader.Read(_folder["a.npz"], maximumBytes: 23)));
        Assert.Equal(3, RecordingReader.Read(_folder["a.npz"], maximumBytes: 24).StimulusCount);
    }

    [Theory]
    [InlineData("80049500", "savez")]
    [InlineData("894844460D0A1A0A", "decoder data convert")]
    [InlineData("4D41544C41422035", "ends inside its header")]
    [InlineData("31323334", "neither a .npz nor a .npy")]
    [InlineData("", "empty")]
    public void NamesForeignFormats(string bytes, string expected) => Assert.Contains(expected, Refusal(() => Read(Convert.FromHexString(bytes))));

    [Fact]
    public void RefusesWhatIsNotAFile()
    {
        Assert.Contains("no such file", Refusal(() => RecordingReader.Read(_folder["none.npz"])));
        Assert.Contains("is a folder", Refusal(() => RecordingReader.Read(_folder.Path)));
    }

    [Fact]
    public void ReadsTheDigitisedRecordingOfStringer()
    {
        var recording = RecordingReader.Read(RealData.Require("stringer_v1_first100neurons_360bins_digitised.npz"));

        Assert.Equal((360, 100), (recording.StimulusCount, recording.NeuronCount));
        Assert.Equal(Enumerable.Range(0, 360).Select(i => (float)i), recording.Stimuli);
        Assert.InRange(recording.Responses.Min(), -0.42f, -0.40f);
        Assert.InRange(recording.Responses.Max(), 1.90f, 1.93f);
    }

    [Fact]
    public void ReadsTheRecordingsOfPark()
    {
        var recording = RecordingReader.Read(RealData.Require("park2024/230809_mrcuts28_fov4.npz"));

        Assert.Equal((128, 56), (recording.StimulusCount, recording.NeuronCount));
        Assert.Equal(8, recording.Stimuli.Distinct().Count());
        Assert.InRange(TuningStatistics.Compute(recording).MedianReliability!.Value, 0.5, 0.8);
    }

    [Fact]
    public void AMatrixOfNeuronsAndStimuliIsTurnedRoundAndThatIsSaid()
    {
        var recording = Read(WithResponses(FloatArray("(3, 2)", 1, 2, 3, 4, 5, 6)));

        Assert.Equal((2, 3), (recording.StimulusCount, recording.NeuronCount));
        Assert.Equal([1, 3, 5, 2, 4, 6], recording.Responses);
        Assert.Contains("has shape (3, 2) and is read transposed", Assert.Single(recording.Notes));

        recording = Read(WithResponses(FloatArray("(2, 2)", 1, 2, 3, 4)));
        Assert.Equal([1, 2, 3, 4], recording.Responses);
        Assert.Contains("orientation cannot be told", Assert.Single(recording.Notes));
        Assert.Empty(Read(Recording()).Notes);
    }

    [Fact]
    public void ArraysAreChosenByTheirNames()
    {
        var path = _folder["file.npz"];
        File.WriteAllBytes(path, Zip(
            ("resp.npy", FloatArray("(2, 1)", 1, 2)),
            ("other.npy", FloatArray("(3, 2)", 1, 2, 3, 4, 5, 6)),
            ("angles.npy", FloatArray("(1, 3)", 0, MathF.PI / 2, MathF.PI))));

        var recording = RecordingReader.Read(path, new() { Responses = "other", Stimuli = "angles", Radians = true });

        Assert.Equal([0, 90, 180], recording.Stimuli);
        Assert.Equal([3, 4], recording.Row(1));
        Assert.Contains("'other'", Refusal(() => RecordingReader.Read(path, new() { Responses = "none", Stimuli = "angles" })));
        Assert.Contains("'angles'", Assert.Throws<ArrayNotFoundException>(() => RecordingReader.Read(path)).Message);
    }

    [Fact]
    public void APickledDictionaryIsRefusedWithItsConversion()
    {
        // As numpy.save writes the dictionary of stringer_orientations.npy.
        File.WriteAllBytes(_folder["stringer_orientations.npy"], Array("|O", "()", [0x80, 4, 0x95]));

        var message = Refusal(() => RecordingReader.Read(_folder["stringer_orientations.npy"]));

        Assert.Contains("d = numpy.load('stringer_orientations.npy', allow_pickle=True).item()", message);
        Assert.Contains("numpy.savez('recording.npz', resp=d['sresp'].T.astype('float32'), stimuli=numpy.degrees(d['istim']))", message);
    }

    private static byte[] WithResponses(byte[] responses) => Zip(("resp.npy", responses), ("stimuli.npy", FloatArray("(2,)", 0, 90)));

    private static byte[] WithStimuli(byte[] stimuli) => Zip(("resp.npy", FloatArray("(2, 1)", 1, 2)), ("stimuli.npy", stimuli));

    private static byte[] Radians()
    {
        var angles = Enumerable.Range(0, 20).Select(i => (float)(i * Math.Tau / 20)).ToArray();
        return Zip(("resp.npy", FloatArray("(20, 1)", angles)), ("stimuli.npy", FloatArray("(20,)", angles)));
    }

    private static string Refusal(Action action) => Assert.ThrowsAny<RecordingException>(action).Message;

    private Recording Read(byte[] file)
    {
        var path = _folder["file.npz"];
        File.WriteAllBytes(path, file);
        return RecordingReader.Read(path);
    }
}
