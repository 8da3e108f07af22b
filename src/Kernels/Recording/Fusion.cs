namespace Autodiff.Kernels;

/// <summary>Makes one kernel call of several.</summary>
internal static class Fusion
{
    /// <summary>The list after all passes.</summary>
    /// <param name="commands">The calls of a step.</param>
    /// <param name="results">What is read after a replay and must be there.</param>
    public static List<Command> Apply(List<Command> commands, IReadOnlySet<Storage> results) => commands;
}
