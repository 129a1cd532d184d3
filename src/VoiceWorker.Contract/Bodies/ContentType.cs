namespace VoiceWorker.Contract.Bodies;

/// <summary>The parts of a media type with parameters, <c>application/json; charset=utf-8</c> (RFC 9110, 8.3.1).</summary>
internal static class ContentType
{
    /// <summary>The media type alone, in lower case; empty when there is none.</summary>
    public static string Essence(string? contentType)
    {
        var end = contentType.AsSpan().IndexOf(';');
        return (end < 0 ? contentType : contentType![..end])?.Trim().ToLowerInvariant() ?? "";
    }

    /// <summary>A parameter's value in lower case and without quotation marks; null when it is not there.</summary>
    public static string? Parameter(string? contentType, string name)
    {
        foreach (var parameter in (contentType ?? "").Split(';').Skip(1))
        {
            if (parameter.Split('=', 2) is [var key, var value] && key.Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                return value.Trim().Trim('"').ToLowerInvariant();
        }

        return null;
    }
}
