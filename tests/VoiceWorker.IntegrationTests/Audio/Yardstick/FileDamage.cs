namespace VoiceWorker.IntegrationTests.Audio.Yardstick;

/// <summary>What happens to files on their way: cut, damaged, with something in front or behind, with sizes that were never set.</summary>
internal static class FileDamage
{
    /// <summary>One of each container, and of Ogg and MP4 some more.</summary>
    public static IReadOnlyList<Codec> Files { get; } =
        [.. Codec.All.Where(codec => codec.Format is not null).GroupBy(codec => codec.Format).SelectMany(codecs => codecs.Key is "mp4" or "webm" or "caf" ? codecs.Take(12).Where((_, index) => index % 4 == 0) : codecs.Take(1))];

    // Where each format keeps a size that a recorder may never come to set, by the name in front of it.
    private static readonly (string Format, string Name, int Offset, int Bytes)[] Sizes =
    [
        ("aiff", "FORM", 4, 4), ("aiff", "SSND", 4, 4), ("au", ".snd", 8, 4), ("caf", "data", 4, 8), ("w64", "riff", 16, 8), ("flac", "fLaC", 21, 5),
        ("flac", "fLaC", 8, 10), ("wav", "data", 4, 4), ("mp3", "Info", 8, 4), ("mp3", "Xing", 8, 4), ("mp4", "mvhd", 20, 4), ("mp4", "mdhd", 20, 4), ("wavpack", "wvpk", 12, 4),
    ];

    /// <summary>Damages files.</summary>
    public static List<Recording> Make(List<Recording> files, Random random, int count) =>
        [.. random.GetItems(files.SelectMany(file => Make(file, random)).ToArray(), count).Distinct()];

    private static IEnumerable<Recording> Make(Recording file, Random random)
    {
        var bytes = file.Bytes;
        yield return Changed(file, "cut", bytes[..(bytes.Length * random.Next(50, 100) / 100)]);
        yield return Changed(file, "cut early", bytes[..(bytes.Length * random.Next(1, 50) / 100)]);
        yield return Changed(file, "twice", [.. bytes, .. bytes], whole: 0.4);
        yield return Changed(file, "a hole of zeros", [.. bytes[..(bytes.Length / 2)], .. new byte[bytes.Length / 20], .. bytes[(bytes.Length / 2 + bytes.Length / 20)..]], whole: 0.4);
        yield return Changed(file, "a piece lost", [.. bytes[..(bytes.Length / 2)], .. bytes[(bytes.Length / 2 + bytes.Length / 20)..]], whole: 0.4);
        yield return Changed(file, "bits turned", Turned(bytes, random), whole: 0.2);
        yield return Changed(file, "bytes behind", [.. bytes, .. Random(random, 300)]);
        yield return Changed(file, "zeros behind", [.. bytes, .. new byte[5_000]]);
        yield return file with { Name = $"{file.Name}, empty lines in front", Bytes = [13, 10, 13, 10, .. bytes], Original = bytes };
        if (file.Format is "mp3" or "aac")
        {
            // Behind anything ffmpeg itself does not see the first frame, which tells how much of the sound was added.
            yield return file with { Name = $"{file.Name}, zeros in front", Bytes = [.. new byte[random.Next(1, 3_000)], .. bytes], Original = bytes };
            yield return file with { Name = $"{file.Name}, the rest of a frame in front", Bytes = [.. Random(random, random.Next(1, 400)), .. bytes], Original = bytes };
            yield return Changed(file, "begun in the middle", bytes[(bytes.Length / 3)..]);
        }

        if (file.Format is "mp3" or "aac" or "flac")
            yield return Changed(file, "a tag with a picture", [.. "ID3"u8, 3, 0, 0, 0, 2, 0, 10, .. Random(random, 32_778), .. bytes]);
        foreach (var (_, name, offset, count) in Sizes.Where(size => size.Format == file.Format))
        {
            var place = bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(name));
            if (place < 0)
                continue;
            foreach (var value in new byte[] { 0, 0xFF })
            {
                byte[] changed = [.. bytes];
                changed.AsSpan(place + offset, count).Fill(value);
                yield return Changed(file, $"{count} bytes at {name} + {offset} are {value}", changed);
            }
        }
    }

    private static Recording Changed(Recording file, string how, byte[] bytes, double whole = 1) =>
        file with { Name = $"{file.Name}, {how}", Bytes = bytes, Original = bytes, Whole = whole };

    private static byte[] Turned(byte[] bytes, Random random)
    {
        byte[] turned = [.. bytes];
        for (var i = 0; i < 5; i++)
            turned[random.Next(bytes.Length / 4, bytes.Length)] ^= (byte)(1 << random.Next(8));
        return turned;
    }

    private static byte[] Random(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
