namespace VoiceWorker.Contract.Replies;

/// <summary>The progress messages of one job, in the order in which they are sent.</summary>
public enum ProgressEvent
{
    /// <summary><c>processing_started</c>.</summary>
    Started,

    /// <summary><c>processing_update</c> with stage <c>decoding_audio</c>.</summary>
    DecodingAudio,

    /// <summary><c>processing_update</c> with stage <c>speech_recognition</c>.</summary>
    SpeechRecognition,

    /// <summary><c>stt_result</c> with the recognised text.</summary>
    SpeechRecognized,

    /// <summary><c>processing_update</c> with stage <c>text_processing</c>.</summary>
    TextProcessing,

    /// <summary><c>processing_update</c> with stage <c>translation</c>.</summary>
    Translating,

    /// <summary><c>translation_result</c> with the translated text.</summary>
    Translated,

    /// <summary><c>processing_update</c> with stage <c>text_to_speech</c>.</summary>
    TextToSpeech,
}
