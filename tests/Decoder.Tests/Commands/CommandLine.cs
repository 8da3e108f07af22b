using System.Text.Json;
using Decoder.Terminal;

namespace Decoder.Tests.Commands;

/// <summary>Runs command lines in this process.</summary>
internal static class CommandLine
{
    public static async Task<(int Code, string Output, string Error)> Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await Application.RunAsync(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command that must succeed with <c>--json</c>.</summary>
    public static async Task<JsonElement> RunJson(params string[] arguments)
    {
        var (code, output, error) = await Run([.. arguments, "--json"]);
        Assert.True(code == ExitCode.Success, error);
        return JsonDocument.Parse(output).RootElement;
    }

    /// <summary>Trains on a tiny simulated recording.</summary>
    public static Task<JsonElement> Train(string folder, string options) => RunJson(TrainArguments(folder, options));

    public static string[] TrainArguments(string folder, string options) =>
    [
        "train", "--neurons", "16", "--trials", "150", "--hidden", "4", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--out", folder,
    ];
}
