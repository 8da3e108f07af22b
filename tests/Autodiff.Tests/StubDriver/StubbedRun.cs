using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace Autodiff.Tests.StubDriver;

/// <summary>One run of <see cref="StubbedProgram"/>, in a process of its own, on a stub of NVIDIA's driver that is compiled for it.</summary>
public sealed class StubbedRun
{
    private readonly Lazy<StubScenario[]> _scenarios = new(Run);

    /// <summary>What was found; skips the test where the stub cannot be.</summary>
    public IReadOnlyList<StubScenario> Scenarios
    {
        get
        {
            Assert.SkipUnless(OperatingSystem.IsLinux(), "The stub of NVIDIA's driver is for Linux.");
            Assert.SkipUnless(
                (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "cc"))),
                "There is no C compiler, cc, to compile the stub of NVIDIA's driver with (Debian: gcc and libc6-dev).");
            return _scenarios.Value;
        }
    }

    private static StubScenario[] Run()
    {
        string folder = Directory.CreateTempSubdirectory("autodiff-stub-").FullName;
        try
        {
            Compile(folder);
            string path = Environment.GetEnvironmentVariable("LD_LIBRARY_PATH") is { Length: > 0 } others ? $"{folder}:{others}" : folder;
            string output = Execute(Environment.ProcessPath!, [], ("LD_LIBRARY_PATH", path), (StubbedProgram.Variable, "1"));
            return JsonSerializer.Deserialize<StubScenario[]>(output)!;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Compile(string folder)
    {
        string source = Path.Combine(folder, "cuda.c");
        using (Stream text = typeof(StubbedRun).Assembly.GetManifestResourceStream("cuda.c")!)
        using (FileStream file = File.Create(source))
        {
            text.CopyTo(file);
        }
        string[] warnings = ["-Wall", "-Wextra", "-Werror"];
        Execute("cc", ["-std=c11", "-D_GNU_SOURCE", "-O1", .. warnings, "-shared", "-fPIC", "-fvisibility=hidden", "-o", Path.Combine(folder, "libcuda.so.1"), source, "-lpthread"]);
    }

    private static string Execute(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with status {process.ExitCode}.\n{errors.Result}");
    }
}
