using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.Http;

namespace VoiceWorker.Engines.OpenAi;

/// <summary>Asks an OpenAI-compatible server whether it is there and has the model.</summary>
internal static class OpenAiDoctor
{
    /// <summary>Reads <c>/v1/models</c>.</summary>
    /// <param name="http">The server.</param>
    /// <param name="options">Address and model.</param>
    /// <param name="section">The options' section, for the remedy.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public static async ValueTask<EngineStatus> CheckAsync(EngineHttp http, OpenAiServerOptions options, string section, CancellationToken cancellationToken)
    {
        try
        {
            var models = await http.GetAsync(new Uri("models", UriKind.Relative), OpenAiJsonContext.Default.ModelList, cancellationToken);
            return models.Data.Any(model => model.Id == options.Model)
                ? new EngineStatus(true, $"{options.Model} at {options.BaseAddress}")
                : new EngineStatus(
                    false,
                    $"The server at {options.BaseAddress} does not list the model {options.Model}.",
                    $"Set {section}:Model to one of: {string.Join(", ", models.Data.Select(model => model.Id).Take(20))}");
        }
        catch (EngineException e)
        {
            return new EngineStatus(false, e.Message, $"Check {section}:BaseAddress ({options.BaseAddress}) and {section}:ApiKeyFile.");
        }
    }
}
