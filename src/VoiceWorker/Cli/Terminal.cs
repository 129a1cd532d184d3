using Spectre.Console;

namespace VoiceWorker.Host.Cli;

/// <summary>The two places a command writes to: results to standard output, everything else to standard error.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Progress and messages.</param>
internal sealed record Terminal(IAnsiConsole Out, IAnsiConsole Error)
{
    // Nobody folds the lines of a log, and a table folded to 80 columns cannot be read.
    private const int LogWidth = 180;

    /// <summary>The process's own streams; plain text where they are not a terminal.</summary>
    public static Terminal OfProcess() => new(Create(Console.Out, Console.IsOutputRedirected), Create(Console.Error, Console.IsErrorRedirected));

    /// <summary>A line on standard error that nobody needs to worry about.</summary>
    public void Note(string message) => Error.Write(new Text(Plain(message) + Environment.NewLine));

    /// <summary>A line on standard error.</summary>
    public void Warn(string message) => Error.Write(new Text(Plain(message) + Environment.NewLine, new Style(Color.Red)));

    /// <summary>Text from elsewhere without control characters, which could steer a terminal.</summary>
    public static string Plain(string? text) => string.Create(text?.Length ?? 0, text, static (plain, text) =>
    {
        for (var i = 0; i < plain.Length; i++)
            plain[i] = char.IsControl(text![i]) && text[i] != '\n' ? ' ' : text[i];
    });

    internal static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = redirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected)
            console.Profile.Width = LogWidth;
        return console;
    }
}
