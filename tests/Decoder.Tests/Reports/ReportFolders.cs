using Decoder.Terminal;
using Decoder.Tests.Commands;
using Decoder.Tests.Temporal;

namespace Decoder.Tests.Reports;

/// <summary>One folder of each kind, made once for all tests, which copy what they change.</summary>
public sealed class ReportFolders : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public string Decoder => _folder["decoder"];

    public string Classes => _folder["classes"];

    public string Evaluation => _folder["evaluation"];

    public string Comparison => _folder["comparison"];

    public string Encoder => _folder["encoder"];

    public string Search => _folder["search"];

    public string Curves => _folder["curves"];

    public string Tilt => _folder["tilt"];

    public string Temporal => _folder["temporal"];

    public string[] All => [Decoder, Classes, Evaluation, Comparison, Encoder, Search, Curves, Tilt, Temporal];

    public async ValueTask InitializeAsync()
    {
        await CommandLine.Train(Decoder, "--epochs 5 --loss von-mises --period 180 --seed 7 --batch-size 32");
        await CommandLine.RunJson("evaluate", Decoder, "--figures");
        await CommandLine.RunJson("interpret", Decoder);
        await CommandLine.Train(Classes, "--epochs 3 --loss classes --classes 4 --folds 3");
        await CommandLine.RunJson("data", "simulate", "--neurons", "16", "--trials", "200", "--seed", "3", "--single-trials", "--out", _folder["second-day.npz"]);
        await CommandLine.RunJson("evaluate", Decoder, "--data", _folder["second-day.npz"], "--trials", "0-99", "--figures", Evaluation);
        await CommandLine.RunJson("compare", "--neurons", "30", "--trials", "80", "--out", Comparison);
        await CommandLine.RunJson("encode", "--neurons", "12", "--trials", "600", "--from", "angle", "--epochs", "5", "--out", Encoder);
        await CommandLine.RunJson("sweep", "--neurons", "16", "--trials", "150", "--hidden", "3", "--learning-rate", "0.001", "0.01", "--epochs", "3", "--out", Search);
        await CommandLine.RunJson("curves", "--neurons", "20", "--trials", "120", "--decoder", "cosine-ridge", "--repeats", "2", "--out", Curves);
        await CommandLine.RunJson("tilt", "--neurons", "20", "--trials", "400", "--epochs", "2", "--learning-rate", "0.001", "--out", Tilt);
        File.WriteAllBytes(_folder["traces.npz"], Traces.File(Traces.ByMean()));
        await CommandLine.RunJson("temporal", _folder["traces.npz"], "--folds", "2", "--epochs", "3", "--bin", "0.5", "--out", Temporal);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Copies a folder under another name, to change it.</summary>
    public static string Copy(string folder, string name)
    {
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(name, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return name;
    }

    /// <summary>Reports folders, and reads the page.</summary>
    public static async Task<string> Report(string page, params string[] folders)
    {
        var (code, output, error) = await CommandLine.Run(["report", .. folders, "--out", page]);
        Assert.True(code == ExitCode.Success, error);
        Assert.Equal(page, output.Trim());
        return File.ReadAllText(page);
    }
}
