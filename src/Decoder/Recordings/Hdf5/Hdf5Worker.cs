using System.Text.Json;
using PureHDF;
using PureHDF.Selections;

namespace Decoder.Recordings.Hdf5;

/// <summary>
/// The other process: reads an HDF5 file with PureHDF, which is correct on good files but may hang, exhaust the memory or overflow the stack on damaged ones.
/// Whoever started it waits with a clock.
/// </summary>
internal static class Hdf5Worker
{
    /// <summary>The exit code for a file that is refused; the reason is on standard error.</summary>
    public const int Refused = 3;

    private const int MaximumDepth = 32;
    private const int MaximumEntries = 10_000;
    private const long PieceBytes = 64 << 20;

    /// <summary>Prints the table of contents as JSON.</summary>
    public static int List(string path, TextWriter output, TextWriter error) => Guarded(path, error, file =>
    {
        var entries = new List<ArrayEntry>();
        List(file, "", entries, depth: 0);
        output.WriteLine(JsonSerializer.Serialize([.. entries], Hdf5Json.Default.ArrayEntryArray));
    });

    /// <summary>Copies an array into a .npy file.</summary>
    public static int Read(string path, string name, string copy, TextWriter error) => Guarded(path, error, file =>
    {
        var dataset = file.Dataset("/" + name);
        using var stream = new FileStream(copy, FileMode.CreateNew, FileAccess.Write);
        Copy(dataset, stream);
    });

    /// <summary>
    /// Ends this process when the one that started it is killed, which it tells by the end of its standard input: nobody would watch the clock any more.
    /// </summary>
    /// <param name="copy">The file that is written meanwhile; null where none is.</param>
    public static void EndWithStarter(string? copy = null)
    {
        void Wait()
        {
            while (Console.OpenStandardInput().ReadByte() >= 0)
            {
            }

            try
            {
                if (copy is not null)
                {
                    File.Delete(copy);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // There is nobody to tell.
            }

            Environment.Exit(Refused);
        }

        new Thread(Wait) { IsBackground = true }.Start();
    }

    private static int Guarded(string path, TextWriter error, Action<IH5Group> action)
    {
        try
        {
            using var file = H5File.OpenRead(path);
            action(file);
            return 0;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // PureHDF answers a damaged file with whatever exception its reading runs into.
            var reason = e is RecordingException ? e.Message : $"{path}: it cannot be read as HDF5 ({e.GetType().Name}: {e.Message}). The file may be damaged; copy it again.";
            error.WriteLine(reason);
            return Refused;
        }
    }

    private static void List(IH5Group group, string prefix, List<ArrayEntry> entries, int depth)
    {
        foreach (var child in group.Children())
        {
            // MATLAB keeps the contents of cells and its own tables there.
            if (prefix.Length == 0 && child.Name is "#refs#" or "#subsystem#")
            {
                continue;
            }

            if (entries.Count == MaximumEntries || depth == MaximumDepth)
            {
                throw new RecordingException($"more than {MaximumEntries} arrays, or nested more than {MaximumDepth} deep: this is not a recording.");
            }

            var name = prefix + child.Name;
            switch (child)
            {
                case IH5Dataset dataset:
                    entries.Add(Describe(name, dataset));
                    break;
                case IH5Group inner:
                    entries.Add(new ArrayEntry(name, "group", null, IsReadable: false));
                    List(inner, name + "/", entries, depth + 1);
                    break;
            }
        }
    }

    private static ArrayEntry Describe(string name, IH5Dataset dataset)
    {
        var shape = Array.ConvertAll(dataset.Space.Dimensions, dimension => checked((long)dimension));
        return NumPyType(dataset.Type) is { } type
            ? new(name, type.Name, shape, IsReadable: dataset.Space.Type != H5DataspaceType.Null && shape.All(dimension => dimension > 0))
            : new(name, dataset.Type.Class.ToString().ToLowerInvariant(), shape, IsReadable: false, dataset.Type.Class switch
            {
                H5DataTypeClass.Reference => "references, as cells of MATLAB are; save each as an array",
                H5DataTypeClass.String => "text",
                _ => null,
            });
    }

    /// <summary>The type as NumPy calls it and as .npy names it, in the byte order of this machine, into which PureHDF converts.</summary>
    private static (string Name, string Code)? NumPyType(IH5DataType type)
    {
        var order = BitConverter.IsLittleEndian ? '<' : '>';
        return type.Class switch
        {
            H5DataTypeClass.FloatingPoint when type.Size is 4 or 8 => ($"float{8 * type.Size}", $"{order}f{type.Size}"),
            H5DataTypeClass.FixedPoint when type.Size is 1 or 2 or 4 or 8 => type.FixedPoint.IsSigned
                ? ($"int{8 * type.Size}", $"{order}i{type.Size}")
                : ($"uint{8 * type.Size}", $"{order}u{type.Size}"),

            // h5py writes booleans as an enumeration of FALSE and TRUE.
            H5DataTypeClass.Enumerated when type.Size == 1 => ("bool", "|b1"),
            _ => null,
        };
    }

    private static void Copy(IH5Dataset dataset, Stream stream)
    {
        var code = NumPyType(dataset.Type)?.Code ?? throw new RecordingException($"'{dataset.Name}' is of type {dataset.Type.Class}, not numbers.");
        var shape = dataset.Space.Dimensions;
        stream.Write(NpzWriter.CreateHeader(code, ArrayLayout.FormatShape(Array.ConvertAll(shape, dimension => checked((long)dimension)))));
        Action<Selection> read = code[1..] switch
        {
            "f4" => selection => Copy<float>(dataset, selection, stream),
            "f8" => selection => Copy<double>(dataset, selection, stream),
            "i1" => selection => Copy<sbyte>(dataset, selection, stream),
            "i2" => selection => Copy<short>(dataset, selection, stream),
            "i4" => selection => Copy<int>(dataset, selection, stream),
            "i8" => selection => Copy<long>(dataset, selection, stream),
            "u2" => selection => Copy<ushort>(dataset, selection, stream),
            "u4" => selection => Copy<uint>(dataset, selection, stream),
            "u8" => selection => Copy<ulong>(dataset, selection, stream),
            _ => selection => Copy<byte>(dataset, selection, stream),
        };
        foreach (var selection in Pieces(shape, dataset))
        {
            read(selection);
        }
    }

    private static void Copy<T>(IH5Dataset dataset, Selection selection, Stream stream)
        where T : unmanaged => stream.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(dataset.Read<T[]>(selection).AsSpan()));

    /// <summary>The array in pieces of whole rows of chunks, so that no chunk is unpacked twice where a row of them fits into memory.</summary>
    private static IEnumerable<Selection> Pieces(ulong[] shape, IH5Dataset dataset)
    {
        if (shape.Length == 0)
        {
            yield return new AllSelection();
            yield break;
        }

        var rowBytes = shape.Skip(1).Aggregate((ulong)dataset.Type.Size, (product, dimension) => checked(product * dimension));
        var chunkRows = dataset.Layout.Class == H5DataLayoutClass.Chunked ? Math.Max(1, dataset.Layout.Chunks[0]) : 1;
        var pieceRows = Math.Max(1, (ulong)PieceBytes / Math.Max(1, rowBytes) / chunkRows) * chunkRows;
        for (var first = 0UL; first < shape[0]; first += pieceRows)
        {
            ulong[] starts = [first, .. shape.Skip(1).Select(_ => 0UL)];
            ulong[] blocks = [Math.Min(pieceRows, shape[0] - first), .. shape.Skip(1)];
            yield return new HyperslabSelection(shape.Length, starts, blocks);
        }
    }
}
