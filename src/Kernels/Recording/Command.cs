namespace Autodiff.Kernels;

/// <summary>An entry of a <see cref="Recording"/>: a kernel call that can be made again.</summary>
internal abstract class Command(Device device)
{
    /// <summary>What runs it.</summary>
    public Device Device { get; } = device;

    /// <summary>The recorded call that has its numbers: itself, or the one that a fusion put it in the place of.</summary>
    public virtual Command NumbersOf => this;

    /// <summary>Whether a device may keep the launch with its arguments, as in a CUDA graph, while the numbers stay as they are.</summary>
    public virtual bool FitsGraphs => true;

    /// <summary>Runs the kernel on the operands and with the numbers that it has now.</summary>
    public abstract void Run();

    /// <summary>Shows every operand to a visitor that may replace it.</summary>
    public abstract void Visit(IOperandVisitor visitor);
}

/// <inheritdoc/>
/// <typeparam name="TCall">The family's struct; known when the program is compiled, so that this works ahead of time too.</typeparam>
internal sealed class Command<TCall>(Device device, in TCall call) : Command(device)
    where TCall : struct, IKernelCall<TCall>
{
    private TCall _call = call;

    /// <summary>The call. A fusion that stands for this command reads it at every replay, so the numbers of a step are kept in one place.</summary>
    public ref TCall Call => ref _call;

    /// <inheritdoc/>
    public override bool FitsGraphs => TCall.FitsGraphs;

    /// <inheritdoc/>
    public override void Run() => _call.Run(Device);

    /// <inheritdoc/>
    public override void Visit(IOperandVisitor visitor) => _call.Visit(visitor);
}
