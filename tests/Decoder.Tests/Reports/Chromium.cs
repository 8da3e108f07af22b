using Microsoft.Playwright;

namespace Decoder.Tests.Reports;

/// <summary>The browser of the system, which Playwright drives: AUTODIFF_CHROMIUM, or chromium on PATH. No browser is downloaded.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const int TimeLimit = 300_000;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Starts the browser; skips the test where there is none.</summary>
    public static async Task<Chromium> StartAsync()
    {
        var program = Find();
        Assert.SkipWhen(program is null, "There is no Chromium: none in AUTODIFF_CHROMIUM, no chromium on PATH (Debian: apt install chromium).");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            Timeout = TimeLimit,

            // Chromium's sandbox refuses to run as root, as in containers; the page is our own.
            ChromiumSandbox = !Environment.IsPrivilegedProcess,
        });
        return new(playwright, browser);
    }

    /// <summary>Opens a file, and notes what the browser has to complain of.</summary>
    public async Task<(IPage Page, List<string> Complaints)> OpenAsync(string path, int width, ColorScheme colors)
    {
        var page = await _browser.NewPageAsync(new() { ColorScheme = colors, ViewportSize = new() { Width = width, Height = 800 }, Offline = true });
        page.SetDefaultTimeout(TimeLimit);
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => complaints.Add(error);
        page.RequestFailed += (_, request) => complaints.Add($"failed: {request.Url}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("data:", StringComparison.Ordinal) && request.Url != new Uri(path).AbsoluteUri)
            {
                complaints.Add($"loaded: {request.Url}");
            }
        };
        await page.GotoAsync(new Uri(path).AbsoluteUri);
        return (page, complaints);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("AUTODIFF_CHROMIUM") is { Length: > 0 } named)
        {
            return named;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}
