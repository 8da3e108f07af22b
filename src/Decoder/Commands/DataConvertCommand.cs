using System.CommandLine;
using System.Globalization;
using Autodiff;
using Decoder.Recordings;
using Decoder.Terminal;

namespace Decoder.Commands;

/// <summary><c>decoder data convert</c>: a recording of any format as .npz.</summary>
internal static class DataConvertCommand
{
    private static readonly Argument<string> In = new("IN") { Description = "A recording: HDF5 (MAT v7.3, NWB), MAT, .csv, .npy or .npz." };

    private static readonly Argument<string> Out = new("OUT.npz") { Description = "The .npz file to write." };

    private static readonly RecordingOptions Reading = new();

    private static readonly Hdf5Options Hdf5 = new();

    private static readonly Option<bool> Compress = new("--compress") { Description = "Deflate the arrays; about a tenth smaller." };

    public static Command Create()
    {
        var command = new Command("convert", "Convert a recording to .npz, with arrays resp (stimuli x neurons) and stimuli (degrees), or a part of it.") { In, Out };
        RecordingOptions.Add(command, [.. Reading.All, Compress, .. Hdf5.All]);
        command.SetAction((parse, cancellation) => Task.Run(() => Run(parse, cancellation), cancellation));
        ExampleHelp.Add(
            command,
            "decoder data convert session.nwb session.npz --resp processing/ophys/dff/data --stimuli intervals/trials/angle",
            "decoder data convert old.mat new.npz --resp neural.resp --stimuli stim.istim --radians",
            "decoder data convert table.csv table.npz --stimuli angle");
        return command;
    }

    private static int Run(ParseResult parse, CancellationToken cancellation)
    {
        var (source, target) = (parse.GetRequiredValue(In), parse.GetRequiredValue(Out));
        if (!target.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidInputException($"{target}: recordings are written as .npz; name the file {Path.ChangeExtension(target, ".npz")}.");
        }

        AtomicFile.EnsureWritable(target);
        var options = Reading.Reading(parse);
        Recording recording;
        using (var file = ArrayFile.Open(source, RecordingReader.DefaultMaximumBytes, Hdf5.Bounds(parse, cancellation)))
        {
            recording = Reading.Bin(RecordingReader.Read(file, options, RecordingReader.DefaultMaximumBytes), parse);
        }

        cancellation.ThrowIfCancellationRequested();
        RecordingWriter.Write(recording, target, parse.GetValue(Compress));
        var bytes = new FileInfo(target).Length;
        var output = parse.InvocationConfiguration.Output;
        if (parse.GetValue(DecoderCommand.Json))
        {
            JsonOutput.Print(output, json =>
            {
                json.WriteStartObject("data");
                json.WriteNumber("neurons", recording.NeuronCount);
                json.WriteNumber("stimuli", recording.StimulusCount);
                json.WriteBoolean("simulated", recording.IsSimulated);
                json.WriteEndObject();
                json.WriteString("file", target);
                json.WriteNumber("bytes", bytes);
            });
        }
        else
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{target}: {recording.StimulusCount} rows x {recording.NeuronCount} neurons, {bytes / 1e6:F1} MB"));
        }

        return ExitCode.Success;
    }
}
