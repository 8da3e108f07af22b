namespace Autodiff;

/// <summary>While it lasts, the tape that was current when it was made records nothing. Dispose it to go on.</summary>
public sealed class NoGradientScope : IDisposable
{
    private Tape? _tape;

    internal NoGradientScope(Tape? tape)
    {
        _tape = tape;
        tape?.Pause();
    }

    /// <summary>Lets the tape record again.</summary>
    public void Dispose()
    {
        _tape?.Resume();
        _tape = null;
    }
}
