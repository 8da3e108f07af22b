using System.Text.Json.Serialization;
using Decoder.Recordings;
using Decoder.Simulation;
using Decoder.Terminal;

namespace Decoder.Training;

/// <summary>Where a recording is from, so that a run can find it again: a file, or the simulator.</summary>
internal sealed record RecordingSource
{
    /// <summary>Full path of a file; null for simulated data.</summary>
    public string? File { get; init; }

    /// <summary>Which arrays of the file, and which parts of them; null where it is read as it is.</summary>
    public ReadingOptions? Reading { get; init; }

    /// <summary>Width of bins in degrees; null for the rows as they are.</summary>
    public double? BinWidth { get; init; }

    /// <summary>Simulated neurons; 0 for a file.</summary>
    public int Neurons { get; init; }

    /// <summary>Simulated trials; 0 for a file.</summary>
    public int Trials { get; init; }

    /// <summary>Whether simulated trials are kept, or averaged per degree.</summary>
    public bool SingleTrials { get; init; }

    /// <summary>What is simulated; null for a file.</summary>
    [JsonIgnore]
    public SimulationOptions? Simulation => File is null ? new SimulationOptions { Neurons = Neurons, Trials = Trials, Seed = Seed } : null;

    /// <summary>Seed of the simulation.</summary>
    public ulong Seed { get; init; }

    /// <summary>Reads or simulates the recording again.</summary>
    /// <param name="identity">By what it is recognized.</param>
    /// <param name="cancellation">Ends a simulation.</param>
    /// <exception cref="InvalidInputException">It is another one.</exception>
    public async Task<Recording> LoadAgainAsync(RecordingIdentity identity, CancellationToken cancellation)
    {
        var recording = await LoadAsync(cancellation);
        return RecordingIdentity.Of(recording).Checksum == identity.Checksum ? recording : throw new InvalidInputException(
            $"The recording is not the one that this was started with ({identity.Stimuli} rows x {identity.Neurons} neurons, checksum {identity.Checksum}): {recording.Source} "
            + $"has changed ({recording.StimulusCount} x {recording.NeuronCount}). Put the old file back, or start anew; what another recording is decoded to is said by 'decoder evaluate RUN --data FILE'.");
    }

    /// <summary>Reads or simulates the recording, with progress on standard error.</summary>
    /// <exception cref="RecordingException">The file cannot be used.</exception>
    /// <exception cref="InvalidInputException">The simulation is not possible.</exception>
    public async Task<Recording> LoadAsync(CancellationToken cancellation)
    {
        if (File is not null)
        {
            var recording = RecordingReader.Read(File, Reading);
            return BinWidth is { } width ? Binning.Bin(recording, width) : recording;
        }

        var options = Simulation!;
        try
        {
            var simulated = await ProgressDisplay.RunAsync(
                "simulating", progress => SingleTrials
                ? PopulationSimulator.SimulateTrials(options, progress, cancellation)
                : PopulationSimulator.SimulateBinned(options, progress, cancellation));
            return BinWidth is { } width ? Binning.Bin(simulated, width) : simulated;
        }
        catch (ArgumentException e)
        {
            throw new InvalidInputException(e.Message);
        }
    }
}
