using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Host.Hosting;
using VoiceWorker.RabbitMq;
using VoiceWorker.RabbitMq.Idempotency;

namespace VoiceWorker.UnitTests.Docs;

/// <summary>The configuration as a Markdown table, made of the option classes, their attributes and their XML comments.</summary>
internal sealed class OptionsTable
{
    private static readonly Dictionary<Type, string> SectionsWithoutConstant = new()
    {
        [typeof(PipelineOptions)] = "Pipeline",
        [typeof(RabbitMqOptions)] = RabbitMqServiceCollectionExtensions.Section,
        [typeof(FinishedJobsOptions)] = RabbitMqServiceCollectionExtensions.FinishedJobsSection,
    };

    private readonly XmlComments _comments = new();
    private readonly StringBuilder _rows = new();
    private readonly HashSet<Type> _seen = [];

    /// <summary>Every class of settings in the worker's assemblies.</summary>
    public static IReadOnlyList<Type> OptionClasses { get; } =
    [
        .. typeof(WorkerHost).Assembly.GetReferencedAssemblies().Where(name => name.Name!.StartsWith("VoiceWorker.", StringComparison.Ordinal)).Select(Assembly.Load).Append(typeof(WorkerHost).Assembly)
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.Name.EndsWith("Options", StringComparison.Ordinal)),
    ];

    /// <summary>Every setting's name, <c>Section:Key</c>.</summary>
    public List<string> Keys { get; } = [];

    /// <summary>Classes that no section leads to.</summary>
    public IEnumerable<Type> Unreached => OptionClasses.Except(_seen);

    /// <summary>Builds the table.</summary>
    public string Build()
    {
        _rows.Append("| setting | default | allowed | meaning |\n| --- | --- | --- | --- |\n");
        foreach (var (section, type) in OptionClasses.Select(t => (Section: SectionOf(t), Type: t)).Where(s => s.Section is not null).OrderBy(s => s.Section, StringComparer.Ordinal))
            AddClass(section!, type, Activator.CreateInstance(type)!);
        return _rows.ToString();
    }

    private static string? SectionOf(Type type) =>
        SectionsWithoutConstant.GetValueOrDefault(type) ?? type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string;

    private void AddClass(string section, Type type, object defaults)
    {
        _seen.Add(type);
        // The same settings for every stage, with defaults that depend on the machine: named once, after the stages.
        var stages = type.GetProperties().Where(p => p.PropertyType.IsAssignableTo(typeof(BlockOptions))).ToList();
        foreach (var property in type.GetProperties().Where(p => p.DeclaringType != typeof(object)))
        {
            var key = $"{section}:{property.Name}";
            var value = property.GetValue(defaults);
            if (stages.Contains(property))
                AddRow(key, "", "", property);
            else if (OptionClasses.Contains(property.PropertyType))
                AddClass(key, property.PropertyType, value!);
            else
                AddRow(key, Text(value), Allowed(property), property);
        }

        if (stages.Count == 0)
            return;
        _seen.UnionWith([typeof(BlockOptions), typeof(StageOptions)]);
        foreach (var property in typeof(StageOptions).GetProperties())
            AddRow($"{section}:<Stage>:{property.Name}", "by stage", Allowed(property), property);
    }

    private void AddRow(string key, string value, string allowed, PropertyInfo property)
    {
        Keys.Add(key);
        _rows.Append(CultureInfo.InvariantCulture, $"| `{key}` | {Code(value)} | {Cell(allowed)} | {Cell(_comments.Of(property))} |\n");
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        TimeSpan time => time.Milliseconds == 0 ? time.ToString("c") : time.ToString("c").TrimEnd('0'),
        bool flag => flag ? "true" : "false",
        IEnumerable<KeyValuePair<string, string>> pairs => string.Join(", ", pairs.Select(p => $"{p.Key}: {p.Value}")),
        System.Collections.IEnumerable list => string.Join(", ", list.Cast<object>()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Allowed(PropertyInfo property) => property.GetCustomAttribute<RangeAttribute>() is { } range
        ? string.Create(CultureInfo.InvariantCulture, $"{range.Minimum} to {range.Maximum}")
        : string.Join(", ", property.GetCustomAttribute<AllowedValuesAttribute>()?.Values ?? []);

    private static string Code(string text) => text.Length is 0 || text == "by stage" ? text : $"`{Cell(text)}`";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
