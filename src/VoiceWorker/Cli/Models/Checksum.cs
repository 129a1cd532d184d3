using System.CommandLine;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace VoiceWorker.Host.Cli.Models;

/// <summary>SHA-256 of model files, in lower-case hexadecimal.</summary>
internal static partial class Checksum
{
    /// <summary>The commands' option.</summary>
    public static Option<string?> Option()
    {
        var option = new Option<string?>("--sha256") { Description = "The checksum that the file must have." };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !IsOne(token.Value))
                result.AddError($"--sha256 must be 64 hexadecimal digits, not '{token.Value}'.");
        });
        return option;
    }

    /// <summary>Whether a text is a checksum.</summary>
    public static bool IsOne(string? text) => text is not null && Digits().IsMatch(text);

    /// <summary>A file's.</summary>
    public static async Task<string> OfAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    /// <summary>Compares.</summary>
    /// <exception cref="IOException">They differ.</exception>
    public static void ThrowIfDifferent(string? wanted, string actual, string path)
    {
        if (wanted is not null && !string.Equals(wanted, actual, StringComparison.OrdinalIgnoreCase))
            throw new IOException($"{path} is not the wanted file: its SHA-256 is {actual}, it should be {wanted}.");
    }

    [GeneratedRegex("^[0-9A-Fa-f]{64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
