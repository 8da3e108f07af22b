using Decoder.Folders;
using Decoder.Models;
using Decoder.Terminal;

namespace Decoder.Training;

/// <summary>All that decides the outcome of a run: config.json.</summary>
internal sealed record RunConfiguration : FolderConfiguration
{
    /// <summary>What is trained.</summary>
    public required ModelOptions Model { get; init; }

    /// <summary>How.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>Refuses the trial of a search, which is not judged on the test set.</summary>
    /// <exception cref="InvalidInputException">It is one.</exception>
    public void RefuseTrial(string path, string advice)
    {
        if (Training.ValidationFraction is not null)
        {
            throw new InvalidInputException($"'{path}' is a trial of a search, judged on a part of the training set. {advice}");
        }
    }
}
