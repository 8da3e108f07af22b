using Decoder.Reports;

namespace Decoder.Folders;

/// <summary>What kinds of folders commands leave. Each is recognized by the name of its configuration.</summary>
/// <param name="Command">The command that leaves it.</param>
/// <param name="Configuration">The file of its configuration.</param>
/// <param name="Thing">What is in it, for people.</param>
/// <param name="Resumes">Whether the command writes as it goes and takes up again what was interrupted. Others write when all is computed.</param>
internal sealed record FolderKind(string Command, string Configuration, string Thing, bool Resumes)
{
    /// <summary>The file of the result, which is written last.</summary>
    public const string Result = "result.json";

    /// <summary>The folder of the figures.</summary>
    public const string Figures = "figures";

    public static readonly FolderKind Run = new("train", "config.json", "run", Resumes: true);

    public static readonly FolderKind Evaluation = new("evaluate", "evaluated-run.json", "evaluation", Resumes: false);

    public static readonly FolderKind Search = new("sweep", "sweep.json", "search", Resumes: true);

    public static readonly FolderKind Comparison = new("compare", "comparison.json", "comparison", Resumes: true);

    public static readonly FolderKind Curves = new("curves", "curves.json", "curves", Resumes: true);

    public static readonly FolderKind Encoder = new("encode", "encoding.json", "encoder", Resumes: false);

    public static readonly FolderKind Temporal = new("temporal", "temporal.json", "temporal decoders", Resumes: false);

    public static readonly FolderKind Tilt = new("tilt", "tilt.json", "tilt network", Resumes: false);

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<FolderKind> All = [Run, Evaluation, Search, Comparison, Curves, Encoder, Temporal, Tilt];

    /// <summary>The kind of a folder; null for one that is none of these.</summary>
    public static FolderKind? Of(string path) => All.FirstOrDefault(kind => kind.Is(path));

    /// <summary>Whether a folder is one of these.</summary>
    public bool Is(string path) => File.Exists(Path.Combine(path, Configuration));

    /// <summary>Whether the command has finished in a folder.</summary>
    public bool IsFinished(string path) => Is(path) && File.Exists(Path.Combine(path, Result));

    /// <summary>What to do about a folder whose command was interrupted or killed.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="command">The command that does the same again; null where it is not known.</param>
    public string HowToFinish(string path, string? command = null) => Resumes
        ? $"Continue it with '{HowToResume(path)}'."
        : $"Start again{(command is null ? "" : $" with '{command}'")}: 'decoder {Command}' computes all before it writes, and replaces what it left when it was killed in writing.";

    /// <summary>The command that takes up again what was interrupted.</summary>
    public string HowToResume(string path) => CommandText.On($"{Command} --resume", path);
}
