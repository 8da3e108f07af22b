namespace Benchmarks.Peers;

/// <summary>One implementation of a workload, timed beside another that does the same work from the same numbers.</summary>
public interface ICompetitor : IDisposable
{
    /// <summary>Puts the workload's data and initial weights in place, and sets the number of threads. Not timed.</summary>
    void Setup();

    /// <summary>One unit of work: a training step, an epoch, an operation.</summary>
    void Step();

    /// <summary>What the last step computed, to be compared with what the other computed.</summary>
    double[] Result();
}
