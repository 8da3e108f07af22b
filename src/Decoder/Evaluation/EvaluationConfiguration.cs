using Decoder.Folders;
using Decoder.Training;

namespace Decoder.Evaluation;

/// <summary>Which model was judged on what: evaluated-run.json. The data are those that were decoded.</summary>
internal sealed record EvaluationConfiguration : FolderConfiguration
{
    /// <summary>Full path of the run whose model decodes.</summary>
    public required string Run { get; init; }

    /// <summary>How that model came about.</summary>
    public required RunConfiguration Trained { get; init; }

    /// <summary>Whether the test set of the run's own recording was decoded, rather than another recording as a whole.</summary>
    public required bool IsTestSet { get; init; }
}
