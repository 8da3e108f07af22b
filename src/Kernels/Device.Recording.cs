namespace Autodiff.Kernels;

public abstract partial class Device
{
    /// <summary>Runs the calls of a recording, whose varying ones have the numbers of this step already.</summary>
    /// <remarks>
    /// A device that can run a whole list at once overrides this: it compiles the list when it first sees it (<see cref="Recording.Compiled"/>), gives the calls of
    /// <see cref="Recording.Varying"/> their numbers, and launches. Operands never move, and whatever kernels rent meanwhile comes from
    /// <see cref="Recording.Scratch"/>, at the same places every time. The calls may be for several devices; this is asked of the first one's.
    /// </remarks>
    internal virtual void Replay(Recording recording)
    {
        foreach (Command command in recording.Commands)
        {
            command.Run();
        }
    }
}
