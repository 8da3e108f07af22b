using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Curves;

/// <summary>The folder that curves leave. Refits that are finished stay, and are not done again after an interruption.</summary>
internal sealed class CurvesFolder
{
    private const string ConfigurationName = "curves.json";

    private CurvesFolder(string path) => Root = path;

    /// <summary>The folder, as it was given.</summary>
    public string Root { get; }

    /// <summary>Where the figures are.</summary>
    public string Figures => Path.Combine(Root, "figures");

    /// <summary>Signed errors of the first two halves.</summary>
    public string Halves => Path.Combine(Root, "halves.csv");

    private string Points => Path.Combine(Root, "points.jsonl");

    private string Result => Path.Combine(Root, "result.json");

    /// <summary>Makes the folder and notes the configuration.</summary>
    /// <exception cref="InvalidInputException">There is something in it already.</exception>
    public static CurvesFolder Create(string path, CurvesConfiguration configuration)
    {
        RunFolder.EnsureFree(path);
        Directory.CreateDirectory(path);
        JsonFile.Write(Path.Combine(path, ConfigurationName), configuration, CurvesJson.Default.CurvesConfiguration);
        return new(path);
    }

    /// <summary>Opens curves.</summary>
    /// <exception cref="InvalidInputException">There are none.</exception>
    public static CurvesFolder Open(string path) => File.Exists(Path.Combine(path, ConfigurationName))
        ? new(path)
        : throw new InvalidInputException(
            $"There are no curves in '{path}': it has no {ConfigurationName}. 'decoder curves' leaves them in the folder that it prints, runs/... unless --out says otherwise.");

    /// <summary>The configuration.</summary>
    /// <exception cref="InvalidInputException">It was not written by this program.</exception>
    public CurvesConfiguration ReadConfiguration()
    {
        var path = Path.Combine(Root, ConfigurationName);
        var configuration = JsonFile.Read(path, CurvesJson.Default.CurvesConfiguration);
        return configuration.Format == CurvesConfiguration.CurrentFormat ? configuration : throw new InvalidInputException(
            $"{path} has format {configuration.Format}; this program reads format {CurvesConfiguration.CurrentFormat}. Use the version of the program that wrote it, {configuration.Version}.");
    }

    /// <summary>The refits so far.</summary>
    /// <exception cref="InvalidInputException">A line is damaged.</exception>
    public List<CurvePoint> ReadPoints() => JsonFile.ReadLines(Points, CurvesJson.Default.CurvePoint);

    /// <summary>Keeps the refits so far.</summary>
    public void WritePoints(IEnumerable<CurvePoint> points) => JsonFile.WriteLines(Points, points, CurvesJson.Default.CurvePoint);

    /// <summary>The result; null where curves are not finished.</summary>
    public CurvesResult? ReadResult() => File.Exists(Result) ? JsonFile.Read(Result, CurvesJson.Default.CurvesResult) : null;

    /// <summary>Writes the result.</summary>
    public void WriteResult(CurvesResult result) => JsonFile.Write(Result, result, CurvesJson.Default.CurvesResult);
}
