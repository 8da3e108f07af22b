using System.Text.Json.Serialization;

namespace Decoder.Recordings;

/// <summary>Which trials to keep by what the animal did.</summary>
public enum Behaviour
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>Those in which it ran.</summary>
    Running,

    /// <summary>Those in which it did not.</summary>
    Still,
}

/// <summary>
/// Which arrays of a file make a recording, and which parts of them are taken. An array is named by its path in the file, such as <c>stim/istim</c>, or by a file of its
/// own; where there is a file of that name, the file is meant. A selection is a number of indices to draw (<c>500</c>), ranges counted from 0
/// (<c>0-99,250,300-</c>), or an array of indices from 0, or of booleans.
/// </summary>
public sealed record ReadingOptions
{
    /// <summary>The array of the responses; null for <c>resp</c>. In a table columns, such as <c>neuron*</c>; null for all but the others that are named.</summary>
    public string? Responses { get; init; }

    /// <summary>The array of the stimuli; null for <c>stimuli</c>.</summary>
    public string? Stimuli { get; init; }

    /// <summary>Whether stimuli are in radians rather than degrees.</summary>
    public bool Radians { get; init; }

    /// <summary>The rows to keep; null for all.</summary>
    public string? Trials { get; init; }

    /// <summary>The neurons to keep; null for all.</summary>
    public string? Neurons { get; init; }

    /// <summary>Decides which trials and neurons are drawn where only their number is given.</summary>
    public ulong SubsetSeed { get; init; }

    /// <summary>The array of running speeds, one per row; null where it does not matter.</summary>
    public string? Running { get; init; }

    /// <summary>Above this magnitude of the speed, in its own unit, the animal runs.</summary>
    public double RunningThreshold { get; init; } = 1;

    /// <summary>Which rows to keep by the running speed.</summary>
    public Behaviour Keep { get; init; }

    /// <summary>Responses without a stimulus: an array of them, or a selection of rows, which are then not decoded; null for none.</summary>
    public string? Spontaneous { get; init; }

    /// <summary>Whether all that there is would be taken.</summary>
    [JsonIgnore]
    public bool TakesAll => (Trials, Neurons, Keep, Spontaneous) is (null, null, Behaviour.All, null);
}
