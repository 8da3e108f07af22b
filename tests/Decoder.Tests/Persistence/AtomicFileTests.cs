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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhatAKilledProcessLeftIsTakenAwayByTheNextWhatARunningOneWritesIsNot(bool isTry)
    {
        using var ended = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true })!;
        ended.WaitForExit();
        string Left(string name, int process) => $".{name}.{process}-{Guid.NewGuid():N}.tmp";
        var (dead, running, other, foreign) = (Left("a.txt", ended.Id), Left("a.txt", Environment.ProcessId), Left("a.txt.b", ended.Id), ".a.txt.mine.tmp");
        foreach (var name in (string[])[dead, running, other, foreign])
        {
            File.WriteAllText(_folder[name], "half");
        }

        if (isTry)
        {
            AtomicFile.EnsureWritable(_folder["a.txt"]);
        }
        else
        {
            AtomicFile.WriteText(_folder["a.txt"], "new");
        }

        Assert.False(File.Exists(_folder[dead]));
        Assert.All([running, other, foreign], name => Assert.Equal("half", File.ReadAllText(_folder[name])));
    }

    [Fact]
    public void AFolderThatMayNotBeWrittenToIsRefusedBeforeTheWork()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is a folder that is denied to everybody on Linux.");

        Assert.Contains(
            "'/proc/a.txt' cannot be written: no file can be made in the folder '/proc'", Assert.Throws<IOException>(() => AtomicFile.EnsureWritable("/proc/a.txt")).Message);
        Assert.Throws<IOException>(() => AtomicFile.WriteText("/proc/a.txt", "x"));
    }

    [Fact]
    public void RefusesWhatCannotBeWrittenBeforeWriting()
    {
        Directory.CreateDirectory(_folder["folder"]);

        Assert.Contains("create it first", Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.EnsureWritable(_folder["no/a.txt"])).Message);
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => AtomicFile.WriteText(_folder["folder"], "x")).Message);
    }
}
