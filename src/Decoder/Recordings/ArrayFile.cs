using Decoder.Recordings.Csv;
using Decoder.Recordings.Hdf5;
using Decoder.Recordings.Matlab;

namespace Decoder.Recordings;

/// <summary>Opens files of arrays by what is in them; text by the ending of its name.</summary>
internal static class ArrayFile
{
    /// <summary>Opens a .npz, .npy, MAT (version 5 to 7.2) or CSV file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maximumBytes">Refuse what has to be read as a whole and takes more memory than this.</param>
    /// <param name="hdf5">Reads HDF5 files; null to refuse them.</param>
    /// <exception cref="RecordingException">There is no such file, or it is damaged or of another kind.</exception>
    public static IArrayFile Open(string path, long maximumBytes, Hdf5Reading? hdf5 = null)
    {
        Span<byte> start = stackalloc byte[Hdf5Signature.BytesNeeded];
        start = start[..ReadStart(path, start)];
        if (start.StartsWith("PK"u8))
        {
            return NpzArchive.Open(path);
        }

        if (NpyHeader.IsNpy(start))
        {
            return new NpyFile(path);
        }

        if (Hdf5Signature.IsHdf5(start))
        {
            return hdf5 is null ? throw Hdf5Signature.Refusal(path) : Hdf5File.Open(path, hdf5);
        }

        if (MatFile.IsMatlab(start))
        {
            return MatFile.Open(path);
        }

        return start.Length > 0 && CsvFile.IsCsv(path) ? CsvFile.Open(path, maximumBytes) : throw new RecordingException($"{path}: {DescribeForeignFile(start)}");
    }

    private static int ReadStart(string path, Span<byte> start)
    {
        if (Directory.Exists(path))
        {
            throw new RecordingException($"{path} is a folder; give a .npz, .npy, .mat or .csv file.");
        }

        if (!File.Exists(path))
        {
            throw new RecordingException($"{path}: there is no such file. 'decoder data simulate --out FILE.npz' makes one to try.");
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
    }

    private static string DescribeForeignFile(ReadOnlySpan<byte> start) => start switch
    {
        [] => "the file is empty. Copy or save it again.",
        [0x80, >= 2 and <= 5, ..] => PickleHint.BarePickle,
        _ => "neither a .npz nor a .npy, MAT or CSV file (text is read from .csv, .tsv and .txt). "
            + "Save with numpy.savez(file, resp=responses, stimuli=degrees), responses being stimuli x neurons.",
    };
}
