using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Decoder.Terminal;

/// <summary>The usual help, with the examples of the command below it.</summary>
internal sealed class ExampleHelp(HelpAction help) : SynchronousCommandLineAction
{
    private static readonly Dictionary<Command, string[]> Examples = [];

    // Help is shown, and nothing is done, even where a required option is missing.
    public override bool ClearsParseErrors => true;

    /// <summary>Adds examples, command lines as one would type them, to a command.</summary>
    public static void Add(Command command, params string[] examples) => Examples[command] = examples;

    /// <summary>Shows examples in the help of <paramref name="root"/> and all its subcommands.</summary>
    public static void Enable(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new ExampleHelp((HelpAction)option.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var result = help.Invoke(parseResult);
        if (Examples.TryGetValue(parseResult.CommandResult.Command, out var examples))
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine(examples.Length == 1 ? "Example:" : "Examples:");
            foreach (var example in examples)
            {
                output.WriteLine("  " + example);
            }

            output.WriteLine();
        }

        return result;
    }
}
