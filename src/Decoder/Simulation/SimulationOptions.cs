namespace Decoder.Simulation;

/// <summary>What to simulate. The defaults have the size of the recording of Stringer et al. (2021).</summary>
public sealed record SimulationOptions
{
    /// <summary>Neurons of the recording that the simulator is calibrated to.</summary>
    public const int DefaultNeurons = 23_589;

    /// <summary>Trials of the recording that the simulator is calibrated to.</summary>
    public const int DefaultTrials = 4_598;

    /// <summary>Number of neurons. Neuron i is the same whatever the number of neurons.</summary>
    public int Neurons { get; init; } = DefaultNeurons;

    /// <summary>Number of stimulus presentations.</summary>
    public int Trials { get; init; } = DefaultTrials;

    /// <summary>The same seed gives the same recording, on any number of threads.</summary>
    public ulong Seed { get; init; }

    /// <summary>Threads to use; 0 means all cores.</summary>
    public int Threads { get; init; }

    /// <summary>Refuses what cannot be simulated.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it and the range.</exception>
    internal void Validate()
    {
        if (Neurons < 1)
        {
            throw new ArgumentException($"The number of neurons is {Neurons}; it must be at least 1.");
        }

        if (Trials < 2)
        {
            throw new ArgumentException($"The number of trials is {Trials}; it must be at least 2.");
        }

        if (Threads < 0)
        {
            throw new ArgumentException($"The number of threads is {Threads}; it must be positive, or 0 for all cores.");
        }
    }
}
