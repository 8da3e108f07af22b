using System.Diagnostics;
using System.Text;
using Autodiff.Kernels;
using Xunit;

namespace Autodiff.Tests;

public sealed class PersistenceTests : IDisposable
{
    private const string KillVariable = "AUTODIFF_TEST_SAVE_UNTIL_KILLED";
    private readonly string _directory = Directory.CreateTempSubdirectory("autodiff-").FullName;

    private string Path => System.IO.Path.Combine(_directory, "model.safetensors");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static SafeTensors Sample()
    {
        SafeTensors file = new();
        file.Add("hidden.weight", Tensor.Create([1f, -2.5f, float.Epsilon, float.NaN, float.PositiveInfinity, -0f], [2, 3]));
        file.Add("größe \"µ\"", Tensor.Create([Math.PI, -1e308], [2]));
        file.Add("scalar", Tensor.Scalar(7f));
        file.Add("empty", Tensor.Zeros<float>([0, 3]));
        file.Metadata["note"] = "zwei\nZeilen \u2603";
        return file;
    }

    private static void AssertSame(SafeTensors expected, SafeTensors actual)
    {
        Assert.Equal(expected.Names.Order(StringComparer.Ordinal), actual.Names.Order(StringComparer.Ordinal));
        foreach (string name in expected.Names)
        {
            Assert.Equal(expected.ShapeOf(name), actual.ShapeOf(name));
            Assert.Equal(expected.Entries[name].Values.GetType(), actual.Entries[name].Values.GetType());
            Assert.True(expected.Entries[name].Bytes.SequenceEqual(actual.Entries[name].Bytes), name);
        }
    }

    private void WriteRaw(string header, int dataBytes)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        File.WriteAllBytes(Path, [.. BitConverter.GetBytes((long)json.Length), .. json, .. new byte[dataBytes]]);
    }

    [Fact]
    public void WhatIsSavedIsLoadedToTheBit()
    {
        SafeTensors file = Sample();
        file.Save(Path);
        SafeTensors loaded = SafeTensors.Load(Path);
        AssertSame(file, loaded);
        Assert.Equal(file.Metadata, loaded.Metadata);
        Assert.Equal([1f, -2.5f, float.Epsilon, float.NaN, float.PositiveInfinity, -0f], loaded.Get<float>("hidden.weight").ToArray());
        Assert.Equal([(float)Math.PI, float.NegativeInfinity], loaded.Get<float>("größe \"µ\"").ToArray());
        Assert.Equal(7.0, loaded.Get<double>("scalar").Item());
        Assert.Equal([System.IO.Path.GetFileName(Path)], Directory.GetFiles(_directory).Select(System.IO.Path.GetFileName));
    }

    [Fact]
    public void TheFileIsLaidOutAsTheFormatSays()
    {
        SafeTensors file = new();
        file.Add("a", Tensor.Create(1f, 2f, 3f));
        file.Add("b", Tensor.Create(4.0));
        file.Save(Path);
        byte[] bytes = File.ReadAllBytes(Path);
        int length = (int)BitConverter.ToInt64(bytes);
        string header = Encoding.UTF8.GetString(bytes, 8, length);
        Assert.Equal(0, length % 8);
        Assert.Contains("\"b\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}", header);
        Assert.Contains("\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[8,20]}", header);
        Assert.Equal(4.0, BitConverter.ToDouble(bytes, 8 + length));
        Assert.Equal([1f, 2f, 3f], Enumerable.Range(0, 3).Select(i => BitConverter.ToSingle(bytes, 16 + length + 4 * i)));
        Assert.Equal(8 + length + 20, bytes.Length);
    }

    [Fact]
    public void FilesOfOtherProgramsHaveNoChecksumAndAnyOrder()
    {
        // As safetensors' own writer puts it, with a hole-free but unsorted header.
        WriteRaw("""{"b":{"dtype":"F32","shape":[],"data_offsets":[8,12]},"a":{"shape":[1],"data_offsets":[0,8],"dtype":"F64"}}   """, 12);
        SafeTensors file = SafeTensors.Load(Path);
        Assert.Equal(["a", "b"], file.Names);
        Assert.Equal(Shape.Scalar, file.ShapeOf("b"));
    }

    [Fact]
    public void EveryTruncationIsRefused()
    {
        Sample().Save(Path);
        byte[] bytes = File.ReadAllBytes(Path);
        for (int length = 0; length < bytes.Length; length++)
        {
            MemoryStream stream = new(bytes, 0, length);
            Assert.Throws<InvalidDataException>(() => SafeTensorsReader.Read(stream, verifyChecksum: true));
        }
        File.WriteAllBytes(Path, [.. bytes, 0]);
        Assert.Contains("belong to no tensor", Assert.Throws<InvalidDataException>(() => SafeTensors.Load(Path)).Message);
    }

    [Fact]
    public void NoFlippedBitGoesUnnoticedOrChangesATensor()
    {
        SafeTensors file = Sample();
        file.Save(Path);
        byte[] bytes = File.ReadAllBytes(Path);
        int noticed = 0;
        for (int bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            SafeTensors loaded;
            try
            {
                loaded = SafeTensorsReader.Read(new MemoryStream(bytes), verifyChecksum: true);
            }
            catch (InvalidDataException)
            {
                noticed++;
                continue;
            }
            finally
            {
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            }
            // Space, the case of an escape's digits, or the key of the checksum itself.
            AssertSame(file, loaded);
        }
        Assert.InRange(noticed, 8 * bytes.Length * 9 / 10, 8 * bytes.Length);
    }

    [Fact]
    public void RandomDamageIsNeverAnythingButInvalidData()
    {
        Sample().Save(Path);
        byte[] bytes = File.ReadAllBytes(Path);
        var random = new Random(1);
        for (int round = 0; round < 2000; round++)
        {
            byte[] damaged = [.. bytes];
            for (int i = random.Next(1, 8); i > 0; i--)
            {
                damaged[random.Next(round % 2 == 0 ? 300 : damaged.Length)] = (byte)random.Next(256);
            }

            try
            {
                SafeTensorsReader.Read(new MemoryStream(damaged), verifyChecksum: round % 3 != 0);
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    [Theory]
    [InlineData("""[]""", 0, "begin with '{'")]
    [InlineData(""" {}""", 0, "begin with '{'")]
    [InlineData("""{"a":1}""", 0, "not described")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"\u0061":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "JSON")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F64","shape":[1],"data_offsets":[0,4]}}""", 4, "JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "holes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "belong to no tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "needs 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}""", 4, "truncated")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0],"data_offsets":[4,0]}}""", 4, "damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}""", 4, "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""", 4, "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,99999999999999999999]}}""", 4, "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "at most")]
    [InlineData("""{"a":{"dtype":"F32","shape":[65536,65536],"data_offsets":[0,0]}}""", 0, "at most")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}""", 4, "axes")]
    [InlineData("""{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}""", 8, "'I64'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":0}}""", 4, "exactly")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,2,4]}}""", 4, "exactly")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "text")]
    [InlineData("""{"__metadata__":[]}""", 0, "not an object")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "safetensors")]
    [InlineData("""{"__metadata__":{"a":"\ud800"}}""", 0, "safetensors")]
    [InlineData("""{"a":{"dtype":"F32","shape":[[[[[[[[]]]]]]]],"data_offsets":[0,4]}}""", 4, "JSON")]
    [InlineData("""{"__metadata__":{"autodiff.sha256":"00"}}""", 0, "checksum")]
    public void HostileHeadersAreRefused(string header, int dataBytes, string expected)
    {
        WriteRaw(header, dataBytes);
        var error = Assert.Throws<InvalidDataException>(() => SafeTensors.Load(Path));
        Assert.Contains(expected, error.Message);
        Assert.Contains(Path, error.Message);
    }

    [Fact]
    public void HostileLengthsAndBytesAreRefused()
    {
        foreach (ulong length in (ulong[])[ulong.MaxValue, 1ul << 63, 100_000_001, 50, 0, 1])
        {
            File.WriteAllBytes(Path, [.. BitConverter.GetBytes(length), (byte)'{', (byte)'}']);
            Assert.Throws<InvalidDataException>(() => SafeTensors.Load(Path));
        }
        File.WriteAllBytes(Path, [.. BitConverter.GetBytes(9L), .. "{\"\u00ff\":{}}"u8[..3], 0xff, .. "\":{}}"u8]);
        Assert.Contains("UTF-8", Assert.Throws<InvalidDataException>(() => SafeTensors.Load(Path)).Message);
        Assert.Throws<FileNotFoundException>(() => SafeTensors.Load(Path + ".absent"));
    }

    [Fact]
    public void NamesAreCheckedWhenAdded()
    {
        SafeTensors file = Sample();
        Assert.Contains("[2, 3]", Assert.Throws<ArgumentException>(() => file.Add("hidden.weight", Tensor.Scalar(1f))).Message);
        Assert.Throws<ArgumentException>(() => file.Add("__metadata__", Tensor.Scalar(1f)));
        Assert.Contains("hidden.weight", Assert.Throws<KeyNotFoundException>(() => file.Get<float>("weight")).Message);
    }

    [Fact]
    public void AFailureHalfWayKeepsTheOldFile()
    {
        Sample().Save(Path);
        byte[] before = File.ReadAllBytes(Path);
        Assert.Throws<IOException>(() => AtomicFile.Write(Path, stream =>
        {
            stream.Write(new byte[100_000]);
            throw new IOException("disk full");
        }));
        Assert.Equal(before, File.ReadAllBytes(Path));
        Assert.Single(Directory.GetFileSystemEntries(_directory));
        string nowhere = System.IO.Path.Combine(_directory, "absent", "x");
        Assert.Contains("does not exist", Assert.Throws<DirectoryNotFoundException>(() => Sample().Save(nowhere)).Message);
    }

    [Fact]
    public void ALinkStaysALink()
    {
        string link = System.IO.Path.Combine(_directory, "link");
        File.WriteAllText(Path, "old");
        File.CreateSymbolicLink(link, Path);
        Sample().Save(link);
        Assert.Equal(Path, new FileInfo(link).LinkTarget);
        AssertSame(Sample(), SafeTensors.Load(Path));
    }

    // Plays both parts: without the variable it starts this very test in another process, which saves in a loop until it is killed.
    [Fact]
    public async Task AProcessKilledHalfWayKeepsAWholeFile()
    {
        if (Environment.GetEnvironmentVariable(KillVariable) is { } target)
        {
            for (int i = 0; ; i++)
            {
                SafeTensors file = new();
                file.Add("x", Tensor.Full<float>([200_000], i));
                file.Save(target);
            }
        }
        var random = new Random(7);
        for (int round = 0; round < 3; round++)
        {
            using Process child = Start();
            try
            {
                var waited = Stopwatch.StartNew();
                while (!File.Exists(Path))
                {
                    Assert.True(waited.Elapsed < TimeSpan.FromMinutes(5) && !child.HasExited, "the other process did not save");
                    await Task.Delay(5, TestContext.Current.CancellationToken);
                }
                await Task.Delay(random.Next(100), TestContext.Current.CancellationToken);
            }
            finally
            {
                child.Kill();
                await child.WaitForExitAsync(TestContext.Current.CancellationToken);
            }
            float[] values = SafeTensors.Load(Path).Get<float>("x").ToArray();
            Assert.Equal(200_000, values.Length);
            Assert.All(values, value => Assert.Equal(values[0], value));
            File.Delete(Path);
        }
    }

    private Process Start()
    {
        string assembly = typeof(PersistenceTests).Assembly.Location, program = Environment.ProcessPath!;
        ProcessStartInfo start = new(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (System.IO.Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(assembly);
        }

        start.ArgumentList.Add("-method");
        start.ArgumentList.Add($"{typeof(PersistenceTests).FullName}.{nameof(AProcessKilledHalfWayKeepsAWholeFile)}");
        start.Environment[KillVariable] = Path;
        return Process.Start(start)!;
    }
}
