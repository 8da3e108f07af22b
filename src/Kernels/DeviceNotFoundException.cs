namespace Autodiff.Kernels;

/// <summary>A device was asked for that this machine does not have; the message says what was found and what to do.</summary>
public sealed class DeviceNotFoundException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    public DeviceNotFoundException(string message)
        : base(message)
    {
    }
}
