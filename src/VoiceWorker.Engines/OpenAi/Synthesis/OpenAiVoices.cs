using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Texts;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Engines.OpenAi.Synthesis;

/// <summary>Chooses a voice: the job's wish, else the sender's, else the language's, else the default.</summary>
internal static class OpenAiVoices
{
    /// <summary>The voice to ask the server for.</summary>
    /// <exception cref="EngineException">The job asks for a voice that is not allowed.</exception>
    public static string Choose(OpenAiSpeechOptions options, string language, string? wish, string? senderId)
    {
        if (!string.IsNullOrEmpty(wish))
        {
            return options.AllowedVoices.Count == 0 || options.AllowedVoices.Contains(wish)
                ? wish
                : throw EngineException.BadJob(ErrorCode.UnsupportedOption, $"There is no voice '{wish}'; there are {string.Join(", ", options.AllowedVoices)}.");
        }

        return senderId is not null && options.SenderVoices.TryGetValue(senderId, out var own) ? own
            : options.LanguageVoices.TryGetValue(language, out var common) ? common
            : LanguageTag.TryParse(language, out var tag) && options.LanguageVoices.TryGetValue(tag.Language, out common) ? common
            : options.Voice;
    }
}
