using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.Core.Jobs;

/// <summary>A translation and the speech made of it.</summary>
/// <param name="Translation">Both texts.</param>
/// <param name="Translated">Speech of the translation; null when none was wanted or it could not be made.</param>
/// <param name="Original">Speech of the original text; null unless it was wanted.</param>
/// <param name="NeedsFallback">A recording failed for good: the receiver has to speak that text itself.</param>
public sealed record SpokenTranslation(Translation Translation, Speech? Translated, Speech? Original, bool NeedsFallback);
