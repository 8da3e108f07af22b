using System.CommandLine;
using Decoder.Recordings.Hdf5;

namespace Decoder.Commands;

/// <summary>The hidden command in which this program reads an HDF5 file for another process of itself, which can end it.</summary>
internal static class Hdf5ReaderCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE");
        var name = new Argument<string>("ARRAY");
        var copy = new Argument<string>("COPY");
        var list = new Command("list", "Print the table of contents.") { file };
        list.SetAction(parse =>
        {
            Hdf5Worker.EndWithStarter();
            return Hdf5Worker.List(parse.GetRequiredValue(file), Console.Out, Console.Error);
        });
        var read = new Command("read", "Copy an array into a .npy file.") { file, name, copy };
        read.SetAction(parse =>
        {
            Hdf5Worker.EndWithStarter(parse.GetRequiredValue(copy));
            return Hdf5Worker.Read(parse.GetRequiredValue(file), parse.GetRequiredValue(name), parse.GetRequiredValue(copy), Console.Error);
        });
        return new Command(Hdf5Process.CommandName, "Read an HDF5 file for another process.") { Hidden = true, Subcommands = { list, read } };
    }
}
