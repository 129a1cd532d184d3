using Microsoft.Extensions.Options;

namespace VoiceWorker.RabbitMq.Idempotency;

/// <summary>Checks the fields by their attributes, and that Redis' settings can be read.</summary>
internal sealed class FinishedJobsOptionsValidator : IValidateOptions<FinishedJobsOptions>
{
    private readonly FinishedJobsFieldsValidator _fields = new();

    public ValidateOptionsResult Validate(string? name, FinishedJobsOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        errors.AddResult(_fields.Validate(name, options));
        if (options.RedisPasswordFile is { } path && !File.Exists(path))
            errors.AddError($"FinishedJobs:RedisPasswordFile names {path}, which does not exist or may not be read.");
        else if (options.Redis is not null && !IsReadable(options))
            errors.AddError("FinishedJobs:Redis must look like host:6379 or host:6379,ssl=true,user=name; the password may be in RedisPasswordFile.");
        return errors.Build();
    }

    private static bool IsReadable(FinishedJobsOptions options)
    {
        try
        {
            return SharedFinishedJobs.Configuration(options).EndPoints.Count > 0;
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

[OptionsValidator]
internal sealed partial class FinishedJobsFieldsValidator : IValidateOptions<FinishedJobsOptions>;
