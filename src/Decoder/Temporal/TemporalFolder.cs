using Decoder.Folders;
using Decoder.Models;

namespace Decoder.Temporal;

/// <summary>The folder that temporal decoders leave.</summary>
internal sealed class TemporalFolder(string path)
    : ResultFolder<TemporalFolder, TemporalConfiguration, TemporalResult>(path, FolderKind.Temporal, TemporalJson.Default.TemporalConfiguration, TemporalJson.Default.TemporalResult),
    IResultFolder<TemporalFolder>
{
    static TemporalFolder IResultFolder<TemporalFolder>.At(string path) => new(path);

    /// <summary>Writes what a decoder said of each trial.</summary>
    public void WritePredictions(TemporalModel model, IReadOnlyList<Prediction> predictions) =>
        PredictionTable.Write(PathOf($"predictions-{ChoiceName.Of(model.ToString())}.csv"), predictions);
}
