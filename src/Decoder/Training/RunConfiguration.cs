using Decoder.Models;
using Decoder.Recordings;
using Decoder.Terminal;

namespace Decoder.Training;

/// <summary>All that decides the outcome of a run: config.json.</summary>
internal sealed record RunConfiguration
{
    /// <summary>The version of the format that this program writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Version of the format.</summary>
    public required int Format { get; init; }

    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>Where the recording is from.</summary>
    public required RecordingSource Data { get; init; }

    /// <summary>By what it is recognized.</summary>
    public required RecordingIdentity Identity { get; init; }

    /// <summary>What is trained.</summary>
    public required ModelOptions Model { get; init; }

    /// <summary>How.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>The device as --device names it; null for the best one.</summary>
    public string? Device { get; init; }

    /// <summary>Refuses the trial of a search, which is not judged on the test set.</summary>
    /// <exception cref="InvalidInputException">It is one.</exception>
    public void RefuseTrial(string path, string advice)
    {
        if (Training.ValidationFraction is not null)
        {
            throw new InvalidInputException($"'{path}' is a trial of a search, judged on a part of the training set. {advice}");
        }
    }

    /// <summary>Reads or simulates the recording again.</summary>
    /// <exception cref="InvalidInputException">It is not the one that the run was started with.</exception>
    public async Task<Recording> LoadRecordingAsync(CancellationToken cancellation)
    {
        var recording = await Data.LoadAsync(cancellation);
        if (RecordingIdentity.Of(recording).Checksum != Identity.Checksum)
        {
            throw new InvalidInputException(
                $"The recording is not the one that the run was started with ({Identity.Stimuli} stimuli x {Identity.Neurons} neurons; checksum {Identity.Checksum}): {recording.Source} "
                + $"has changed ({recording.StimulusCount} x {recording.NeuronCount}). Put the old file back, or use 'decoder evaluate' with --data.");
        }

        return recording;
    }
}
