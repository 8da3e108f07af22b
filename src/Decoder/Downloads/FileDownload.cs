using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Autodiff;
using Decoder.Terminal;

namespace Decoder.Downloads;

/// <summary>
/// Downloads a file. Its bytes go to a name that ends with .part, from where a later attempt goes on; it gets its own name when it is whole and its MD5 is right.
/// </summary>
/// <param name="client">The client; without a time limit of its own, since files are large.</param>
internal sealed class FileDownload(HttpClient client)
{
    /// <summary>The most that is taken from a server that does not stop.</summary>
    public long MaximumBytes { get; init; } = 1L << 30;

    /// <summary>How long the server may say nothing.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Before the second attempt; each later one waits twice as long.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Attempts in a row that bring nothing before it is given up.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>Downloads a file that is not there yet.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="path">Where to put it.</param>
    /// <param name="md5">What it must be.</param>
    /// <param name="progress">Told the finished fraction.</param>
    /// <param name="cancellation">Stops; what has come so far is kept for a later attempt.</param>
    /// <returns>Whether anything was downloaded: false where the file was there.</returns>
    /// <exception cref="DownloadException">It cannot be had.</exception>
    public async Task<bool> RunAsync(Uri address, string path, string md5, IProgressTask progress, CancellationToken cancellation)
    {
        AtomicFile.EnsureWritable(path);
        if (File.Exists(path))
        {
            return await Md5Async(path, cancellation) == md5 ? false : throw new DownloadException(
                $"{path} is there already, and is another file than the one at {address} (whose MD5 is {md5}). Delete or rename it, or choose another --out.");
        }

        var part = path + ".part";
        var isFresh = !File.Exists(part);
        while (true)
        {
            await FetchAllAsync(address, part, progress, cancellation);
            var actual = await Md5Async(part, cancellation);
            if (actual == md5)
            {
                break;
            }

            File.Delete(part);
            if (isFresh)
            {
                throw new DownloadException(
                    $"{address} is not the file it should be: its MD5 is {actual} instead of {md5}. It was damaged on the way or has been replaced; nothing was kept. Try again, or use a mirror with --base-url.");
            }

            // What an earlier attempt left may have been of another file.
            isFresh = true;
        }

        // It may have come into being meanwhile, and is then somebody else's.
        File.Move(part, path, overwrite: false);
        return true;
    }

    private async Task FetchAllAsync(Uri address, string part, IProgressTask progress, CancellationToken cancellation)
    {
        var (pause, left) = (FirstPause, Attempts);
        while (true)
        {
            var before = LengthOf(part);
            try
            {
                await FetchAsync(address, part, progress, cancellation);
                return;
            }
            catch (DownloadException e) when (e.IsWorthRetrying)
            {
                if (LengthOf(part) > before)
                {
                    (pause, left) = (FirstPause, Attempts);
                }

                if (--left <= 0)
                {
                    throw;
                }

                await Task.Delay(pause, cancellation);
                pause *= 2;
            }
        }
    }

    /// <summary>One request, for what is not there yet.</summary>
    private async Task FetchAsync(Uri address, string part, IProgressTask progress, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            // Without a buffer: a full disk is to be met where it can be explained, not in closing the file.
            await using var file = new FileStream(part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (file.Length > 0)
            {
                request.Headers.Range = new RangeHeaderValue(file.Length, null);
            }

            patience.CancelAfter(Patience);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && file.Length > 0)
            {
                // The server has no more: the part is whole, or of another file, which its MD5 will tell.
                return;
            }

            CheckStatus(response, address);

            // A server that does not know ranges, or has another one, sends all.
            var goesOn = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == file.Length;
            if (!goesOn && response.StatusCode == HttpStatusCode.PartialContent)
            {
                file.SetLength(0);
                throw new DownloadException($"{address}: the server sent another part of the file than was asked for.", isWorthRetrying: true);
            }

            if (!goesOn && file.Length > 0)
            {
                file.SetLength(0);
            }

            file.Seek(0, SeekOrigin.End);
            var total = response.Content.Headers.ContentLength is { } rest ? file.Length + rest : (long?)null;
            if (total > MaximumBytes)
            {
                throw TooLarge(address);
            }

            await CopyAsync(response, file, total, address, progress, patience);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new DownloadException($"{address}: the server said nothing for {Patience.TotalSeconds} s. Try again later; what has come is kept.", isWorthRetrying: true, e);
        }
        catch (HttpRequestException e)
        {
            throw new DownloadException(
                $"{address} cannot be reached: {e.Message} Check the network (and HTTPS_PROXY where there is a proxy), or use a mirror with --base-url.", isWorthRetrying: true, e);
        }
    }

    private async Task CopyAsync(
        HttpResponseMessage response, FileStream file, long? total, Uri address, IProgressTask progress, CancellationTokenSource patience)
    {
        await using var content = await response.Content.ReadAsStreamAsync(patience.Token);
        var buffer = new byte[1 << 16];
        while (true)
        {
            int count;
            try
            {
                patience.CancelAfter(Patience);
                count = await content.ReadAsync(buffer, patience.Token);
            }
            catch (IOException e)
            {
                throw new DownloadException($"{address}: the connection was cut ({e.Message}). Try again; what has come is kept.", isWorthRetrying: true, e);
            }

            if (count == 0)
            {
                break;
            }

            if (file.Length + count > MaximumBytes)
            {
                throw TooLarge(address);
            }

            try
            {
                await file.WriteAsync(buffer.AsMemory(0, count), patience.Token);
            }
            catch (IOException e)
            {
                throw new DownloadException($"{file.Name} cannot be written: {e.Message} Make space and run the same command again; what has come is kept.", inner: e);
            }

            progress.Report(
                total is > 0 ? Math.Min(1, (double)file.Length / total.Value) : 0,
                string.Create(CultureInfo.InvariantCulture, $"{file.Length / 1e6:F1} MB"));
        }

        if (total is { } expected && file.Length < expected)
        {
            throw new DownloadException($"{address}: the connection was cut after {file.Length} of {expected} bytes. Try again; what has come is kept.", isWorthRetrying: true);
        }

        file.Flush(flushToDisk: true);
    }

    private static void CheckStatus(HttpResponseMessage response, Uri address)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        var isBusy = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)response.StatusCode >= 500;
        throw new DownloadException(
            $"{address}: the server answers {(int)response.StatusCode} ({response.ReasonPhrase}). "
            + (isBusy ? "Try again later, or use a mirror with --base-url." : "The file is not there any more, or not for everybody; use a mirror with --base-url."),
            isBusy);
    }

    private DownloadException TooLarge(Uri address) =>
        new($"{address} is larger than {MaximumBytes >> 20} MiB, and not the file it should be. Use a mirror with --base-url.");

    private static long LengthOf(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    private static async Task<string> Md5Async(string path, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        return Convert.ToHexStringLower(await MD5.HashDataAsync(file, cancellation));
    }
}
