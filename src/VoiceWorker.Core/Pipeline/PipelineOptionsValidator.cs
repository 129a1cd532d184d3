using Microsoft.Extensions.Options;

namespace VoiceWorker.Core.Pipeline;

/// <summary>Checks each field by its attributes and then the rules between fields; reports everything it finds.</summary>
public sealed class PipelineOptionsValidator : IValidateOptions<PipelineOptions>
{
    private readonly PipelineFieldsValidator _fields = new();

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PipelineOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        errors.AddResult(_fields.Validate(name, options));
        foreach (var (stage, o) in options.Stages.Where(s => s.Options.Capacity < s.Options.Parallelism))
            errors.AddError($"Pipeline:{stage}:Capacity is {o.Capacity}, below its Parallelism of {o.Parallelism}: the surplus could never work. Raise Capacity or lower Parallelism.");
        return errors.Build();
    }
}

[OptionsValidator]
internal sealed partial class PipelineFieldsValidator : IValidateOptions<PipelineOptions>;
