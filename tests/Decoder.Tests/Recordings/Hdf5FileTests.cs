using System.Diagnostics;
using Decoder.Recordings;
using Decoder.Recordings.Hdf5;
using Decoder.Terminal;
using Decoder.Tests.Commands;
using PureHDF;
using PureHDF.Filters;

namespace Decoder.Tests.Recordings;

/// <summary>HDF5 files, which another process reads. They are written by the library that reads them, since no other is at hand.</summary>
public sealed class Hdf5FileTests : IDisposable
{
    private static readonly Hdf5Reading Bounds = new(TimeSpan.FromMinutes(5), 1L << 30);

    private readonly TemporaryFolder _folder = new();

    public Hdf5FileTests() => Assert.SkipUnless(
        File.Exists(Path.Combine(AppContext.BaseDirectory, "decoder.runtimeconfig.json")), "The program is not beside the tests.");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ConvertPicksArraysByPathAndTurnsThemRound()
    {
        Write(new H5File
        {
            ["neural"] = new H5Group { ["dff"] = new H5Group { ["data"] = new double[,] { { 1, 3, 5 }, { 2, 4, 6 } } } },
            ["stim"] = new H5Group { ["angle"] = new short[,] { { 0 }, { 90 }, { 180 } } },
            ["text"] = "a text",
        });

        var (code, output, error) = await CommandLine.Run(
            "data", "convert", _folder["file.h5"], _folder["out.npz"], "--resp", "neural/dff/data", "--stimuli", "/stim/angle");

        Assert.True(code == ExitCode.Success, error);
        Assert.Contains("3 rows x 2 neurons", output);
        Assert.Contains("is read transposed", error);
        var recording = RecordingReader.Read(_folder["out.npz"]);
        Assert.Equal([0, 90, 180], recording.Stimuli);
        Assert.Equal([1, 2, 3, 4, 5, 6], recording.Responses);

        (code, output, error) = await CommandLine.Run("data", "info", _folder["file.h5"]);
        Assert.True(code == ExitCode.Success, error);
        Assert.Matches(@"neural/dff/data +float64 +\(2, 3\)", output);
        Assert.Matches(@"stim/angle +int16 +\(3, 1\)", output);
    }

    [Fact]
    public async Task TrainSaysHowToConvert()
    {
        // As MATLAB 7.3 writes: its own header before the signature.
        File.WriteAllBytes(_folder["a b.mat"], [.. "MATLAB 7.3 MAT-file"u8, .. new byte[512 - 19], 0x89, .. "HDF\r\n"u8, 0x1a, (byte)'\n', .. new byte[100]]);

        var (code, _, error) = await CommandLine.Run("train", "--data", _folder["a b.mat"], "--out", _folder["run"]);

        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains($"decoder data convert '{_folder["a b.mat"]}' '{_folder["a b.npz"]}'", error);
        Assert.False(Directory.Exists(_folder["run"]));
    }

    [Fact]
    public async Task ConvertsAFileBehindTheHeaderOfMatlab()
    {
        // MATLAB stores a matrix of 3 trials x 2 neurons with its dimensions the other way round.
        new H5File { ["resp"] = new double[,] { { 1, 3, 5 }, { 2, 4, 6 } }, ["stimuli"] = new double[,] { { 0, 90, 180 } } }
            .Write(_folder["v73.mat"], new H5WriteOptions { UserBlockSize = 512 });
        using (var stream = File.OpenWrite(_folder["v73.mat"]))
        {
            stream.Write("MATLAB 7.3 MAT-file"u8);
        }

        var (code, _, error) = await CommandLine.Run("data", "convert", _folder["v73.mat"], _folder["out.npz"]);

        Assert.True(code == ExitCode.Success, error);
        Assert.Equal([1, 2, 3, 4, 5, 6], RecordingReader.Read(_folder["out.npz"]).Responses);
    }

    [Fact]
    public void ReadsEveryTypeAndPackedPieces()
    {
        var packed = new float[300, 7];
        for (var i = 0; i < packed.Length; i++)
        {
            packed[i / 7, i % 7] = i;
        }

        Write(new H5File
        {
            ["f4"] = new float[] { 1.5f, -5 }, ["f8"] = new double[] { 1.5, -5 },
            ["i1"] = new sbyte[] { 1, -5 }, ["i2"] = new short[] { 1, -5 }, ["i4"] = new[] { 1, -5 }, ["i8"] = new long[] { 1, -5 },
            ["u1"] = new byte[] { 1, 200 }, ["u2"] = new ushort[] { 1, 59968 }, ["u4"] = new uint[] { 1, 4026531840 }, ["u8"] = new ulong[] { 1, 17293822569102704640 },
            ["flags"] = new[] { Flag.True, Flag.False },
            ["scalar"] = 7.0,
            ["packed"] = new H5Dataset(packed, chunks: [64, 3]),
        }, packs: true);
        using IArrayFile file = Hdf5File.Open(_folder["file.h5"], Bounds);

        foreach (var name in (string[])["f4", "f8"])
        {
            Assert.Equal([1.5f, -5], Values(file, name));
        }

        foreach (var name in (string[])["i1", "i2", "i4", "i8"])
        {
            Assert.Equal([1, -5], Values(file, name));
        }

        Assert.Equal([1, 200], Values(file, "u1"));
        Assert.Equal([1, 59968], Values(file, "u2"));
        Assert.Equal([1, 4026531840f], Values(file, "u4"));
        Assert.Equal([1, 17293822569102704640f], Values(file, "u8"));
        Assert.Equal([7], Values(file, "scalar"));
        Assert.Equal([1, 0], Values(file, "flags"));
        Assert.Equal(Enumerable.Range(0, 2100).Select(i => (float)i), Values(file, "packed"));
    }

    [Fact]
    public void AReaderThatTakesTooLongIsEnded()
    {
        Write(new H5File { ["resp"] = new float[] { 1 } });
        var watch = Stopwatch.StartNew();

        var refusal = Assert.Throws<RecordingException>(() => Hdf5File.Open(_folder["file.h5"], Bounds with { TimeLimit = TimeSpan.FromMilliseconds(1) }));

        Assert.Contains("took longer than 0.001 s and was ended", refusal.Message);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60);
    }

    [Fact]
    public void ACancelledReaderIsEnded()
    {
        Write(new H5File { ["resp"] = new float[] { 1 } });

        Assert.Throws<OperationCanceledException>(() => Hdf5File.Open(_folder["file.h5"], Bounds with { Cancellation = new CancellationToken(canceled: true) }));
    }

    [Fact]
    public void AReaderThatNeedsTooMuchMemoryIsEnded()
    {
        // One chunk of 256 MB, which packs to nearly nothing and can only be unpacked as a whole.
        Write(new H5File { ["resp"] = new H5Dataset(new float[64, 1 << 20], chunks: [64, 1 << 20]) }, packs: true);
        Assert.InRange(new FileInfo(_folder["file.h5"]).Length, 0, 4 << 20);
        using IArrayFile file = Hdf5File.Open(_folder["file.h5"], Bounds with { MemoryLimit = 100 << 20 });

        Assert.Contains("needs more than 100 MiB of memory", Assert.Throws<RecordingException>(() => file.OpenArray("resp")).Message);
    }

    [Fact]
    public void DamagedFilesAreRefusedAndLeaveNothingBehind()
    {
        Write(new H5File { ["a"] = new H5Group { ["resp"] = new float[100, 3] }, ["stimuli"] = new float[100] });
        var good = File.ReadAllBytes(_folder["file.h5"]);
        var random = new Random(1);
        for (var i = 0; i < 6; i++)
        {
            var bad = i % 2 == 0 ? good[..random.Next(8, good.Length - 8)] : (byte[])good.Clone();
            for (var flips = 0; flips < 20; flips++)
            {
                bad[random.Next(8, bad.Length)] ^= (byte)random.Next(1, 256);
            }

            File.WriteAllBytes(_folder["file.h5"], bad);
            try
            {
                // Damage to the numbers themselves shows nowhere.
                using IArrayFile file = Hdf5File.Open(_folder["file.h5"], Bounds with { TimeLimit = TimeSpan.FromSeconds(60) });
                if (file.Contains("a/resp"))
                {
                    Values(file, "a/resp");
                }
            }
            catch (RecordingException e)
            {
                Assert.Contains("file.h5", e.Message);
                Assert.DoesNotContain("   at ", e.Message);
            }
        }

        Assert.Equal(["file.h5"], _folder.Names);
    }

    /// <summary>As h5py writes booleans.</summary>
    private enum Flag : byte
    {
        False,
        True,
    }

    private static float[] Values(IArrayFile file, string name)
    {
        using var array = file.OpenArray(name);
        var values = new float[array.Layout.Count];
        array.ReadInto(values);
        return values;
    }

    private void Write(H5File file, bool packs = false) => file.Write(
        _folder["file.h5"], packs ? new H5WriteOptions { Filters = [ShuffleFilter.Id, DeflateFilter.Id] } : new H5WriteOptions());
}
