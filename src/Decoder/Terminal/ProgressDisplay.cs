namespace Decoder.Terminal;

/// <summary>
/// Shows on standard error how far a task is: a bar with the time left where somebody is watching, a few plain lines where the
/// output is redirected.
/// </summary>
internal static class ProgressDisplay
{
    /// <summary>Runs <paramref name="work"/> on another thread and shows its progress until it is done.</summary>
    /// <param name="title">What is being done, in a word or two.</param>
    /// <param name="work">Returns the result; reports to the task it is given.</param>
    public static async Task<T> RunAsync<T>(string title, Func<IProgressTask, T> work)
    {
        if (!IsInteractive)
        {
            var lines = new PlainProgress(Console.Error, title);
            return await Task.Run(() => work(lines));
        }

        return await BarProgress.RunAsync(title, work);
    }

    private static bool IsInteractive =>
        !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or null or "");
}
