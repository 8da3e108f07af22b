namespace Benchmarks.Gpu;

/// <summary>Something that is checked or measured by itself, so that what goes wrong with it goes wrong with nothing else.</summary>
/// <param name="Group">The table that it stands in.</param>
/// <param name="Name">Its name, which the command line's filter selects by.</param>
/// <param name="IsCheck">Whether it says if results are right, not how fast they are.</param>
/// <param name="Run">Finds out: each is a <see cref="Check"/>, a <see cref="Figure"/> or a <see cref="Verdict"/>.</param>
public sealed record Entry(string Group, string Name, bool IsCheck, Func<Workbench, IEnumerable<object>> Run);
