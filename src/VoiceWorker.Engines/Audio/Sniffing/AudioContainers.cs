namespace VoiceWorker.Engines.Audio.Sniffing;

/// <summary>Every format the worker accepts.</summary>
internal static class AudioContainers
{
    /// <summary>What an error message says would be right.</summary>
    public const string Accepted =
        "WAV, Ogg (Opus, Vorbis, FLAC, Speex), WebM or Matroska, MP3, FLAC, MP4/M4A/3GP, AAC (ADTS), AMR, AMR-WB, AIFF";

    private const string Mpeg = "mp3float,mp3,mp2float,mp2";
    private const string Pcm = "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_u8,pcm_s8,pcm_alaw,pcm_mulaw";

    /// <summary>RIFF/WAVE, RF64, BW64. PCM is read in process; ffmpeg only sees the compressed kinds.</summary>
    public static readonly AudioContainer Wav = new("wav", "wav", "adpcm_ms,adpcm_ima_wav,gsm_ms,g726,adpcm_g726," + Mpeg);

    /// <summary>Opus in Ogg (RFC 7845).</summary>
    public static readonly AudioContainer OggOpus = Ogg("opus", "opus,libopus");

    /// <summary>Vorbis in Ogg.</summary>
    public static readonly AudioContainer OggVorbis = Ogg("vorbis", "vorbis,libvorbis");

    /// <summary>FLAC in Ogg.</summary>
    public static readonly AudioContainer OggFlac = Ogg("flac", "flac");

    /// <summary>Speex in Ogg.</summary>
    public static readonly AudioContainer OggSpeex = Ogg("speex", "speex,libspeex");

    /// <summary>Ogg whose first stream is something else, a picture perhaps; the audio follows.</summary>
    public static readonly AudioContainer OggOther = Ogg("other", "opus,libopus,vorbis,libvorbis,flac,speex,libspeex");

    /// <summary>WebM and Matroska: EBML (RFC 8794).</summary>
    public static readonly AudioContainer Matroska =
        new("webm", "matroska", "opus,libopus,vorbis,libvorbis,aac,flac,alac,ac3,eac3," + Mpeg + "," + Pcm);

    /// <summary>MPEG audio layers II and III.</summary>
    public static readonly AudioContainer Mp3 = new("mp3", "mp3", Mpeg);

    /// <summary>Native FLAC (RFC 9639).</summary>
    public static readonly AudioContainer Flac = new("flac", "flac", "flac");

    /// <summary>ISO base media: MP4, M4A, 3GP, QuickTime.</summary>
    public static readonly AudioContainer Mp4 =
        new("mp4", "mov", "aac,alac,opus,libopus,flac,amrnb,amrwb,libopencore_amrnb,libopencore_amrwb,ac3,eac3," + Mpeg + "," + Pcm);

    /// <summary>Raw AAC in ADTS frames.</summary>
    public static readonly AudioContainer Adts = new("aac", "aac", "aac");

    /// <summary>AMR narrow band (RFC 4867).</summary>
    public static readonly AudioContainer Amr = new("amr", "amr", "amrnb,libopencore_amrnb");

    /// <summary>AMR wide band (RFC 4867).</summary>
    public static readonly AudioContainer AmrWb = new("amr-wb", "amr", "amrwb,libopencore_amrwb");

    /// <summary>AIFF and AIFF-C.</summary>
    public static readonly AudioContainer Aiff = new("aiff", "aiff", Pcm);

    private static AudioContainer Ogg(string codec, string decoders) => new($"ogg/{codec}", "ogg", decoders);
}
