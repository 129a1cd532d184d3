using System.Reflection;

namespace VoiceWorker.UnitTests.Docs;

/// <summary>The bodies that another class of tests tries, taken from its attributes: what is added there counts here, too.</summary>
internal static class SampleBodies
{
    private static readonly string[] Parameters = ["body", "message"];

    /// <summary>The values of a class's parameters that are bodies.</summary>
    public static IEnumerable<string> Of(Type tests) =>
        from method in tests.GetMethods()
        let at = Array.FindIndex(method.GetParameters(), parameter => Parameters.Contains(parameter.Name) && parameter.ParameterType == typeof(string))
        where at >= 0
        from row in method.GetCustomAttributes<InlineDataAttribute>()
        select (string)row.Data[at]!;
}
