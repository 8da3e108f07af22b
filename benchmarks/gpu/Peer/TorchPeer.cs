using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Benchmarks.Gpu;

/// <summary>PyTorch in a process of its own, peer.py, asked by lines of JSON over pipes. Started when first asked.</summary>
/// <param name="python">The interpreter; empty for none.</param>
/// <param name="device">cuda or cpu.</param>
public sealed class TorchPeer(string python, string device) : IDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMinutes(2);
    private readonly Lock _errorsLock = new();
    private readonly Queue<string> _errors = [];
    private Process? _process;
    private string? _reason;

    /// <summary>The program, beside this one.</summary>
    public static string Script => Path.Combine(AppContext.BaseDirectory, "peer.py");

    /// <summary>Asks for something and waits for the answer.</summary>
    /// <exception cref="NotMeasuredException">There is no PyTorch here, or it could not do it.</exception>
    public JsonNode Ask(string request, JsonObject? details = null)
    {
        if (_reason is null && _process is null)
        {
            Start();
        }

        if (_reason is not null)
        {
            throw new NotMeasuredException(_reason);
        }

        var question = details ?? [];
        question["request"] = request;
        var answer = Exchange(question.ToJsonString());
        return answer["error"] is { } error ? throw new NotMeasuredException($"PyTorch: {error}") : answer;
    }

    /// <summary>Versions, for the report; empty where there is no PyTorch.</summary>
    public IReadOnlyDictionary<string, string> Versions()
    {
        try
        {
            return Ask("versions").AsObject().ToDictionary(pair => pair.Key, pair => (string)pair.Value!);
        }
        catch (NotMeasuredException missing)
        {
            return new Dictionary<string, string> { ["PyTorch"] = $"not measured ({missing.Message})" };
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_process is null)
        {
            return;
        }

        try
        {
            _process.StandardInput.Close();
            if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
            {
                _process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // It has ended already.
        }

        _process.Dispose();
        _process = null;
    }

    private void Start()
    {
        if (python.Length == 0)
        {
            _reason = "no python3 with PyTorch was given";
            return;
        }

        try
        {
            _process = Process.Start(new ProcessStartInfo(python, [Script, device])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            _reason = $"{python} could not be started: {missing.Message}";
            return;
        }

        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errorsLock)
            {
                _errors.Enqueue(line.Data ?? "");
                if (_errors.Count > 5)
                {
                    _errors.Dequeue();
                }
            }
        };
        _process.BeginErrorReadLine();
        try
        {
            _reason = (string?)Exchange("""{"request": "versions"}""")["error"];
        }
        catch (NotMeasuredException failed)
        {
            _reason = failed.Message;
        }
    }

    private JsonNode Exchange(string question)
    {
        try
        {
            _process!.StandardInput.WriteLine(question);
            _process.StandardInput.Flush();
            var reading = _process.StandardOutput.ReadLineAsync();
            if (!reading.Wait(AnswerLimit))
            {
                throw new IOException($"no answer within {AnswerLimit.TotalSeconds:f0} s");
            }

            return JsonNode.Parse(reading.Result ?? throw new IOException("it ended"))!;
        }
        catch (Exception e) when (e is IOException or System.Text.Json.JsonException)
        {
            lock (_errorsLock)
            {
                _reason = $"PyTorch's process: {e.Message}; its last lines: {string.Join(" / ", _errors.Where(line => line.Length > 0))}";
            }

            _process?.Kill(entireProcessTree: true);
            throw new NotMeasuredException(_reason);
        }
    }
}
