using System.Net;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.Http;

namespace VoiceWorker.Engines.OpenAi;

/// <summary>Asks an OpenAI-compatible server whether it is there and has the model.</summary>
internal static class OpenAiDoctor
{
    /// <summary>
    /// Reads <c>/v1/models</c>. Ready means reachable and let in: not every server has the list, and many take names
    /// that are not on it.
    /// </summary>
    /// <param name="http">The server.</param>
    /// <param name="options">Address and model.</param>
    /// <param name="section">The options' section, for the remedy.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public static async ValueTask<EngineStatus> CheckAsync(EngineHttp http, OpenAiServerOptions options, string section, CancellationToken cancellationToken)
    {
        var model = $"{options.Model} at {options.BaseAddress}";
        try
        {
            var models = await http.GetAsync(new Uri("models", UriKind.Relative), OpenAiJsonContext.Default.ModelList, cancellationToken);
            return models.Data.Any(entry => entry.Id == options.Model)
                ? new EngineStatus(true, model)
                : new EngineStatus(
                    true,
                    $"{model}, which does not list it",
                    $"If jobs fail, set {section}:Model to one of: {string.Join(", ", models.Data.Select(entry => entry.Id).Take(20))}");
        }
        catch (EngineException e) when (e.InnerException is HttpRequestException { StatusCode: HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed })
        {
            return new EngineStatus(true, $"{model}, which answers but lists no models", $"If jobs fail, check that {section}:BaseAddress is right; most end in /v1.");
        }
        catch (EngineException e)
        {
            return new EngineStatus(false, e.Message, $"Check {section}:BaseAddress ({options.BaseAddress}) and {section}:ApiKeyFile.");
        }
    }
}
