using Decoder.Recordings;

namespace Decoder.Temporal;

/// <summary>Reads a <see cref="TraceRecording"/>: an array of trials x neurons x times, the times, and the stimuli.</summary>
internal static class TraceReader
{
    /// <summary>Reads and checks the arrays.</summary>
    /// <param name="path">A .npz or another file of arrays, or a .npy of the traces alone.</param>
    /// <param name="options">Which array has the stimuli, and whether in radians.</param>
    /// <param name="traces">The array of the traces; null for <c>dff</c>, or the one of a .npy file.</param>
    /// <param name="times">The array of the times, or a file of its own.</param>
    /// <param name="onset">The time at which the stimulus begins.</param>
    /// <param name="maximumBytes">Refuse traces that take more memory than this.</param>
    /// <exception cref="RecordingException">The file cannot be used; the message says why and what to do.</exception>
    public static TraceRecording Read(
        string path, ReadingOptions options, string? traces, string times, double onset, long maximumBytes = RecordingReader.DefaultMaximumBytes)
    {
        using var file = ArrayFile.Open(path, maximumBytes);
        var name = traces ?? (file is NpyFile ? file.Entries[0].Name : "dff");
        if (!file.Contains(name))
        {
            throw new ArrayNotFoundException(
                $"{path}: there is no array '{name}' with the traces, but {file.DescribeArrays()}. Name the one that has trials x neurons x times with --traces.");
        }

        var assembler = new RecordingAssembler(file, options, maximumBytes);
        var stimuli = assembler.ReadStimuli(isNeeded: true)!;
        var axis = LoadedArray.Read(file, times, "--time", maximumBytes);
        var values = ReadTraces(file, name, stimuli.Length, axis, maximumBytes);
        return new(values, Array.ConvertAll(axis.Values, time => time - onset), stimuli, path, assembler.IsSimulated());
    }

    /// <summary>The traces, whose shape is compared with the other arrays' before they are read.</summary>
    private static float[] ReadTraces(IArrayFile file, string name, int trials, LoadedArray times, long maximumBytes)
    {
        using (var array = file.OpenArray(name))
        {
            if (array.Layout.Shape is not [var first, > 0, var last] || first != trials || last != times.Values.Length || !times.IsVector)
            {
                throw new RecordingException(
                    $"{array.Name} has shape {array.Layout.ShapeText}, {times.Name} {ArrayLayout.FormatShape(times.Shape)}, and there are {trials} stimuli; "
                    + "trials x neurons x times are needed, such as (128, 50, 49). Use numpy.transpose (in MATLAB, permute) where the order is another.");
            }
        }

        return LoadedArray.Read(file, name, maximumBytes).Values;
    }
}
