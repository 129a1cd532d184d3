using VoiceWorker.Audio.Caf;
using VoiceWorker.Audio.Mp4;

namespace VoiceWorker.Audio.Sniffing;

/// <summary>Every format the worker accepts.</summary>
internal static class AudioContainers
{
    /// <summary>What an error message says would be right.</summary>
    public const string Accepted =
        "WAV, Wave64, Ogg (Opus, Vorbis, FLAC, Speex), WebM or Matroska, MP3, FLAC, MP4/M4A/3GP/QuickTime, CAF, AAC (ADTS), AMR, AMR-WB, AIFF, AU, WMA (ASF), WavPack, FLV";

    private const string Mpeg = "mp3float,mp3,mp2float,mp2";

    private const string Pcm =
        "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_s64le,pcm_s64be,pcm_f32le,pcm_f32be,pcm_f64le,pcm_f64be,pcm_u8,pcm_s8,pcm_alaw,pcm_mulaw";

    // What a WAVEFORMATEX can name, in whatever file.
    private const string Wave =
        Mpeg + "," + Pcm + ",adpcm_ms,adpcm_ima_wav,adpcm_yamaha,gsm_ms,libgsm_ms,g722,g726,g723_1,truespeech,aac,flac,ac3,wmav1,wmav2,wmapro,wmavoice,wmalossless";

    // What Apple's files can name.
    private const string QuickTime =
        Mpeg + "," + Pcm + ",aac,alac,opus,libopus,flac,amrnb,amrwb,libopencore_amrnb,libopencore_amrwb,ac3,eac3,adpcm_ima_qt,adpcm_ima_wav,adpcm_ms,gsm,libgsm,ilbc,libilbc,g722,evrc,qcelp,mace3,mace6";

    /// <summary>RIFF/WAVE, RF64, BW64, RIFX. Plain PCM is read in process; ffmpeg sees the rest.</summary>
    public static readonly AudioContainer Wav = new("wav", "wav", Wave);

    /// <summary>Sony's Wave64.</summary>
    public static readonly AudioContainer Wave64 = new("w64", "w64", Wave);

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
    public static readonly AudioContainer Matroska = new("webm", "matroska", "opus,libopus,vorbis,libvorbis,alac,eac3,wavpack,tta," + Wave);

    /// <summary>MPEG audio layers II and III.</summary>
    public static readonly AudioContainer Mp3 = new("mp3", "mp3", Mpeg);

    /// <summary>Native FLAC (RFC 9639).</summary>
    public static readonly AudioContainer Flac = new("flac", "flac", "flac");

    /// <summary>ISO base media: MP4, M4A, 3GP; QuickTime.</summary>
    public static readonly AudioContainer Mp4 = new("mp4", "mov", QuickTime) { Arrange = Mp4FastStart.Arrange };

    /// <summary>Apple's Core Audio Format.</summary>
    public static readonly AudioContainer Caf = new("caf", "caf", QuickTime) { Arrange = CafFastStart.Arrange };

    /// <summary>Raw AAC in ADTS frames.</summary>
    public static readonly AudioContainer Adts = new("aac", "aac", "aac");

    /// <summary>AMR narrow band (RFC 4867).</summary>
    public static readonly AudioContainer Amr = new("amr", "amr", "amrnb,libopencore_amrnb");

    /// <summary>AMR wide band (RFC 4867).</summary>
    public static readonly AudioContainer AmrWb = new("amr-wb", "amr", "amrwb,libopencore_amrwb");

    /// <summary>AIFF and AIFF-C.</summary>
    public static readonly AudioContainer Aiff = new("aiff", "aiff", QuickTime);

    /// <summary>Sun's and NeXT's AU, also named SND.</summary>
    public static readonly AudioContainer Au = new("au", "au", "g722,g726le,g726," + Pcm);

    /// <summary>Microsoft's ASF, whose audio is named WMA.</summary>
    public static readonly AudioContainer Asf = new("asf", "asf", Wave);

    /// <summary>WavPack.</summary>
    public static readonly AudioContainer WavPack = new("wavpack", "wv", "wavpack");

    /// <summary>Flash video, which streaming servers record.</summary>
    public static readonly AudioContainer Flv = new("flv", "flv", "aac,speex,libspeex,nellymoser,adpcm_swf," + Mpeg + "," + Pcm);

    private static AudioContainer Ogg(string codec, string decoders) => new($"ogg/{codec}", "ogg", decoders);
}
