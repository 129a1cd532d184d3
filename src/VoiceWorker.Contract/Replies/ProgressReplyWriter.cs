using System.Diagnostics;
using System.Text.Json;

namespace VoiceWorker.Contract.Replies;

/// <summary>Writes <c>processing_started</c>, <c>processing_update</c>, <c>stt_result</c> and <c>translation_result</c>.</summary>
internal static class ProgressReplyWriter
{
    public static void Write(Utf8JsonWriter writer, ProgressReply reply)
    {
        writer.WriteString("type"u8, TypeOf(reply.Event));
        writer.WriteStartObject("data"u8);
        writer.WriteString("message_id"u8, reply.MessageId);
        switch (reply.Event)
        {
            case ProgressEvent.Started:
                break;
            case ProgressEvent.SpeechRecognized:
                writer.WriteString("original_text"u8, reply.Text);
                writer.WriteString("status"u8, "stt_complete"u8);
                break;
            case ProgressEvent.Translated:
                writer.WriteString("translated_text"u8, reply.Text);
                writer.WriteString("status"u8, "translation_complete"u8);
                break;
            default:
                writer.WriteString("stage"u8, StageOf(reply.Event));
                break;
        }

        writer.WriteEndObject();
    }

    private static ReadOnlySpan<byte> TypeOf(ProgressEvent progress) => progress switch
    {
        ProgressEvent.Started => "processing_started"u8,
        ProgressEvent.SpeechRecognized => "stt_result"u8,
        ProgressEvent.Translated => "translation_result"u8,
        _ => "processing_update"u8,
    };

    private static ReadOnlySpan<byte> StageOf(ProgressEvent progress) => progress switch
    {
        ProgressEvent.DecodingAudio => "decoding_audio"u8,
        ProgressEvent.SpeechRecognition => "speech_recognition"u8,
        ProgressEvent.TextProcessing => "text_processing"u8,
        ProgressEvent.Translating => "translation"u8,
        ProgressEvent.TextToSpeech => "text_to_speech"u8,
        _ => throw new UnreachableException(),
    };
}
