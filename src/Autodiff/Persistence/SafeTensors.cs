using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>
/// Named tensors and text in a file that can be read without trusting it: the safetensors format, readable from Python with
/// <c>safetensors.torch.load_file</c>.
/// </summary>
/// <remarks>
/// <para>Format (https://github.com/huggingface/safetensors): 8 bytes length of the header, little-endian; a JSON object that gives each
/// tensor's element type, shape and place;
/// the elements, row-major, little-endian. Element types F32 and F64.</para>
/// <para>The format has no checksum, so <see cref="Save"/> puts a SHA-256 of names, shapes, values and text into the metadata, and
/// <see cref="Load"/> verifies it where there is one.</para>
/// </remarks>
public sealed class SafeTensors
{
    private readonly OrderedDictionary<string, SafeTensorsEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>Text that goes with the tensors.</summary>
    public IDictionary<string, string> Metadata { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The tensors' names, in the order in which they were added or lie in the file.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    internal IReadOnlyDictionary<string, SafeTensorsEntry> Entries => _entries;

    /// <summary>Reads a file. Everything is checked before memory for the tensors is allocated.</summary>
    /// <param name="path">The file.</param>
    /// <param name="verifyChecksum">Whether the checksum is verified, where the file has one.</param>
    /// <exception cref="InvalidDataException">The file is damaged or not a safetensors file of F32 and F64 tensors; the message says what
    /// is wrong.</exception>
    public static SafeTensors Load(string path, bool verifyChecksum = true)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        try
        {
            return SafeTensorsReader.Read(stream, verifyChecksum);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"'{path}' cannot be read as safetensors: {e.Message}", e);
        }
    }

    /// <summary>Writes a file, all or nothing: see <see cref="AtomicFile.Write"/>.</summary>
    public void Save(string path) => AtomicFile.Write(path, stream => SafeTensorsWriter.Write(this, stream));

    /// <summary>Adds a copy of a tensor.</summary>
    /// <param name="name">The name; not yet in use.</param>
    /// <param name="tensor">The tensor.</param>
    /// <exception cref="ArgumentException">The name is in use, or is the reserved <c>__metadata__</c>.</exception>
    public void Add<T>(string name, Tensor<T> tensor)
        where T : unmanaged, IFloatingPointIeee754<T> => Add(name, new SafeTensorsEntry(tensor.Shape, tensor.ToArray()));

    /// <summary>Whether there is a tensor of this name.</summary>
    public bool Contains(string name) => _entries.ContainsKey(name);

    /// <summary>The shape of a tensor.</summary>
    /// <exception cref="KeyNotFoundException">There is no tensor of this name.</exception>
    public Shape ShapeOf(string name) => Entry(name).Shape;

    /// <summary>A tensor, converted to <typeparamref name="T"/> if it was written in the other precision.</summary>
    /// <exception cref="KeyNotFoundException">There is no tensor of this name.</exception>
    public Tensor<T> Get<T>(string name, Device? device = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        SafeTensorsEntry entry = Entry(name);
        return Tensor.Create(entry.As<T>(), entry.Shape, device);
    }

    internal void Add(string name, SafeTensorsEntry entry)
    {
        if (name == SafeTensorsHeader.Metadata)
        {
            throw new ArgumentException($"'{name}' is reserved by the format; give the tensor another name.");
        }

        if (!_entries.TryAdd(name, entry))
        {
            throw new ArgumentException($"There already is a tensor '{name}', of shape {_entries[name].Shape}. Names must be unique; use "
                + "a prefix.");
        }
    }

    private SafeTensorsEntry Entry(string name) =>
        _entries.TryGetValue(name, out SafeTensorsEntry? entry)
            ? entry
            : throw new KeyNotFoundException($"There is no tensor '{name}'. There are: "
                + $"{string.Join(", ", Names.Take(20))}{(Names.Count > 20 ? ", ..." : "")}.");
}
