namespace Autodiff.Kernels;

/// <summary>The CPU: one file per family of kernels, which do their work in the rooms beside this one.</summary>
internal sealed unsafe partial class CpuDevice() : Device(DeviceKind.Cpu, "CPU")
{
    private protected override Block AllocateBlock(long bytes) => new HostBlock(bytes);

    public override void Synchronize()
    {
    }

    internal override void UploadCore<T>(ReadOnlySpan<T> source, Storage<T> destination, int offset)
    {
        source.CopyTo(new Span<T>(Pointer(destination), destination.Length)[offset..]);
        KeepAlive(destination);
    }

    internal override void DownloadCore<T>(Storage<T> source, int offset, Span<T> destination)
    {
        new ReadOnlySpan<T>(Pointer(source), source.Length).Slice(offset, destination.Length).CopyTo(destination);
        KeepAlive(source);
    }

    /// <summary>A storage that nobody refers to any more must not give its memory back while a kernel runs.</summary>
    private static void KeepAlive(Storage a, Storage? b = null, Storage? c = null, Storage? d = null)
    {
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        GC.KeepAlive(c);
        GC.KeepAlive(d);
    }

    private static T* Pointer<T>(Storage<T> storage)
        where T : unmanaged => (T*)((HostBlock)storage.Block).Address;
}
