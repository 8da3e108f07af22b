using System.Diagnostics;
using System.Globalization;

namespace Decoder.Terminal;

/// <summary>Progress as lines: at each tenth of the task, but not more than one in two seconds apart from the last.</summary>
internal sealed class PlainProgress(TextWriter writer, string title) : IProgressTask
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _lastLine;
    private int _lastTenth;

    public void Report(double value) => Report(value, "");

    public void Report(double fraction, string status)
    {
        lock (_lock)
        {
            var tenth = (int)(fraction * 10 + 1e-9);
            var isLast = tenth >= 10;
            if (tenth <= _lastTenth || (!isLast && _watch.Elapsed - _lastLine < Pause))
            {
                return;
            }

            (_lastTenth, _lastLine) = (tenth, _watch.Elapsed);
            var detail = status.Length > 0 ? ", " + status : "";
            var time = isLast
                ? string.Create(CultureInfo.InvariantCulture, $"{_watch.Elapsed.TotalSeconds:F1} s")
                : string.Create(CultureInfo.InvariantCulture, $"{_watch.Elapsed.TotalSeconds * (1 - fraction) / fraction:F0} s left");
            writer.WriteLine($"{title}: {tenth * 10} %{detail}, {time}");
        }
    }
}
