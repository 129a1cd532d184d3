using System.Net;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.Http;

namespace VoiceWorker.Engines.OpenAi;

/// <summary>One OpenAI-compatible server: its requests, and whether it is there and does what it is asked.</summary>
internal sealed class OpenAiServer
{
    private readonly OpenAiServerOptions _options;
    private readonly string _section;
    private readonly TrialRequest _trial;

    /// <param name="http">The server.</param>
    /// <param name="options">Address and model.</param>
    /// <param name="section">The options' section, for remedies.</param>
    /// <param name="settings">The settings beside the model that the server may dislike, such as <c>MaxTokens 9</c>; empty for none.</param>
    /// <param name="trial">A small piece of work that is known to be good.</param>
    /// <param name="isCertain">Whether every server does it.</param>
    public OpenAiServer(EngineHttp http, OpenAiServerOptions options, string section, string settings, Func<CancellationToken, Task> trial, bool isCertain = true)
    {
        (Http, _options, _section) = (http, options, section);
        _trial = new TrialRequest(http.Engine, $"{section}: Model {options.Model}{(settings.Length > 0 ? ", " : "")}{settings}", trial, isCertain);
    }

    /// <summary>The server's requests.</summary>
    public EngineHttp Http { get; }

    /// <inheritdoc cref="TrialRequest.SendAsync"/>
    public Task<T> SendAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken) => _trial.SendAsync(request, cancellationToken);

    /// <inheritdoc cref="TrialRequest.PassesAsync"/>
    public ValueTask<bool> PassesTestAsync(CancellationToken cancellationToken) => _trial.PassesAsync(cancellationToken);

    /// <summary>
    /// Reads <c>/v1/models</c>, and after a failure sends the trial. Not every server has the list, and many take names
    /// that are not on it.
    /// </summary>
    public async ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken) =>
        await _trial.CheckAsync(await ListedAsync(cancellationToken), $"Mend the settings of {_section}; the server's words tell which.", cancellationToken);

    private async ValueTask<EngineStatus> ListedAsync(CancellationToken cancellationToken)
    {
        var model = $"{_options.Model} at {_options.BaseAddress}";
        try
        {
            var models = await Http.GetAsync(new Uri("models", UriKind.Relative), OpenAiJsonContext.Default.ModelList, cancellationToken);
            return models.Data.Any(entry => entry.Id == _options.Model)
                ? new EngineStatus(true, model)
                : new EngineStatus(
                    true,
                    $"{model}, which does not list it",
                    $"If jobs fail, set {_section}:Model to one of: {string.Join(", ", models.Data.Select(entry => entry.Id).Take(20))}");
        }
        catch (EngineException e) when (e.InnerException is HttpRequestException { StatusCode: HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented })
        {
            return new EngineStatus(true, $"{model}, which answers but lists no models", $"If jobs fail, check that {_section}:BaseAddress is right; most end in /v1.");
        }
        catch (EngineException e)
        {
            return new EngineStatus(false, e.Message, $"Check {_section}:BaseAddress ({_options.BaseAddress}) and {_section}:ApiKeyFile.");
        }
    }
}
