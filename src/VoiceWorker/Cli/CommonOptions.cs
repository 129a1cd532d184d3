using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace VoiceWorker.Host.Cli;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    /// <summary>A number within bounds.</summary>
    public static Option<T> Number<T>(string name, string description, T normal, T least, T most)
        where T : INumber<T>
    {
        var option = new Option<T>(name) { Description = description, DefaultValueFactory = _ => normal };
        option.Validators.Add(result =>
        {
            // What is no number at all is the parser's business, which refuses to hand it out as a value.
            if (result.Tokens is [var token] && T.TryParse(token.Value, CultureInfo.InvariantCulture, out var value) && (value < least || value > most))
                result.AddError($"{name} must be between {least} and {most}, not {value}.");
        });
        return option;
    }

    public static Option<bool> Json() => new("--json") { Description = "One JSON object a line instead of the table." };

    public static Option<bool> Verbose() => new("--verbose", "-v") { Description = "The log's normal messages as well." };
}
