using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace VoiceWorker.Core.Configuration;

/// <summary>Binds options so that a value of the wrong type is a mistake like any other, reported together with them.</summary>
public static class CheckedBinding
{
    /// <summary>Binds a section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="options">What to fill.</param>
    /// <exception cref="OptionsValidationException">A value is not of its setting's type.</exception>
    public static void BindChecked<TOptions>(this IConfigurationSection section, TOptions options)
        where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(section);
        try
        {
            section.Bind(options);
        }
        catch (InvalidOperationException e)
        {
            throw new OptionsValidationException(section.Path, typeof(TOptions), [WithoutSecrets(e.Message, section)]);
        }
    }

    // The message quotes the value.
    private static string WithoutSecrets(string message, IConfigurationSection section)
    {
        foreach (var (_, value) in section.AsEnumerable())
        {
            if (!string.IsNullOrEmpty(value) && SecretText.Hide(value) is var hidden && hidden != value)
                message = message.Replace(value, hidden, StringComparison.Ordinal);
        }

        return message;
    }
}
