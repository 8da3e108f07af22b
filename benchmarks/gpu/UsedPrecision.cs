using Autodiff.Kernels;

namespace Benchmarks.Gpu;

/// <summary>A device's matrix products have another precision until this is disposed.</summary>
public readonly ref struct UsedPrecision
{
    private readonly Device _device;

    /// <summary>Begins it.</summary>
    /// <exception cref="NotMeasuredException">The device does not have this precision.</exception>
    public UsedPrecision(Device device, MatMulPrecision precision)
    {
        _device = device;
        try
        {
            device.MatMulPrecision = precision;
        }
        catch (NotSupportedException missing)
        {
            throw new NotMeasuredException(missing.Message);
        }
    }

    /// <summary>Full precision again.</summary>
    public void Dispose() => _device.MatMulPrecision = MatMulPrecision.Full;
}
