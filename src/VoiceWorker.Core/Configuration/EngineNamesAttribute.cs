using System.ComponentModel.DataAnnotations;

namespace VoiceWorker.Core.Configuration;

/// <summary>Accepts one name of an engine, or several with commas between them: the order in which they are tried.</summary>
/// <param name="known">The names that there are.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EngineNamesAttribute(params string[] known) : ValidationAttribute
{
    /// <summary>The names that there are.</summary>
    public IReadOnlyList<string> Known { get; } = known;

    /// <summary>Takes the names apart.</summary>
    public static string[] Split(string? names) => (names ?? "").Split(',', StringSplitOptions.TrimEntries);

    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        ArgumentNullException.ThrowIfNull(validationContext);
        var names = Split(value as string);
        List<string> errors = [];
        foreach (var name in names.Except(Known))
            errors.Add(name.Length == 0 ? "a name is missing" : $"there is no '{name}'");
        foreach (var twice in names.GroupBy(name => name).Where(group => group.Count() > 1 && group.Key.Length > 0))
            errors.Add($"'{twice.Key}' is there twice");
        return errors.Count == 0
            ? ValidationResult.Success
            : new($"{validationContext.DisplayName} is one of {string.Join(", ", Known)}, or several with commas between them; {string.Join(", ", errors)}.", [validationContext.MemberName!]);
    }
}
