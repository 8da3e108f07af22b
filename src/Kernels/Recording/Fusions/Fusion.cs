namespace Autodiff.Kernels;

/// <summary>Makes one kernel call of several.</summary>
internal abstract class Fusion
{
    /// <summary>All fusions, in the order in which they are tried. Each is here because a measurement on some device paid for it.</summary>
    private static readonly Fusion[] Table =
    [
        new ConstantFusion(),
        new ProductFusion<float>(),
        new ProductFusion<double>(),
        new SquaredErrorFusion<float>(),
        new SquaredErrorFusion<double>(),
        new PredictionFusion<float>(),
        new PredictionFusion<double>(),
        new AdamFusion<float>(),
        new AdamFusion<double>(),
    ];

    /// <summary>The list after all fusions.</summary>
    /// <param name="commands">The calls of a step.</param>
    /// <param name="keep">Calls that host code gives new numbers before each replay; they stay, or what comes in their place takes those numbers (<see cref="Command.NumbersOf"/>).</param>
    /// <param name="results">What is read after a replay and must be there.</param>
    public static List<Command> Apply(List<Command> commands, IEnumerable<Command> keep, IReadOnlySet<Storage> results)
    {
        foreach (Fusion fusion in Table)
        {
            CommandList list = new(commands, keep, results);
            fusion.Fuse(list);
            commands = list.ToList();
        }

        return commands;
    }

    /// <summary>Replaces what it can.</summary>
    protected abstract void Fuse(CommandList list);
}
