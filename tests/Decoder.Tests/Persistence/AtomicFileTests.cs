using Autodiff;

namespace Decoder.Tests.Persistence;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void CreatesAndReplaces()
    {
        AtomicFile.WriteText(_folder["a.txt"], "first");
        AtomicFile.WriteText(_folder["a.txt"], "2nd");

        Assert.Equal("2nd"u8, File.ReadAllBytes(_folder["a.txt"]));
        Assert.Equal(["a.txt"], _folder.Names);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1 << 20)]
    public void AFailureHalfWayLeavesTheOldFileAndNothingElse(int bytesBeforeFailure)
    {
        File.WriteAllText(_folder["a.txt"], "old");

        var thrown = Assert.Throws<IOException>(() => AtomicFile.Write(_folder["a.txt"], stream =>
        {
            stream.Write(new byte[bytesBeforeFailure]);
            throw new IOException("No space left on device");
        }));

        Assert.Contains("a.txt' could not be written, and is left as it was: No space left on device", thrown.Message);
        Assert.Equal("old", File.ReadAllText(_folder["a.txt"]));
        Assert.Equal(["a.txt"], _folder.Names);
    }

    [Fact]
    public void TheOldFileIsWholeUntilTheNewOneIs()
    {
        File.WriteAllText(_folder["a.txt"], "old");

        AtomicFile.Write(_folder["a.txt"], stream =>
        {
            stream.Write("new"u8);
            stream.Flush();
            Assert.Equal("old", File.ReadAllText(_folder["a.txt"]));
        });

        Assert.Equal("new", File.ReadAllText(_folder["a.txt"]));
    }

    [Fact]
    public void ReplacesTheTargetOfALinkAndKeepsTheLink()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Symbolic links need a privilege on Windows.");
        File.WriteAllText(_folder["target.txt"], "old");
        File.CreateSymbolicLink(_folder["link.txt"], _folder["target.txt"]);

        AtomicFile.WriteText(_folder["link.txt"], "new");

        Assert.Equal("new", File.ReadAllText(_folder["target.txt"]));
        Assert.NotNull(new FileInfo(_folder["link.txt"]).LinkTarget);
    }

    [Fact]
    public void RefusesWhatCannotBeWrittenBeforeWriting()
    {
        Directory.CreateDirectory(_folder["folder"]);

        Assert.Contains("create it first", Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.EnsureWritable(_folder["no/a.txt"])).Message);
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => AtomicFile.WriteText(_folder["folder"], "x")).Message);
    }
}
