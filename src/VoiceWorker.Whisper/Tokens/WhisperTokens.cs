namespace VoiceWorker.Whisper.Tokens;

/// <summary>
/// Ids of whisper's special tokens. They sit behind the text tokens in a fixed order and move with the number of
/// languages (OpenAI's <c>tokenizer.py</c>).
/// </summary>
/// <param name="vocabulary">Rows of the token embedding: 51864 (English only), 51865 or 51866.</param>
public sealed class WhisperTokens(int vocabulary)
{
    private const int EnglishVocabulary = 51864;
    private const int TextTokens = 50256;

    /// <summary>All tokens.</summary>
    public int Count => vocabulary;

    /// <summary>Whether the model has language and task tokens.</summary>
    public bool IsMultilingual => vocabulary > EnglishVocabulary;

    /// <summary>Languages that can be asked for: 0 in an English-only model.</summary>
    public int Languages => IsMultilingual ? vocabulary - 51766 : 0;

    /// <summary>Ends a text. Every id below is text.</summary>
    public int EndOfText => IsMultilingual ? TextTokens + 1 : TextTokens;

    /// <summary>Begins a prompt.</summary>
    public int StartOfTranscript => EndOfText + 1;

    /// <summary>Asks for English whatever is spoken.</summary>
    public int Translate => NoTimestamps - 5;

    /// <summary>Asks for the spoken language.</summary>
    public int Transcribe => NoTimestamps - 4;

    /// <summary>Begins the text that went before.</summary>
    public int Previous => NoTimestamps - 2;

    /// <summary>Marks a speaker's turn in models trained for it.</summary>
    public int SpeakerTurn => NoTimestamps - 3;

    /// <summary>Its probability at the start is that of a window without speech.</summary>
    public int NoSpeech => NoTimestamps - 1;

    /// <summary>Asks for text without timestamps.</summary>
    public int NoTimestamps => FirstTimestamp - 1;

    /// <summary>0.00 s; each following token is 0.02 s later, up to 30.00 s.</summary>
    public int FirstTimestamp => vocabulary - 1501;

    /// <summary>The token of a language by its place in <see cref="WhisperLanguages"/>.</summary>
    public int Language(int index) => StartOfTranscript + 1 + index;

    /// <summary>Whether a token is a timestamp.</summary>
    public bool IsTimestamp(int token) => token >= FirstTimestamp;
}
