using System.CommandLine;
using System.Globalization;
using Decoder.Downloads;
using Decoder.Terminal;

namespace Decoder.Commands;

/// <summary><c>decoder data download</c>: published recordings.</summary>
internal static class DataDownloadCommand
{
    private const string MirrorVariable = "DECODER_BASE_URL";

    private static readonly Argument<string> Set = CreateSet();

    private static readonly Option<string> Out = new("--out", "-o")
    {
        Description = "The folder to put the files into; it is made where it is missing.",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".",
    };

    private static readonly Option<string?> BaseUrl = new("--base-url")
    {
        Description = $"A mirror to use instead of {PublishedFile.Host}, with the same paths. [default: {MirrorVariable}, else {PublishedFile.Host}]",
        HelpName = "URL",
    };

    public static Command Create()
    {
        var command = new Command("download", "Download published recordings; an interrupted download is taken up where it ended. 'tutorial' is the two recordings of Neuromatch Academy's tutorial.")
        {
            Set, Out, BaseUrl,
        };
        command.SetAction(RunAsync);
        ExampleHelp.Add(command, "decoder data download tutorial", "decoder data download tutorial --out recordings");
        return command;
    }

    private static Argument<string> CreateSet()
    {
        var argument = new Argument<string>("SET") { Description = "tutorial.", HelpName = "tutorial" };
        argument.AcceptOnlyFromAmong("tutorial");
        return argument;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var host = Host(parse.GetValue(BaseUrl));
        var folder = parse.GetValue(Out)!;
        if (File.Exists(folder))
        {
            throw new InvalidInputException($"--out {folder} is a file; name a folder.");
        }

        Directory.CreateDirectory(folder);
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("decoder");
        var download = new FileDownload(client);
        var files = new List<(string Path, PublishedFile File, bool IsNew)>();
        foreach (var file in PublishedFile.Tutorial)
        {
            var path = Path.Combine(folder, file.Name);
            try
            {
                var isNew = await ProgressDisplay.RunAsync(
                    file.Name, progress => download.RunAsync(new Uri(host, file.Address), path, file.Md5, progress, cancellation).GetAwaiter().GetResult());
                files.Add((path, file, isNew));
            }
            catch (OperationCanceledException)
            {
                parse.InvocationConfiguration.Error.WriteLine("decoder: interrupted; what has come is kept. The same command goes on from there.");
                return ExitCode.Interrupted;
            }
        }

        Print(parse, files);
        return ExitCode.Success;
    }

    private static Uri Host(string? option)
    {
        var text = option ?? Environment.GetEnvironmentVariable(MirrorVariable);
        if (string.IsNullOrEmpty(text))
        {
            return PublishedFile.Host;
        }

        return Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new InvalidInputException($"{(option is null ? MirrorVariable : BaseUrl.Name)} {text}: an address that begins with https:// or http:// is needed.");
    }

    private static void Print(ParseResult parse, List<(string Path, PublishedFile File, bool IsNew)> files)
    {
        var output = parse.InvocationConfiguration.Output;
        if (parse.GetValue(DecoderCommand.Json))
        {
            JsonOutput.Print(output, json =>
            {
                json.WriteStartArray("files");
                foreach (var (path, file, isNew) in files)
                {
                    json.WriteStartObject();
                    json.WriteString("file", path);
                    json.WriteNumber("bytes", new FileInfo(path).Length);
                    json.WriteString("md5", file.Md5);
                    json.WriteBoolean("downloaded", isNew);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteString("source", PublishedFile.TutorialSource);
            });
            return;
        }

        foreach (var (path, file, isNew) in files)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{path}: {file.Content}, {new FileInfo(path).Length / 1e6:F1} MB{(isNew ? "" : " (was there already)")}"));
        }

        output.WriteLine(PublishedFile.TutorialSource);
        output.WriteLine($"Try: decoder train --data {files[0].Path}");
    }
}
