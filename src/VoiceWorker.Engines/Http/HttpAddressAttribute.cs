using System.ComponentModel.DataAnnotations;

namespace VoiceWorker.Engines.Http;

/// <summary>Accepts an absolute http or https address without a query; null is left to <c>[Required]</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HttpAddressAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    public override string FormatErrorMessage(string name) =>
        $"{name} must be an absolute address such as http://127.0.0.1:5000/, http or https, without a query.";

    /// <inheritdoc/>
    public override bool IsValid(object? value) =>
        value is null
        || (value is Uri { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "", Fragment: "" } uri && uri.UserInfo.Length == 0);
}
