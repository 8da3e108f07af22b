using System.Globalization;
using Decoder.Recordings.Csv;

namespace Decoder.Recordings;

/// <summary>Finds the arrays of a recording in a file, and puts them together as the options say.</summary>
/// <param name="file">The file.</param>
/// <param name="options">Which arrays, and which parts of them.</param>
/// <param name="maximumBytes">Refuse responses that take more memory than this.</param>
/// <param name="expectedNeurons">How many neurons there should be, where that is known and the number of rows is not.</param>
internal sealed class RecordingAssembler(IArrayFile file, ReadingOptions options, long maximumBytes, int? expectedNeurons = null)
{
    private const string TrainName = "resp_train";
    private const string TestName = "resp_test";
    private const int MaximumStimuli = 1 << 26;

    /// <summary>What was decided on the way that somebody should know.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Reads the arrays.</summary>
    /// <param name="needsStimuli">Whether to refuse a file without stimuli.</param>
    /// <exception cref="RecordingException">They are not there, or do not go together.</exception>
    public RawRecording Read(bool needsStimuli)
    {
        CheckNames();
        var stimuli = ReadStimuli(needsStimuli);
        var arrays = OpenResponses();
        try
        {
            var responses = ReadResponses(arrays, stimuli?.Length);
            var count = (int)arrays.Sum(array => array.Layout.Shape[0]);
            var raw = new RawRecording(
                responses,
                count,
                arrays.Length == 2 && stimuli is not null ? [.. stimuli, .. stimuli] : stimuli,
                arrays.Length == 2 ? count / 2 : null,
                IsSimulated());
            return new RecordingSelection(file, options, maximumBytes).Apply(raw, Notes);
        }
        finally
        {
            Array.ForEach(arrays, array => array.Dispose());
        }
    }

    /// <summary>Whether the file says that it is simulated.</summary>
    public bool IsSimulated() => file.Contains(RecordingWriter.SimulatedName) && file is NpzArchive && ReadFlag();

    private void CheckNames()
    {
        var hasSplit = file.Contains(TrainName) || file.Contains(TestName);
        if (options.Responses is null && hasSplit && file.Contains("resp"))
        {
            throw new RecordingException($"{file.Path}: there are both 'resp' and 'resp_train' / 'resp_test'; keep one of them, or choose with --resp.");
        }

        if (options.Stimuli is { } reference && file is NpzArchive && file.Contains("stimuli") && File.Exists(reference))
        {
            throw new RecordingException($"{file.Path}: stimuli are in the file and in '{reference}' too; leave out --stimuli.");
        }
    }

    private StoredArray[] OpenResponses()
    {
        if (options.Responses is { } name)
        {
            return [file.OpenArray(name)];
        }

        if (file is CsvFile table)
        {
            string?[] others = [options.Stimuli ?? table.StimulusColumn, options.Running, options.Spontaneous, options.Trials];
            if (table.HasRowNames)
            {
                Notes.Add($"{file.Path}: the first column has no name and is taken for the numbers of the rows, not for a neuron");
            }

            return [table.OpenAllBut(others.OfType<string>())];
        }

        if (file.Contains(TrainName) || file.Contains(TestName))
        {
            return [file.OpenArray(TrainName), file.OpenArray(TestName)];
        }

        var names = file is NpyFile ? file.Entries[0].Name : "resp";
        return file.Contains(names) ? [file.OpenArray(names)] : throw new ArrayNotFoundException(
            $"{file.Path}: neither an array 'resp' nor 'resp_train' and 'resp_test' is there, but {file.DescribeArrays()}. "
            + "Choose one with --resp, or save with numpy.savez(file, resp=responses, stimuli=degrees), responses being stimuli x neurons.");
    }

    /// <summary>Reads the stimuli, degrees.</summary>
    /// <param name="isNeeded">Whether to refuse a file without them; else it gives null.</param>
    /// <exception cref="RecordingException">They are not there, or are no vector.</exception>
    public float[]? ReadStimuli(bool isNeeded)
    {
        var name = options.Stimuli ?? (file is CsvFile table ? table.StimulusColumn : file.Contains("stimuli") && file is not NpyFile ? "stimuli" : null);
        if (name is null)
        {
            return !isNeeded ? null : throw new ArrayNotFoundException(file is NpyFile
                ? $"{file.Path}: a .npy file holds one array, shape {file.Entries[0].ShapeText}; give the file with the stimuli in degrees with --stimuli FILE.npy."
                : $"{file.Path}: there is no array 'stimuli', but {file.DescribeArrays()}. Name the one that has them, or a file, with --stimuli.");
        }

        var array = options.Stimuli is null ? LoadedArray.Read(file, name, maximumBytes) : LoadedArray.Read(file, name, "--stimuli", maximumBytes);
        if (!array.IsVector)
        {
            throw new RecordingException($"{array.Name} has shape {ArrayLayout.FormatShape(array.Shape)}; it must be (n,), (n, 1) or (1, n), one angle per row.");
        }

        if (array.Values.Length is 0 or > MaximumStimuli)
        {
            throw new RecordingException($"{array.Name} has shape {ArrayLayout.FormatShape(array.Shape)}; between 2 and {MaximumStimuli} stimuli are read.");
        }

        return options.Radians ? Array.ConvertAll(array.Values, angle => (float)(angle * 180.0 / Math.PI)) : array.Values;
    }

    /// <summary>Reads matrices of one shape below each other into one array, after all of them have been checked.</summary>
    private float[] ReadResponses(StoredArray[] arrays, int? rows)
    {
        foreach (var array in arrays)
        {
            Orient(array, rows);
            if (!array.Layout.Shape.AsSpan().SequenceEqual(arrays[0].Layout.Shape))
            {
                throw new RecordingException(
                    $"{array.Name} has shape {array.Layout.ShapeText}, but {arrays[0].Name} {arrays[0].Layout.ShapeText}; "
                    + "they must be of the same neurons and stimuli.");
            }
        }

        var perArray = arrays[0].Layout.Count;
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var limit = Math.Min(maximumBytes, Math.Min(available, (long)Array.MaxLength * sizeof(float)));
        if (perArray > limit / sizeof(float) / arrays.Length)
        {
            throw new RecordingException(string.Create(
                CultureInfo.InvariantCulture,
                $"{arrays[0].Name}: shape {arrays[0].Layout.ShapeText} needs {(double)perArray * arrays.Length * sizeof(float) / 1e9:F1} GB as float32; ")
                + string.Create(CultureInfo.InvariantCulture, $"the limit here is {limit / 1e9:F1} GB. Keep fewer neurons or trials."));
        }

        var responses = GC.AllocateUninitializedArray<float>((int)(perArray * arrays.Length));
        for (var i = 0; i < arrays.Length; i++)
        {
            arrays[i].ReadInto(responses.AsSpan((int)(i * perArray), (int)perArray));
        }

        return responses;
    }

    /// <summary>Turns a matrix of neurons x stimuli, which its lengths reveal, round.</summary>
    private void Orient(StoredArray array, int? rows)
    {
        if (array.Layout.Shape is not [var first, var second])
        {
            throw new RecordingException(
                $"{array.Name} has shape {array.Layout.ShapeText}; it must have two dimensions, stimuli x neurons. Use reshape or mean over time first.");
        }

        if (rows is not null && first != rows && second != rows)
        {
            throw new RecordingException($"{array.Name} has shape {array.Layout.ShapeText}, but there are {rows} stimuli. One stimulus for each row is needed.");
        }

        var (wanted, what) = rows is not null ? (rows, "stimuli") : (expectedNeurons, "neurons");
        var isTransposed = rows is not null ? first != rows : wanted is not null && second != wanted && first == wanted;
        if (isTransposed)
        {
            Notes.Add($"{array.Name} has shape {array.Layout.ShapeText} and is read transposed, as stimuli x neurons, since there are {wanted} {what}");
            array.Transpose();
        }
        else if (first == second && first == wanted)
        {
            Notes.Add($"{array.Name} has shape {array.Layout.ShapeText}, from which its orientation cannot be told; rows are taken for stimuli, columns for neurons");
        }

        if (first == 0 || second == 0)
        {
            throw new RecordingException($"{array.Name} has shape {array.Layout.ShapeText}: no responses. At least 1 row and 1 neuron are needed.");
        }
    }

    private bool ReadFlag()
    {
        var flag = LoadedArray.Read(file, RecordingWriter.SimulatedName, maximumBytes);
        return flag.Values.Length == 1 ? flag.Values[0] != 0 : throw new RecordingException(
            $"{flag.Name} has shape {ArrayLayout.FormatShape(flag.Shape)}; it must be one boolean.");
    }
}
