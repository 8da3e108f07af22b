namespace Benchmarks.Gpu;

/// <summary>One implementation of a workload, timed in turn with others.</summary>
public interface IContender : IDisposable
{
    /// <summary>Makes data and does the first work. Not timed.</summary>
    /// <exception cref="NotMeasuredException">This implementation cannot be had here.</exception>
    void SetUp();

    /// <summary>Does the work some times and waits for the device once, at the end.</summary>
    /// <returns>The seconds of all of it.</returns>
    double Time(int repetitions);
}
