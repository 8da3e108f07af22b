using System.CommandLine;
using System.Text;
using Autodiff;
using Decoder.Folders;
using Decoder.Reports;
using Decoder.Terminal;

namespace Decoder.Commands;

/// <summary><c>decoder report</c>: what was done and what came out, as one page.</summary>
internal static class ReportCommand
{
    private const string FileName = "report.html";

    private static readonly Argument<string[]> Runs = new("RUN")
    {
        Description = $"The folders that {string.Join(", ", FolderKind.All.Select(kind => kind.Command))} have left; several stand side by side in a table.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Out = new("--out", "-o")
    {
        Description = $"The page to write. [default: {FileName} in the folder; of several folders, where you are]",
        HelpName = "FILE.html",
    };

    public static Command Create()
    {
        var command = new Command(
            "report", "Write one HTML page, to be read in any browser without a network, of what was done, on which data, what came out, and how to do it again.") { Runs, Out };
        command.SetAction(Run);
        ExampleHelp.Add(
            command, "decoder report runs/orientation", "decoder report runs/monday runs/tuesday runs/comparison --out results.html", "decoder report runs/orientation --json");
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var folders = parse.GetRequiredValue(Runs);
        var repeated = folders.GroupBy(Path.GetFullPath).FirstOrDefault(group => group.Count() > 1);
        if (repeated is not null)
        {
            throw new InvalidInputException($"'{repeated.First()}' is named {repeated.Count()} times; name each folder once.");
        }

        // All folders are read before anything is written.
        var sections = folders.Select((folder, i) => ReportReader.Read(folder, $"folder-{i + 1}")).ToArray();
        var path = parse.GetValue(Out) ?? (folders.Length == 1 ? Path.Combine(folders[0], FileName) : FileName);
        EnsureReplaceable(path);
        var page = ReportPage.Write(sections);
        AtomicFile.WriteText(path, page);
        Print(parse, path, page, sections);
        return ExitCode.Success;
    }

    /// <summary>A report may be written over an older one, but over nothing else.</summary>
    private static void EnsureReplaceable(string path)
    {
        if (Path.GetExtension(path).ToLowerInvariant() is not (".html" or ".htm"))
        {
            throw new InvalidInputException($"--out {path}: a report is a page; give it a name that ends with .html.");
        }

        AtomicFile.EnsureWritable(path);
        if (File.Exists(path) && !File.ReadLines(path).Take(20).Any(line => line.Contains($"content=\"{ReportPage.Generator}\"", StringComparison.Ordinal)))
        {
            throw new InvalidInputException($"'{path}' is there already, and is not a report of this program. Choose another --out, or delete it.");
        }
    }

    private static void Print(ParseResult parse, string path, string page, ReportSection[] sections)
    {
        var output = parse.InvocationConfiguration.Output;
        if (!parse.GetValue(DecoderCommand.Json))
        {
            output.WriteLine(path);
            return;
        }

        JsonOutput.Print(output, json =>
        {
            json.WriteString("report", path);
            json.WriteNumber("bytes", Encoding.UTF8.GetByteCount(page));
            json.WriteStartArray("folders");
            foreach (var section in sections)
            {
                json.WriteStartObject();
                json.WriteString("folder", section.Folder);
                json.WriteString("kind", section.Kind);
                json.WriteBoolean("simulated", section.IsSimulated);
                json.WriteStartArray("figures");
                foreach (var figure in section.Figures)
                {
                    json.WriteStringValue(figure.Name);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }
}
