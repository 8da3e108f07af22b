using ILGPU;
using ILGPU.Runtime;

namespace Autodiff.Kernels;

internal sealed partial class GpuDevice
{
    private Block? _counters;

    /// <summary>The counters of <see cref="Arrivals"/>, made when first asked for. The device has one stream, so that launches use them one after the other.</summary>
    private ArrayView<int> Counters
    {
        get
        {
            lock (_lock)
            {
                if (_counters is null)
                {
                    Block made = AllocateBlock(Arrivals.Counters * sizeof(int));
                    Try(session => ((GpuBlock)made).Elements<int>(Arrivals.Counters).MemSetToZero(session.Stream));
                    _counters = made;
                }

                return ((GpuBlock)_counters).Elements<int>(Arrivals.Counters);
            }
        }
    }
}
