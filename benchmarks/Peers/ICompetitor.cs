namespace Benchmarks.Peers;

/// <summary>One implementation of a workload, timed beside others that do the same work from the same numbers.</summary>
public interface ICompetitor : IDisposable
{
    /// <summary>What is measured, as it appears in the tables.</summary>
    string Name { get; }

    /// <summary>Puts the workload's data and initial weights in place. Called once, before the first step, and not timed.</summary>
    void Setup();

    /// <summary>One training step: forward, loss, backward, update.</summary>
    /// <returns>The loss before the update.</returns>
    double Step();
}
