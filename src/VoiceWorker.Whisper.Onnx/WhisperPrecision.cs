namespace VoiceWorker.Whisper.Onnx;

/// <summary>How exactly the network is computed.</summary>
public enum WhisperPrecision
{
    /// <summary>Single precision, whatever the file's: the text of whisper.cpp.</summary>
    Full,

    /// <summary>
    /// 8-bit weights and 8-bit products: about half the time and a quarter of the memory. Where two words are almost
    /// equally likely, the other one may win.
    /// </summary>
    EightBit,
}
