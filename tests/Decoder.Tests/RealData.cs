namespace Decoder.Tests;

/// <summary>Real recordings, which are not part of the repository: in AUTODIFF_DATA or ../shared/data beside it.</summary>
internal static class RealData
{
    /// <summary>The path of a recording; skips the test where it is not there.</summary>
    public static string Require(string name)
    {
        var folder = Environment.GetEnvironmentVariable("AUTODIFF_DATA") ?? FindBesideRepository();
        var path = Path.Combine(folder, name);
        Assert.SkipUnless(File.Exists(path), $"The real recording {name} is not in '{folder}'; set AUTODIFF_DATA to the folder that has it.");
        return path;
    }

    private static string FindBesideRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Autodiff.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.Parent?.FullName ?? AppContext.BaseDirectory, "shared", "data");
    }
}
