using System.Text.Json;
using System.Text.RegularExpressions;
using Decoder.Reports;
using Decoder.Terminal;
using Decoder.Tests.Commands;

namespace Decoder.Tests.Reports;

public sealed partial class ReportCommandTests(ReportFolders folders) : IClassFixture<ReportFolders>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EveryKindOfFolderSaysWhatWasDoneWithTheNumbersOfItsResult()
    {
        var page = await ReportFolders.Report(_folder["report.html"], folders.All);

        var test = Result(folders.Decoder).GetProperty("test");
        Assert.Contains($"{test.GetProperty("medianAbsoluteErrorDegrees").GetDouble():F2}°", page);
        Assert.Contains("Likelihood of the von Mises distribution", page);
        Assert.Contains("batches of 32 rows", page);
        Assert.Contains("Cross-validation in 3 folds", page);
        var salient = JsonDocument.Parse(File.ReadAllText(Path.Combine(folders.Decoder, "interpretation.json"))).RootElement.GetProperty("mostSalient")[0];
        Assert.Contains($"<th scope=\"row\">{salient.GetProperty("neuron").GetInt32()}</th>\n<td>{salient.GetProperty("preferredDegrees").GetDouble():F0}°</td>", page);
        Assert.Contains("have half of the saliency of all", page);
        Assert.Contains("aria-label=\"Calibration of the predicted uncertainty", page);
        var second = Result(folders.Evaluation).GetProperty("test");
        Assert.Contains($"median error of {second.GetProperty("medianAbsoluteErrorDegrees").GetDouble():F2}° (mean {second.GetProperty("meanAbsoluteErrorDegrees").GetDouble():F2}°, on the circle of 180°) on 100 rows of another", page);
        Assert.Contains($"That of the run {folders.Decoder}, trained on simulated", page);
        Assert.Contains($"{Result(folders.Encoder).GetProperty("testMse").GetDouble():F3}", page);
        foreach (var rival in Result(folders.Comparison).GetProperty("decoders").EnumerateArray().Skip(1))
        {
            var difference = rival.GetProperty("medianDifference");
            var digits = Math.Max(Math.Abs(difference.GetProperty("low").GetDouble()), Math.Abs(difference.GetProperty("high").GetDouble())) < 10 ? "F3" : "F1";
            string Number(string name) => difference.GetProperty(name).GetDouble().ToString(digits);
            Assert.Contains($"<td>{Number("value")} [{Number("low")}, {Number("high")}]</td>", page);
            var differs = difference.GetProperty("high").GetDouble() < 0 ? "yes, ours is better" : difference.GetProperty("low").GetDouble() > 0 ? "yes, ours is worse" : "no";
            Assert.Matches($"<th scope=\"row\">{rival.GetProperty("name").GetString()}</th>\n(<td[^>]*>.*</td>\n){{4}}<td>{differs}</td>", page);
        }

        var winner = Result(folders.Search).GetProperty("winner");
        Assert.Contains($"learning-rate {winner.GetProperty("values").GetProperty("learning-rate").GetString()};", page);
        Assert.Contains($"{winner.GetProperty("test").GetProperty("medianAbsoluteErrorDegrees").GetDouble():F2}°", page);
        Assert.Contains("Ideal observer", page);
        Assert.Contains("poisson-naive-bayes", page);
        Assert.Contains("Simulated data in 8 of 9 folders.", page);
        Assert.Contains($"<td>{Result(folders.Tilt).GetProperty("pooledCorrelation").GetDouble():F3}</td>", page);
        Assert.Contains("learning rate 0.001, mini-batches of 100", page);
        foreach (var model in Result(folders.Temporal).GetProperty("models").EnumerateArray())
        {
            Assert.Matches($"<th scope=\"row\">{model.GetProperty("model").GetString()}</th>\n<td>{model.GetProperty("scores").GetProperty("accuracy").GetDouble():F3}</td>", page);
        }

        Assert.Equal(1, Count(page, "<h2 id=\"side-by-side\">"));
        Assert.Contains("errors on different recordings", page);
        Assert.Contains("10.1016/j.cell.2021.03.042", page);
        Assert.Contains("CC-BY 4.0", page);
    }

    [Fact]
    public async Task ThePageLoadsNothingHasAnAlternativeForEachFigureAndIsTheSameEachTime()
    {
        var page = await ReportFolders.Report(_folder["report.html"], folders.All);

        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("<link", page);
        Assert.DoesNotContain("@import", page);
        Assert.All(AddressPattern().Matches(page), match => Assert.Matches("""<a href="$|">$""", page[..match.Index]));
        Assert.All(LoadingPattern().Matches(page), match => Assert.Matches("^(#|data:image/png;base64,)", match.Groups[1].Value));

        var identifiers = IdentifierPattern().Matches(page).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(identifiers.Distinct(), identifiers);
        Assert.All(ReferencePattern().Matches(page), match => Assert.Contains(match.Groups[1].Value, identifiers));

        var figures = Count(page, "<figure>");
        Assert.Equal(folders.All.Sum(folder => Directory.GetFiles(Path.Combine(folder, "figures"), "*.svg").Length), figures);
        var alternatives = AlternativePattern().Matches(page).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(figures, alternatives.Length);
        Assert.All(alternatives, alternative => Assert.True(alternative.Length > 60 && alternative.Any(char.IsAsciiDigit), alternative));

        Assert.Equal(page, await ReportFolders.Report(_folder["report.html"], folders.All));
    }

    [Fact]
    public async Task NamesAreTextWhateverTheyAre()
    {
        var run = ReportFolders.Copy(folders.Decoder, _folder["<b>&\"'\u0001\u202e"]);
        var configuration = Path.Combine(run, "config.json");
        File.WriteAllText(configuration, File.ReadAllText(configuration).Replace("\"source\": \"", "\"source\": \"<script>alert(1)</script>", StringComparison.Ordinal));

        var page = await ReportFolders.Report(_folder["report.html"], run);

        Assert.DoesNotContain("<script>", page);
        Assert.DoesNotContain("<b>", page);
        Assert.DoesNotContain('\u0001', page);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page);
        Assert.Contains("&lt;b&gt;&amp;&quot;&#39;", page);
    }

    [Theory]
    [InlineData("a\0b\u001b\u009f\ufffe", "a\ufffdb\ufffd\ufffd\ufffd")]
    [InlineData("\ud83e\udde0 µ→\t\n", "\ud83e\udde0 µ→\t\n")]
    public void WhatHtmlForbidsIsReplaced(string text, string escaped) => Assert.Equal(escaped, HtmlWriter.Escape(text));

    [Fact]
    public void HalvesOfCharactersAreReplaced() => Assert.Equal("\ufffdx\ufffd", HtmlWriter.Escape("\ud800x\udc00"));

    [Fact]
    public async Task AFigureThatIsNotKnownIsThereByItsTitleAndWithoutWhatRunsOrLoads()
    {
        var run = ReportFolders.Copy(folders.Decoder, _folder["run"]);
        File.WriteAllText(
            Path.Combine(run, "figures", "zebra.svg"),
            """
            <!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]>
            <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100" height="50" onclick="alert(1)" style="position:fixed">
              <style>body { display: none }</style><script>alert(1)</script><foreignObject><p>x</p></foreignObject><a href="https://example.org"><rect width="1" height="1"/></a>
              <clipPath id="c"><rect width="9" height="9"/></clipPath><g clip-path="url(#c)"><text font-size="16">Stripes of 5 zebras</text><text font-size="14">speed (m/s)</text></g>
              <image xlink:href="https://example.org/a.png"/><image xlink:href="data:image/svg+xml;base64,AAAA"/><image xlink:href="data:image/png;base64,iVBORw0KGgo="/>
              <rect fill="url(https://example.org/b)" style="fill:u\72l(https://example.org/c);stroke:rgb(1,2,3);position:fixed;background:red"/>
            </svg>
            """);

        var page = await ReportFolders.Report(_folder["report.html"], run);

        var figure = Regex.Match(page, "<svg[^>]*zebras.*?</figure>", RegexOptions.Singleline).Value;
        Assert.Contains("aria-label=\"Stripes of 5 zebras. It is labelled speed (m/s).\"", figure);
        Assert.Contains("<figcaption>Stripes of 5 zebras.</figcaption>", figure);
        Assert.Contains("viewBox=\"0 0 100 50\"", figure);
        Assert.Contains("href=\"data:image/png;base64,iVBORw0KGgo=\"", figure);
        Assert.Contains("style=\"stroke:rgb(1,2,3)\"", figure);
        Assert.Matches("""<clipPath id="(folder-1-\d+-c)">.*clip-path="url\(#\1\)""", figure);
        Assert.DoesNotMatch("example|alert|onclick|position|foreignObject|<style|base64,AAAA|background", figure);
    }

    [Fact]
    public async Task TheCommandThatReproducesGivesTheSameConfiguration()
    {
        foreach (var (folder, file) in ((string, string)[])[(folders.Decoder, "config.json"), (folders.Evaluation, "evaluated-run.json"), (folders.Classes, "config.json"), (folders.Comparison, "comparison.json"), (folders.Encoder, "encoding.json"), (folders.Curves, "curves.json"), (folders.Tilt, "tilt.json"), (folders.Temporal, "temporal.json")])
        {
            var page = await ReportFolders.Report(_folder["report.html"], folder);
            var command = Regex.Match(page, "<pre>\n?<code>decoder ([^\n]*?) (--out|--figures) ([^\n]*)").Groups;
            var again = _folder[command[3].Value];

            var (code, _, error) = await CommandLine.Run([.. command[1].Value.Split(' '), command[2].Value, again]);

            Assert.True(code == ExitCode.Success, error);
            Assert.Equal(File.ReadAllText(Path.Combine(folder, file)), File.ReadAllText(Path.Combine(again, file)));
        }
    }

    [Fact]
    public async Task OneFolderHasItsReportInsideAndJsonSaysWhatIsInIt()
    {
        var run = ReportFolders.Copy(folders.Encoder, _folder["run"]);

        var json = await CommandLine.RunJson("report", run);

        var path = Path.Combine(run, "report.html");
        Assert.Equal(path, json.GetProperty("report").GetString());
        Assert.Equal(new FileInfo(path).Length, json.GetProperty("bytes").GetInt64());
        var folder = json.GetProperty("folders")[0];
        Assert.Equal(("encoder", true), (folder.GetProperty("kind").GetString(), folder.GetProperty("simulated").GetBoolean()));
        Assert.Equal(["tuning", "loss"], folder.GetProperty("figures").EnumerateArray().Select(figure => figure.GetString()));
        Assert.Equal(ExitCode.Success, (await CommandLine.Run("report", run)).Code);
    }

    [Fact]
    public async Task AFolderWithoutFiguresSaysHowToDrawThem()
    {
        var run = ReportFolders.Copy(folders.Decoder, _folder["my run"]);
        Directory.Delete(Path.Combine(run, "figures"), recursive: true);

        var page = await ReportFolders.Report(_folder["report.html"], run);

        Assert.Contains($"decoder plot &#39;{run}&#39;", page);
        Assert.DoesNotContain("<svg", page);
    }

    [Theory]
    [InlineData("config.json", "{\"format\":1", "config.json is damaged")]
    [InlineData("config.json", "null", "config.json holds null")]
    [InlineData("result.json", null, "'decoder train' did not finish. Continue it with 'decoder train --resume")]
    [InlineData("result.json", "{}", "result.json is damaged")]
    [InlineData("predictions.csv", null, "is damaged")]
    [InlineData("predictions.csv", "row,decoded\n", "predictions.csv")]
    [InlineData("metrics.jsonl", "nonsense\n", "metrics.jsonl, line 1 is damaged")]
    [InlineData("figures/loss.svg", "<svg><g>", "loss.svg is damaged")]
    [InlineData("figures/loss.svg", "<html/>", "loss.svg is not an SVG: it begins with <html>")]
    public async Task ADamagedFolderIsRefusedAndNothingIsWritten(string file, string? content, string message)
    {
        var run = ReportFolders.Copy(folders.Decoder, _folder["run"]);
        File.Delete(Path.Combine(run, file));
        if (content is not null)
        {
            File.WriteAllText(Path.Combine(run, file), content);
        }

        await Refuses(message, run);
        Assert.False(File.Exists(Path.Combine(run, "report.html")));
    }

    [Fact]
    public async Task WhatIsNotAFolderOfThisProgramIsRefused()
    {
        await Refuses("There is no folder", _folder["nothing"]);
        await Refuses("has none of config.json", _folder.Path);
        File.WriteAllText(_folder["a.txt"], "keep me");
        await Refuses("is a file", _folder["a.txt"]);
        await Refuses("is not a run but a folder of runs. Name those to report: decoder report", Path.GetDirectoryName(folders.Decoder)!);
        await Refuses("is named 2 times", folders.Decoder, folders.Decoder + "/.");
        await Refuses("ends with .html", folders.Decoder, "--out", _folder["a.txt"]);
        File.Move(_folder["a.txt"], _folder["a.html"]);
        await Refuses("is not a report of this program", folders.Decoder, "--out", _folder["a.html"]);
        await Refuses("does not exist", folders.Decoder, "--out", _folder["no/a.html"]);
        Assert.Equal("keep me", File.ReadAllText(_folder["a.html"]));

        await Refuses("is a trial of a search", Path.Combine(folders.Search, "trials", "001"));
        foreach (var (kind, advice) in ((string, string)[])[(folders.Search, "decoder sweep --resume"), (folders.Curves, "decoder curves --resume"), (folders.Comparison, "compare --resume"), (folders.Encoder, "decoder encode "), (folders.Evaluation, "decoder evaluate "), (folders.Tilt, "decoder tilt "), (folders.Temporal, "decoder temporal ")])
        {
            var copy = ReportFolders.Copy(kind, _folder[Path.GetFileName(kind)]);
            File.Delete(Path.Combine(copy, "result.json"));
            await Refuses(advice, copy);
        }
    }

    private static async Task Refuses(string message, params string[] arguments)
    {
        var (code, output, error) = await CommandLine.Run(["report", .. arguments]);
        Assert.Equal((ExitCode.BadInput, ""), (code, output));
        Assert.Contains(message, error);
    }

    private static JsonElement Result(string folder) => JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "result.json"))).RootElement;

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    [GeneratedRegex("https?:")]
    private static partial Regex AddressPattern();

    [GeneratedRegex(""" (?:src|srcset|href|data|poster|action)="(?!https://)([^"]*)""")]
    private static partial Regex LoadingPattern();

    [GeneratedRegex(""" id="([^"]*)""")]
    private static partial Regex IdentifierPattern();

    [GeneratedRegex("""url\(#([^)]*)\)""")]
    private static partial Regex ReferencePattern();

    [GeneratedRegex("""<svg [^>]*role="img" aria-label="([^"]*)"[^>]*><title>""")]
    private static partial Regex AlternativePattern();
}
