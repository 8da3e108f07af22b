using System.CommandLine;
using Decoder.Terminal;

namespace Decoder.Commands;

/// <summary>The root of the command line. A command is one file of this folder and one line here.</summary>
internal static class DecoderCommand
{
    /// <summary>Recursive: every command takes it.</summary>
    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one JSON object on standard output; everything else goes to standard error.",
        Recursive = true,
    };

    /// <summary>The whole command line. It is made once: options are shared by all who parse, and each making adds to what they check.</summary>
    public static RootCommand Root { get; } = Create();

    private static RootCommand Create()
    {
        var root = new RootCommand("Decode the orientation of visual stimuli from the responses of neurons.")
        {
            Json,
            TrainCommand.Create(),
            SweepCommand.Create(),
            EvaluateCommand.Create(),
            CurvesCommand.Create(),
            InterpretCommand.Create(),
            PredictCommand.Create(),
            CompareCommand.Create(),
            EncodeCommand.Create(),
            TemporalCommand.Create(),
            TiltCommand.Create(),
            PlotCommand.Create(),
            ReportCommand.Create(),
            DataCommand.Create(),
            DevicesCommand.Create(),
            Hdf5ReaderCommand.Create(),
        };
        ExampleHelp.Add(root, "decoder train", "decoder train --data recording.npz --loss circular", "decoder data simulate --out simulated.npz");
        ExampleHelp.Enable(root);
        return root;
    }
}
