namespace Decoder.Recordings;

/// <summary>
/// Reads recordings from NumPy files: a .npz with <c>resp</c> (stimuli x neurons) and <c>stimuli</c> in degrees, or with <c>resp_train</c>,
/// <c>resp_test</c> and <c>stimuli</c>, as the tutorial's files are; or a .npy with the responses and a second file with the stimuli.
/// </summary>
public static class RecordingReader
{
    /// <summary>The most that is read unless the caller allows more: 8 GiB of float32.</summary>
    public const long DefaultMaximumBytes = 8L << 30;

    /// <summary>Reads and checks a recording.</summary>
    /// <param name="path">A .npz or .npy file.</param>
    /// <param name="stimuliPath">A .npy file with the stimuli, where <paramref name="path"/> does not have them.</param>
    /// <param name="maximumBytes">Refuse responses that take more memory than this.</param>
    /// <exception cref="RecordingException">The file is not a recording that can be used; the message says why and what to do.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Recording Read(string path, string? stimuliPath = null, long maximumBytes = DefaultMaximumBytes) =>
        IsNpz(path) ? ReadNpz(path, stimuliPath, maximumBytes) : ReadNpy(path, stimuliPath, maximumBytes);

    /// <summary>Whether a file is a .npz, by its first bytes; else it is a .npy.</summary>
    /// <exception cref="RecordingException">It is neither, or there is no such file.</exception>
    internal static bool IsNpz(string path)
    {
        Span<byte> start = stackalloc byte[8];
        start = start[..ReadStart(path, start)];
        if (start.StartsWith("PK"u8))
        {
            return true;
        }

        return NpyHeader.IsNpy(start) ? false : throw new RecordingException($"{path}: {DescribeForeignFile(start)}");
    }

    private static Recording ReadNpz(string path, string? stimuliPath, long maximumBytes)
    {
        using var npz = NpzArchive.Open(path);
        var isSimulated = npz.Contains(RecordingWriter.SimulatedName) && ReadFlag(npz);
        var hasSplit = npz.Contains("resp_train") || npz.Contains("resp_test");
        if (hasSplit && npz.Contains("resp"))
        {
            throw new RecordingException($"{path}: there are both 'resp' and 'resp_train' / 'resp_test'; keep one of them.");
        }

        if (stimuliPath is not null && npz.Contains("stimuli"))
        {
            throw new RecordingException($"{path}: stimuli are in the file and in '{stimuliPath}' too; leave out --stimuli.");
        }

        if (!hasSplit && !npz.Contains("resp"))
        {
            throw new RecordingException(
                $"{path}: neither an array 'resp' nor 'resp_train' and 'resp_test' is there, but {npz.DescribeNames()}. "
                + "Save with numpy.savez(file, resp=responses, stimuli=degrees), responses being stimuli x neurons.");
        }

        if (stimuliPath is null && !npz.Contains("stimuli"))
        {
            throw new RecordingException(
                $"{path}: there is no array 'stimuli', but {npz.DescribeNames()}. Add the directions in degrees, or give a .npy file with --stimuli.");
        }

        using var stimuliArray = stimuliPath is null ? npz.OpenArray("stimuli") : OpenNpy(stimuliPath);
        var stimuli = ReadStimuli(stimuliArray);
        if (!hasSplit)
        {
            using var array = npz.OpenArray("resp");
            return new Recording(ReadResponses([array], stimuli.Length, maximumBytes), stimuli, path, isSimulated);
        }

        using var train = npz.OpenArray("resp_train");
        using var test = npz.OpenArray("resp_test");
        return new Recording(
            ReadResponses([train, test], stimuli.Length, maximumBytes), [.. stimuli, .. stimuli], path, isSimulated, testStart: stimuli.Length);
    }

    private static Recording ReadNpy(string path, string? stimuliPath, long maximumBytes)
    {
        using var array = OpenNpy(path);
        if (stimuliPath is null)
        {
            throw new RecordingException(
                $"{path}: a .npy file holds one array, shape {array.Header.ShapeText}; "
                + "give the file with the stimuli in degrees with --stimuli FILE.npy.");
        }

        using var stimuliArray = OpenNpy(stimuliPath);
        var stimuli = ReadStimuli(stimuliArray);
        return new Recording(ReadResponses([array], stimuli.Length, maximumBytes), stimuli, path);
    }

    /// <summary>Reads matrices of one shape below each other into one array, after all of them have been checked.</summary>
    internal static float[] ReadResponses(ReadOnlySpan<NpyArray> arrays, int? stimuli, long maximumBytes)
    {
        var shape = arrays[0].Header.Shape;
        foreach (var array in arrays)
        {
            CheckResponses(array, stimuli);
            if (!array.Header.Shape.AsSpan().SequenceEqual(shape))
            {
                throw new RecordingException(
                    $"{array.Name} has shape {array.Header.ShapeText}, but {arrays[0].Name} {arrays[0].Header.ShapeText}; "
                    + "they must be of the same neurons and stimuli.");
            }
        }

        var perArray = arrays[0].Header.Count;
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var limit = Math.Min(maximumBytes, Math.Min(available, (long)Array.MaxLength * sizeof(float)));
        if (perArray > limit / sizeof(float) / arrays.Length)
        {
            throw new RecordingException(
                $"{arrays[0].Name}: shape {arrays[0].Header.ShapeText} needs {(double)perArray * arrays.Length * sizeof(float) / 1e9:F1} GB as float32; "
                + $"the limit here is {limit / 1e9:F1} GB. Keep fewer neurons or trials.");
        }

        var responses = GC.AllocateUninitializedArray<float>((int)(perArray * arrays.Length));
        for (var i = 0; i < arrays.Length; i++)
        {
            arrays[i].ReadInto(responses.AsSpan((int)(i * perArray), (int)perArray));
        }

        return responses;
    }

    private static void CheckResponses(NpyArray array, int? stimuli)
    {
        if (array.Header.Shape is not [var rows, var neurons])
        {
            throw new RecordingException(
                $"{array.Name} has shape {array.Header.ShapeText}; it must have two dimensions, stimuli x neurons. Use reshape or mean over time first.");
        }

        if (stimuli is not null && rows != stimuli)
        {
            var transposed = neurons == stimuli ? " It looks transposed: save resp.T." : " Save one stimulus for each row.";
            throw new RecordingException($"{array.Name} has shape {array.Header.ShapeText}, but there are {stimuli} stimuli.{transposed}");
        }

        if (rows == 0 || neurons == 0)
        {
            throw new RecordingException($"{array.Name} has shape {array.Header.ShapeText}: no responses. At least 1 row and 1 neuron are needed.");
        }
    }

    internal static float[] ReadStimuli(NpyArray array)
    {
        if (array.Header.Shape is not ([_] or [_, 1]))
        {
            throw new RecordingException($"{array.Name} has shape {array.Header.ShapeText}; it must be (n,) or (n, 1), one angle in degrees per row.");
        }

        const int MaximumStimuli = 1 << 26;
        if (array.Header.Count is 0 or > MaximumStimuli)
        {
            throw new RecordingException($"{array.Name} has shape {array.Header.ShapeText}; between 2 and {MaximumStimuli} stimuli are read.");
        }

        var stimuli = new float[array.Header.Count];
        array.ReadInto(stimuli);
        return stimuli;
    }

    private static bool ReadFlag(NpzArchive npz)
    {
        using var array = npz.OpenArray(RecordingWriter.SimulatedName);
        if (array.Header.Count != 1)
        {
            throw new RecordingException($"{array.Name} has shape {array.Header.ShapeText}; it must be one boolean.");
        }

        Span<float> flag = stackalloc float[1];
        array.ReadInto(flag);
        return flag[0] != 0;
    }

    internal static NpyArray OpenNpy(string path)
    {
        if (!File.Exists(path))
        {
            throw new RecordingException($"{path}: there is no such file. Give a .npy file with one angle in degrees for each row of the responses.");
        }

        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 12);
        return NpyArray.Open(file, file.Length, path);
    }

    private static int ReadStart(string path, Span<byte> start)
    {
        if (Directory.Exists(path))
        {
            throw new RecordingException($"{path} is a folder; give a .npz or .npy file.");
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
        [0x89, (byte)'H', (byte)'D', (byte)'F', ..] =>
            "this is an HDF5 file (MAT v7.3 or NWB). Read it in Python with h5py and save with numpy.savez(file, resp=responses, stimuli=degrees).",
        _ when start.StartsWith("MATLAB"u8) =>
            "this is a MATLAB file. Read it in Python with scipy.io.loadmat and save with numpy.savez(file, resp=responses, stimuli=degrees).",
        _ => "neither a .npz nor a .npy file. Save with numpy.savez(file, resp=responses, stimuli=degrees), responses being stimuli x neurons.",
    };
}
