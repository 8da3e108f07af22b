using System.Security.Cryptography;
using Decoder.Downloads;
using Decoder.Tests.Commands;
using Decoder.Tests.Training;
using static Decoder.Tests.Downloads.FileServer;

namespace Decoder.Tests.Downloads;

public sealed class FileDownloadTests : IDisposable
{
    private static readonly byte[] Content = CreateContent();
    private static readonly string Md5 = Convert.ToHexStringLower(MD5.HashData(Content));

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new() { Timeout = Timeout.InfiniteTimeSpan };

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task DownloadsOnceAndLeavesNothingElse()
    {
        await using var server = new FileServer(request => Serve(Content, request));

        Assert.True(await Download(server));
        AssertIsThere();
        Assert.False(await Download(server));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task FollowsRedirectionsAlsoWhenItGoesOn()
    {
        File.WriteAllBytes(_folder["a.npz.part"], Content[..1000]);
        await using var server = new FileServer(request => request.Path == "/a"
            ? new Response(302, []) { Headers = "Location: /elsewhere\r\n" }
            : Serve(Content, request));

        await Download(server);

        AssertIsThere();
        Assert.Equal(["/a", "/elsewhere"], server.Requests.Select(request => request.Path));
        Assert.Equal(1000, server.Requests[1].From);
    }

    [Fact]
    public async Task GoesOnByItselfWhenTheConnectionIsCut()
    {
        await using var server = new FileServer(request => Serve(Content, request) with { CutAfter = Math.Min(30_000, Content.Length - (int)(request.From ?? 0)) });

        await Download(server);

        AssertIsThere();
        Assert.Equal([null, 30_000, 60_000, 90_000], server.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task StartsAgainWithAServerThatKnowsNoRanges()
    {
        File.WriteAllBytes(_folder["a.npz.part"], Content[..1000]);
        await using var server = new FileServer(_ => new Response(200, Content));

        await Download(server);

        AssertIsThere();
        Assert.Equal([1000], server.Requests.Select(request => request.From!.Value));
    }

    [Fact]
    public async Task AWholePartNeedsNoMore()
    {
        File.WriteAllBytes(_folder["a.npz.part"], Content);
        await using var server = new FileServer(request => Serve(Content, request));

        await Download(server);

        AssertIsThere();
        Assert.Equal([Content.Length], server.Requests.Select(request => request.From!.Value));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(200_000)]
    public async Task APartOfAnotherFileIsThrownAway(int length)
    {
        File.WriteAllBytes(_folder["a.npz.part"], new byte[length]);
        await using var server = new FileServer(request => Serve(Content, request));

        await Download(server);

        AssertIsThere();
        Assert.Equal([length, null], server.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task AnotherFileThanExpectedIsNotKept()
    {
        await using var server = new FileServer(request => Serve("<html>moved</html>"u8.ToArray(), request));

        Assert.Contains("is not the file it should be: its MD5 is", await Refusal(server));
        Assert.Empty(_folder.Names);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task AFileOfThatNameIsNotOverwritten()
    {
        File.WriteAllText(_folder["a.npz"], "mine");
        await using var server = new FileServer(request => Serve(Content, request));

        Assert.Contains("is there already", await Refusal(server));
        Assert.Equal("mine", File.ReadAllText(_folder["a.npz"]));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(404, 1, "answers 404")]
    [InlineData(403, 1, "or not for everybody")]
    [InlineData(503, 3, "answers 503")]
    [InlineData(429, 3, "Try again later")]
    public async Task RefusalsOfTheServerAreReportedAndThoseThatPassAreTriedAgain(int status, int requests, string expected)
    {
        File.WriteAllBytes(_folder["a.npz.part"], Content[..1000]);
        await using var server = new FileServer(_ => new Response(status, []));

        Assert.Contains(expected, await Refusal(server));
        Assert.Equal(requests, server.Requests.Count);
        Assert.Equal(1000, new FileInfo(_folder["a.npz.part"]).Length);
    }

    [Fact]
    public async Task AServerThatSaysNothingIsGivenUpAndWhatHasComeIsKept()
    {
        await using var server = new FileServer(request => Serve(Content, request) with { CutAfter = request.From is null ? 500 : 0, Hangs = true });

        Assert.Contains("said nothing for", await Refusal(server, patience: TimeSpan.FromSeconds(1)));
        Assert.Equal(["a.npz.part"], _folder.Names);
        Assert.Equal(Content[..500], File.ReadAllBytes(_folder["a.npz.part"]));
    }

    [Fact]
    public async Task AnotherPartThanAskedForIsNotAppended()
    {
        File.WriteAllBytes(_folder["a.npz.part"], Content[..1000]);
        await using var server = new FileServer(request => request.From is null ? new Response(200, Content)
            : new Response(206, Content[500..]) { Headers = $"Content-Range: bytes 500-{Content.Length - 1}/{Content.Length}\r\n" });

        await Download(server);

        AssertIsThere();
    }

    [Fact]
    public async Task AFileThatNeverEndsIsGivenUp()
    {
        await using var server = new FileServer(request => Serve(Content, request));

        Assert.Contains("is larger than", await Refusal(server, maximumBytes: 50_000));
        Assert.False(File.Exists(_folder["a.npz"]));
    }

    [Fact]
    public async Task AFullDiskIsReportedWithWhatToDo()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here to stand for a full disk.");
        File.CreateSymbolicLink(_folder["a.npz.part"], "/dev/full");
        await using var server = new FileServer(request => Serve(Content, request));

        Assert.Contains("Make space and run the same command again", await Refusal(server));
        Assert.Single(server.Requests);
        Assert.False(File.Exists(_folder["a.npz"]));
    }

    [Fact]
    public async Task CancellationKeepsWhatHasCome()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = new FileServer(request => Serve(Content, request) with { CutAfter = 500, Hangs = true });
        var download = Download(server, cancellation: cancellation.Token);
        while (!File.Exists(_folder["a.npz.part"]) || new FileInfo(_folder["a.npz.part"]).Length < 500)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download);
        Assert.Equal(500, new FileInfo(_folder["a.npz.part"]).Length);
    }

    [Fact]
    public async Task WithoutANetworkTheMessageSaysSo()
    {
        Uri address;
        await using (var server = new FileServer(request => Serve(Content, request)))
        {
            address = server.Address;
        }

        var refusal = await Assert.ThrowsAsync<DownloadException>(() => Create().RunAsync(
            address, _folder["a.npz"], Md5, new SmallRuns.Silent(), TestContext.Current.CancellationToken));

        Assert.Contains("cannot be reached", refusal.Message);
        Assert.Contains("--base-url", refusal.Message);
    }

    [Fact]
    public async Task TheCommandAsksForTheFilesOfTheTutorialAndRefusesOthers()
    {
        await using var server = new FileServer(request => Serve(Content, request));

        var (code, output, error) = await CommandLine.Run("data", "download", "tutorial", "--base-url", server.Address + "mirror", "--out", _folder["new/folder"]);

        Assert.Equal((Terminal.ExitCode.BadInput, ""), (code, output));
        Assert.Contains("instead of 436599dfd8ebe6019f066c38aed20580", error);
        Assert.Equal("/mirror/683xc/download", Assert.Single(server.Requests).Path);
        Assert.Empty(Directory.GetFiles(_folder["new/folder"]));
    }

    private async Task<string> Refusal(FileServer server, TimeSpan? patience = null, long maximumBytes = 1 << 20) =>
        (await Assert.ThrowsAsync<DownloadException>(() => Download(server, patience, maximumBytes))).Message;

    private Task<bool> Download(FileServer server, TimeSpan? patience = null, long maximumBytes = 1 << 20, CancellationToken? cancellation = null) =>
        Create(patience, maximumBytes).RunAsync(
            new Uri(server.Address, "a"), _folder["a.npz"], Md5, new SmallRuns.Silent(), cancellation ?? TestContext.Current.CancellationToken);

    private FileDownload Create(TimeSpan? patience = null, long maximumBytes = 1 << 20) => new(_client)
    {
        Patience = patience ?? TimeSpan.FromSeconds(60),
        MaximumBytes = maximumBytes,
        FirstPause = TimeSpan.FromMilliseconds(1),
        Attempts = 3,
    };

    private void AssertIsThere()
    {
        Assert.Equal(["a.npz"], _folder.Names);
        Assert.Equal(Content, File.ReadAllBytes(_folder["a.npz"]));
    }

    private static byte[] CreateContent()
    {
        var content = new byte[100_000];
        new Random(1).NextBytes(content);
        return content;
    }
}
