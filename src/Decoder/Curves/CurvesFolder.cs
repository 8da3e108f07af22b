using Decoder.Folders;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Curves;

/// <summary>The folder that curves leave. Refits that are finished stay, and are not done again after an interruption.</summary>
internal sealed class CurvesFolder(string path)
    : ResultFolder<CurvesFolder, CurvesConfiguration, CurvesResult>(path, FolderKind.Curves, CurvesJson.Default.CurvesConfiguration, CurvesJson.Default.CurvesResult), IResultFolder<CurvesFolder>
{
    static CurvesFolder IResultFolder<CurvesFolder>.At(string path) => new(path);

    /// <summary>Signed errors of the first two halves.</summary>
    public string Halves => PathOf("halves.csv");

    private string Points => PathOf("points.jsonl");

    /// <summary>The refits so far.</summary>
    /// <exception cref="InvalidInputException">A line is damaged.</exception>
    public List<CurvePoint> ReadPoints() => JsonFile.ReadLines(Points, CurvesJson.Default.CurvePoint);

    /// <summary>Keeps the refits so far.</summary>
    public void WritePoints(IEnumerable<CurvePoint> points) => JsonFile.WriteLines(Points, points, CurvesJson.Default.CurvePoint);
}
