using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Decoder.Tests.Reports;

/// <summary>Reports in a real browser.</summary>
public sealed class BrowserTests(ReportFolders folders) : IClassFixture<ReportFolders>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task APageOpensFromAFileWithoutComplaintsAndFitsAPhoneInLightAndDark()
    {
        await using var browser = await Chromium.StartAsync();
        var path = _folder["report.html"];
        await ReportFolders.Report(path, folders.All);

        var papers = new List<string>();
        foreach (var colors in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            foreach (var width in (int[])[360, 1280])
            {
                var (page, complaints) = await browser.OpenAsync(path, width, colors);
                Assert.Empty(complaints);
                Assert.Equal(width, await page.EvaluateAsync<int>("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth, innerWidth)"));
                papers.Add(await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));

                // Figures are drawn, on white, and no wider than the screen.
                Assert.Equal("rgb(255, 255, 255)", await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.paper')).backgroundColor"));
                var sizes = await page.EvaluateAsync<double[][]>("[...document.querySelectorAll('figure svg')].map(svg => { const box = svg.getBoundingClientRect(); return [box.width, box.height]; })");
                Assert.NotEmpty(sizes);
                Assert.All(sizes, size => Assert.True(size[0] > 200 && size[0] < width && size[1] > 100, $"{size[0]} x {size[1]} on {width}"));
                if (Environment.GetEnvironmentVariable("AUTODIFF_SCREENSHOTS") is { Length: > 0 } shots)
                {
                    await page.ScreenshotAsync(new() { Path = Path.Combine(shots, $"report-{colors}-{width}.png"), FullPage = true });
                }

                await page.CloseAsync();
            }
        }

        Assert.Equal(papers[0], papers[1]);
        Assert.Equal(papers[2], papers[3]);
        Assert.NotEqual(papers[0], papers[2]);
    }

    [Fact]
    public async Task EveryFigureIsAnImageWithANameAndEveryTextStandsOut()
    {
        await using var browser = await Chromium.StartAsync();
        var path = _folder["report.html"];
        await ReportFolders.Report(path, folders.All);

        foreach (var colors in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            var (page, _) = await browser.OpenAsync(path, 1280, colors);
            var figures = await page.Locator("figure").CountAsync();
            Assert.Equal(figures, await page.GetByRole(AriaRole.Img, new() { NameRegex = new Regex(@"\d") }).CountAsync());
            Assert.Equal(1, await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).CountAsync());

            // WCAG 2 AA: a contrast of 4.5 to 1.
            var faint = await page.EvaluateAsync<string[]>(
                """
                () => {
                  const linear = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
                  const parse = text => text.match(/[\d.]+/g).map(Number);
                  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
                  const opaque = element => {
                    for (; element; element = element.parentElement) {
                      const color = getComputedStyle(element).backgroundColor, values = color.startsWith('rgb') ? parse(color) : [0, 0, 0, 0];
                      if (values.length === 3 || values[3] === 1) return values;
                    }
                    return [255, 255, 255];
                  };
                  const faint = [];
                  for (const element of document.querySelectorAll('body *:not(svg *)')) {
                    if (![...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue;
                    const [a, b] = [luminance(parse(getComputedStyle(element).color)), luminance(opaque(element))];
                    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                    if (contrast < 4.5) faint.push(`${element.tagName} ${contrast.toFixed(2)} ${element.textContent.slice(0, 40)}`);
                  }
                  return faint;
                }
                """);
            Assert.Empty(faint);
            await page.CloseAsync();
        }
    }

    [Fact]
    public async Task HostileNamesAndFiguresRunNothingAndLoadNothing()
    {
        await using var browser = await Chromium.StartAsync();
        var run = ReportFolders.Copy(folders.Decoder, _folder["<img src=x onerror=alert(1)>\"'&<script>alert(1)<"]);
        File.WriteAllText(
            Path.Combine(run, "figures", "evil.svg"),
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" onload="alert(1)"><script>alert(1)</script><image href="https://example.org/a.png" width="5" height="5"/>
            <rect width="5" height="5" style="fill:url(https://example.org/b)"/><text font-size="16">&lt;script&gt;alert(1)&lt;/script&gt;</text></svg>
            """);
        var path = _folder["report.html"];
        await ReportFolders.Report(path, run);

        var (page, complaints) = await browser.OpenAsync(path, 360, ColorScheme.Light);
        var dialogs = 0;
        page.Dialog += (_, _) => dialogs++;
        await page.ReloadAsync();

        Assert.Empty(complaints);
        Assert.Equal(0, dialogs);
        Assert.Equal(0, await page.Locator("script, img, [onload], [onerror]").CountAsync());
        Assert.Contains("<script>alert(1)<", await page.Locator("h1").InnerTextAsync());
        Assert.Equal(360, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }
}
