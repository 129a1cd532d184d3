using Microsoft.Extensions.Options;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.RabbitMq;

namespace VoiceWorker.Host.Hosting;

/// <summary>
/// The rules between time limits of different sections: who gives up first. A worker must not be restarted, nor a job be
/// taken away by the broker, while a stage is still within its own time.
/// </summary>
internal sealed class TimeLimitRules(IOptions<PipelineOptions> pipeline) : IValidateOptions<HttpOptions>, IValidateOptions<RabbitMqOptions>
{
    /// <summary>The liveness check waits longer than any one try of a stage, which may pass without a beat.</summary>
    public ValidateOptionsResult Validate(string? name, HttpOptions options)
    {
        var tooLong = Stages().Where(stage => stage.Options.Timeout >= options.StuckAfter)
            .Select(stage => $"{HttpOptions.Section}:{nameof(options.StuckAfter)} ({options.StuckAfter}) must be longer than Pipeline:{stage.Name}:Timeout ({stage.Options.Timeout}), or the worker is restarted while an engine is still within its time.")
            .ToList();
        return tooLong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(tooLong);
    }

    /// <summary>The broker waits for an acknowledgement longer than a job may take with every try of every stage.</summary>
    public ValidateOptionsResult Validate(string? name, RabbitMqOptions options)
    {
        var stages = Stages().OrderByDescending(stage => stage.Options.LongestRun).ToList();
        var longest = stages.Aggregate(TimeSpan.Zero, (sum, stage) => sum + stage.Options.LongestRun);
        return longest < options.ConsumerTimeout
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"RabbitMq:{nameof(options.ConsumerTimeout)} ({options.ConsumerTimeout}) must be longer than a job may take, {longest}: all tries of all stages, Pipeline:{stages[0].Name} alone {stages[0].Options.LongestRun}. "
                + $"Lower that stage's Timeout or Retries, or raise consumer_timeout in the broker's rabbitmq.conf and RabbitMq:{nameof(options.ConsumerTimeout)} with it.");
    }

    private IEnumerable<(string Name, StageOptions Options)> Stages()
    {
        try
        {
            // Publish and settle have no clock of their own.
            return [.. pipeline.Value.Stages.Where(stage => stage.Options is StageOptions).Select(stage => (stage.Name, (StageOptions)stage.Options))];
        }
        catch (OptionsValidationException)
        {
            // That section reports its mistakes itself.
            return [];
        }
    }
}
