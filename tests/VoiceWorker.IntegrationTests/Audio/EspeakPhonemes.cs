using CliWrap;
using CliWrap.Buffered;
using VoiceWorker.Engines.EspeakNg;

namespace VoiceWorker.IntegrationTests.Audio;

/// <summary>What the installed espeak-ng says, as its phoneme codes.</summary>
internal static class EspeakPhonemes
{
    /// <summary>The codes of a text as the worker hands it over, without stress, which depends on the sentence, and without spaces.</summary>
    public static Task<string> OfTextAsync(string text, string voice, CancellationToken cancellationToken) =>
        OfBytesAsync(SpokenText.Encode(SpokenText.Of(text)), voice, cancellationToken);

    /// <summary>The codes of what stands alone, handed over as it is.</summary>
    public static Task<string> OfBytesAsync(byte[] text, string voice, CancellationToken cancellationToken) => RunAsync(text, voice, cancellationToken);

    private static async Task<string> RunAsync(byte[] text, string voice, CancellationToken cancellationToken)
    {
        var run = await Cli.Wrap("espeak-ng").WithArguments(["-q", "-x", "-v", voice, "--stdin"]).WithStandardInputPipe(PipeSource.FromBytes(text)).ExecuteBufferedAsync(cancellationToken);
        return string.Concat(run.StandardOutput.Where(code => !char.IsWhiteSpace(code) && code is not ('\'' or ',' or '_' or '|')));
    }
}
