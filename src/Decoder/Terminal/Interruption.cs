using System.Runtime.InteropServices;

namespace Decoder.Terminal;

/// <summary>
/// Turns the first Ctrl-C or SIGTERM into a cancellation, so that a command can save what it has; a second one ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private volatile int _exitCode = Terminal.ExitCode.Interrupted;

    public Interruption() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Cancel(context, Terminal.ExitCode.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Cancel(context, Terminal.ExitCode.Terminated)),
    ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>What the process should return after an interruption.</summary>
    public int ExitCode => _exitCode;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Cancel(PosixSignalContext context, int exitCode)
    {
        if (_source.IsCancellationRequested)
        {
            return;
        }

        context.Cancel = true;
        _exitCode = exitCode;
        _source.Cancel();
    }
}
