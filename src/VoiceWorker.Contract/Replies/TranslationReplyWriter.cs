using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.Text.Json;
using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.Contract.Replies;

/// <summary>Writes <c>translation_complete</c>.</summary>
internal static class TranslationReplyWriter
{
    private static readonly Stage[] TimedStages = [Stage.Decode, Stage.Transcribe, Stage.Translate, Stage.Synthesize, Stage.Encode];

    public static void Write(Utf8JsonWriter writer, IBufferWriter<byte> output, TranslationReply reply)
    {
        var (source, text, targetLanguage) = reply.Translation;
        writer.WriteString("type"u8, "translation_complete"u8);
        writer.WriteStartObject("data"u8);
        writer.WriteString("message_id"u8, reply.MessageId);
        writer.WriteString("original_text"u8, source.Text);
        writer.WriteString("translated_text"u8, text);
        if (reply.IncludesOriginalAudio)
        {
            WriteAudio(writer, output, "audio_url_original"u8, reply.OriginalAudio);
            WriteAudio(writer, output, "audio_url_translated"u8, reply.TranslatedAudio);
        }
        else
        {
            WriteAudio(writer, output, "audio_url"u8, reply.TranslatedAudio);
        }

        writer.WriteString("status"u8, source.Text.Length == 0 ? "no_speech"u8 : "complete"u8);
        writer.WriteString("source_lang"u8, source.Language);
        writer.WriteString("target_lang"u8, targetLanguage);
        writer.WriteString("content_type"u8, (reply.TranslatedAudio ?? reply.OriginalAudio)?.Format.MediaType());
        writer.WriteBoolean("needs_fallback"u8, reply.NeedsFallback);
        writer.WriteString("voice_used"u8, reply.VoiceUsed);
        WriteSegments(writer, source.Segments);
        WriteTimings(writer, reply.Timings);
        writer.WriteNumber("attempt"u8, reply.Attempt);
        writer.WriteEndObject();
    }

    private static void WriteAudio(Utf8JsonWriter writer, IBufferWriter<byte> output, ReadOnlySpan<byte> name, EncodedAudio? audio)
    {
        if (audio is null)
        {
            writer.WriteNull(name);
            return;
        }

        // The beginning of the string counts as a whole value to the JSON writer; the rest goes past it, so that
        // the base64 is written once, where it belongs.
        writer.WritePropertyName(name);
        writer.WriteRawValue(Prefix(audio.Format), skipInputValidation: true);
        writer.Flush();
        var data = audio.Data.Span;
        var target = output.GetSpan(Base64.GetMaxEncodedToUtf8Length(data.Length) + 1);
        Base64.EncodeToUtf8(data, target, out _, out var written);
        target[written] = (byte)'"';
        output.Advance(written + 1);
    }

    private static ReadOnlySpan<byte> Prefix(AudioFormat format) => format switch
    {
        AudioFormat.OggOpus => "\"data:audio/ogg;base64,"u8,
        AudioFormat.Wav => "\"data:audio/wav;base64,"u8,
        AudioFormat.Mp3 => "\"data:audio/mpeg;base64,"u8,
        AudioFormat.Flac => "\"data:audio/flac;base64,"u8,
        _ => throw new UnreachableException(),
    };

    private static void WriteSegments(Utf8JsonWriter writer, IReadOnlyList<Segment> segments)
    {
        writer.WriteStartArray("segments"u8);
        foreach (var segment in segments)
        {
            writer.WriteStartObject();
            writer.WriteNumber("start"u8, Math.Round(segment.Start, 3));
            writer.WriteNumber("end"u8, Math.Round(segment.End, 3));
            writer.WriteString("text"u8, segment.Text);
            if (segment.Confidence is { } confidence)
                writer.WriteNumber("confidence"u8, Math.Round(confidence, 3));
            if (segment.Words is { } words)
                WriteWords(writer, words);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteWords(Utf8JsonWriter writer, IReadOnlyList<Word> words)
    {
        writer.WriteStartArray("words"u8);
        foreach (var word in words)
        {
            writer.WriteStartObject();
            writer.WriteNumber("start"u8, Math.Round(word.Start, 3));
            writer.WriteNumber("end"u8, Math.Round(word.End, 3));
            writer.WriteString("word"u8, word.Text);
            writer.WriteNumber("confidence"u8, Math.Round(word.Confidence, 3));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTimings(Utf8JsonWriter writer, StageTimings timings)
    {
        writer.WriteStartObject("timings"u8);
        foreach (var stage in TimedStages)
        {
            if (timings.Run(stage) is { Ticks: > 0 } time)
                writer.WriteNumber(WireNames.Of(stage), Math.Round(time.TotalSeconds, 4));
        }

        writer.WriteEndObject();
    }
}
