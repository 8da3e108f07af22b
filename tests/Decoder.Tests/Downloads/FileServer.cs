using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Decoder.Tests.Downloads;

/// <summary>A web server of one connection per request, which can do what servers should not.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Request, Response> _answer;
    private readonly Task _running;

    public FileServer(Func<Request, Response> answer)
    {
        _answer = answer;
        _listener.Start();
        _running = RunAsync();
    }

    /// <summary>What was asked for so far.</summary>
    public List<Request> Requests { get; } = [];

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>The whole content, or the part from where the client has it.</summary>
    public static Response Serve(byte[] content, Request request) => request.From is not { } from ? new(200, content)
        : from >= content.Length ? new(416, [])
        : new(206, content[(int)from..]) { Headers = $"Content-Range: bytes {from}-{content.Length - 1}/{content.Length}\r\n" };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await AnswerAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            var path = (await reader.ReadLineAsync(_stop.Token))!.Split(' ')[1];
            long? from = null;
            while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } line)
            {
                if (line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase))
                {
                    from = long.Parse(line["Range: bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
                }
            }

            var request = new Request(path, from);
            Requests.Add(request);
            var response = _answer(request);
            var head = $"HTTP/1.1 {response.Status} Status\r\nContent-Length: {response.Body.Length}\r\nConnection: close\r\n{response.Headers}\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), _stop.Token);
            await stream.WriteAsync(response.Body.AsMemory(0, response.CutAfter ?? response.Body.Length), _stop.Token);
            if (response.Hangs)
            {
                await Task.Delay(Timeout.Infinite, _stop.Token);
            }
        }
        catch (IOException)
        {
            // The client has hung up.
        }
    }

    public sealed record Request(string Path, long? From);

    public sealed record Response(int Status, byte[] Body)
    {
        public string Headers { get; init; } = "";

        /// <summary>Send so many bytes and hang up.</summary>
        public int? CutAfter { get; init; }

        /// <summary>Say nothing more, but do not hang up.</summary>
        public bool Hangs { get; init; }
    }
}
