using System.Globalization;

namespace VoiceWorker.LoadTests.Contestants;

/// <summary>Who answers which queue, and with what.</summary>
/// <param name="Kind">Who.</param>
/// <param name="Port">The broker's port on loopback.</param>
/// <param name="Queue">The queue of jobs; for <see cref="ContestantKind.EnginesOnly"/> the name of a mix of jobs.</param>
/// <param name="FreeReplyBytes">With engines that cost nothing: how large the replies are. Null for the real engines.</param>
/// <param name="Prefetch">Deliveries in flight at most; for <see cref="ContestantKind.Async"/> its number of handlers, too.</param>
/// <param name="Worker">More settings of the worker's, as on its command line.</param>
internal sealed record ContestantSettings(ContestantKind Kind, int Port, string Queue, int? FreeReplyBytes, int? Prefetch, params IReadOnlyList<string> Worker)
{
    /// <summary>Whether the engines cost nothing.</summary>
    public bool IsFree => FreeReplyBytes is not null;

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public IEnumerable<string> Format() =>
    [
        $"{Kind}", Text(Port), Queue, FreeReplyBytes is { } bytes ? Text(bytes) : "-", Prefetch is { } prefetch ? Text(prefetch) : "-", .. Worker,
    ];

    /// <summary>Reads what <see cref="Format"/> has written.</summary>
    public static ContestantSettings Parse(IReadOnlyList<string> text) => new(
        Enum.Parse<ContestantKind>(text[0]), Number(text[1])!.Value, text[2], Number(text[3]), Number(text[4]), [.. text.Skip(5)]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int? Number(string text) => text == "-" ? null : int.Parse(text, CultureInfo.InvariantCulture);
}
