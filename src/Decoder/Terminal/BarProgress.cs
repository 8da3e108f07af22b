using Spectre.Console;

namespace Decoder.Terminal;

/// <summary>Progress as a bar with percentage and time left, drawn by Spectre.Console on standard error.</summary>
internal static class BarProgress
{
    public static async Task<T> RunAsync<T>(string title, Func<IProgressTask, T> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress()
            .AutoClear(false)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context =>
            {
                var bar = new Bar(context.AddTask(Markup.Escape(title), maxValue: 1), title);
                return Task.Run(() => work(bar));
            });
    }

    private sealed class Bar(ProgressTask task, string title) : IProgressTask
    {
        public void Report(double value) => Report(value, "");

        public void Report(double fraction, string status)
        {
            // Reports of several threads may come out of order; a bar never goes back.
            task.Value = Math.Max(task.Value, Math.Min(fraction, 1));
            if (status.Length > 0)
            {
                task.Description = Markup.Escape($"{title} ({status})");
            }
        }
    }
}
