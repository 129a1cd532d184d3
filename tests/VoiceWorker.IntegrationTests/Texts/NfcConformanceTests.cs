using System.Diagnostics;
using System.Globalization;
using System.Text;
using VoiceWorker.Contract.Texts;

namespace VoiceWorker.IntegrationTests.Texts;

/// <summary>The worker's NFC against Python's, for every character and for random runs of letters and marks.</summary>
public sealed class NfcConformanceTests
{
    // Characters that Python's Unicode does not know yet are left out.
    private const string Program = """
        import random, sys, unicodedata as u
        random.seed(15)
        known = [c for c in map(chr, range(0x110000)) if u.category(c) not in ('Cn', 'Cs', 'Co')]
        marks = [c for c in known if u.combining(c)]
        joining = [c for c in known if u.decomposition(c)] + list(map(chr, range(0x1100, 0x1200)))
        texts = known + [u.normalize('NFD', c) for c in known if u.normalize('NFD', c) != c]
        texts += [random.choice(joining) + ''.join(random.choice(random.choice((marks, joining, known))) for _ in range(random.randint(1, 8))) for _ in range(20000)]
        show = lambda text: ' '.join('%x' % ord(c) for c in text)
        for text in texts:
            print(show(text) + ';' + show(u.normalize('NFC', text)))
        """;

    [Fact(Timeout = 180_000)]
    public async Task Compose_EveryCharacter_IsWhatPythonMakesOfIt()
    {
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-I", "-c", Program]) { RedirectStandardOutput = true })!;
        var (compared, wrong) = (0, new List<string>());
        while (await python.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            var sides = line.Split(';').Select(side => string.Concat(side.Split(' ').Select(code => char.ConvertFromUtf32(int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture))))).ToArray();
            compared++;
            if (Nfc.Compose(sides[0]) != sides[1])
                wrong.Add(line);
        }

        Assert.True(compared > 100_000, $"Python wrote {compared} lines.");
        Assert.True(wrong.Count == 0, new StringBuilder($"{wrong.Count} of {compared}: ").AppendJoin(", ", wrong.Take(20)).ToString());
    }
}
