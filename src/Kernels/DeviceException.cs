namespace Autodiff.Kernels;

/// <summary>A device failed while it ran: it was lost, or could not compile a kernel. What is on it cannot be used any more.</summary>
public sealed class DeviceException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    public DeviceException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
