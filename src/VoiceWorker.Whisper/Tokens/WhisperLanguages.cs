namespace VoiceWorker.Whisper.Tokens;

/// <summary>The languages of whisper's multilingual models, in the order of their tokens (OpenAI's <c>tokenizer.py</c>).</summary>
public static class WhisperLanguages
{
    private static readonly string[] Codes =
        ("en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur hr bg lt la mi ml cy sk te fa lv bn sr az sl kn et mk " +
        "br eu is hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd gu am yi lo uz fo ht ps tk nn mt sa lb my bo tl mg as tt haw ln ha ba jw su yue").Split(' ');

    /// <summary>The codes a model knows: ISO 639-1, but for <c>haw</c>, <c>yue</c> and <c>jw</c> (Javanese).</summary>
    /// <param name="count">How many language tokens the model has: 0, 99 or 100.</param>
    public static ReadOnlySpan<string> Of(int count) => Codes.AsSpan(0, count);

    /// <summary>A language's place, or -1. <c>jv</c>, today's code of Javanese, is understood.</summary>
    public static int IndexOf(string code) =>
        Array.FindIndex(Codes, known => known.Equals(code is "jv" ? "jw" : code, StringComparison.OrdinalIgnoreCase));
}
