namespace Autodiff.Kernels;

/// <summary>A piece of host code whose kernel calls have other numbers at every step: an optimizer's update, a draw of random numbers.</summary>
/// <remarks>
/// Before a replay the piece is run again. Its kernel calls then do no work: each hands its numbers to the command that was recorded in its place. So the code
/// that asks for a learning rate or advances a generator is written once, and works for optimizers that are yet to be written.
/// </remarks>
internal abstract class StepSection
{
    /// <summary>The commands that were recorded while the piece ran: these, and no others, have numbers that change.</summary>
    public List<Command> Commands { get; } = [];

    /// <summary>Refuses a replay if something has changed since the capture that would make other kernel calls; changes nothing.</summary>
    public abstract void Check();

    /// <summary>Runs the piece again.</summary>
    public abstract void Repeat();
}
