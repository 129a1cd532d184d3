using System.Collections.Frozen;

namespace VoiceWorker.Contract.Texts;

/// <summary>
/// The languages of ISO 639-1, with their other codes and English names. The .NET cultures would have them, but not in
/// invariant mode, in which the worker runs; the codes are those that ICU 78 folds into the first one.
/// </summary>
public static class Languages
{
    /// <summary>
    /// A language's own code, then all that mean it too: ISO 639-2 (both kinds), ISO 639-3 of the language that is
    /// meant when nothing else is said (<c>cmn</c>), withdrawn ones (<c>iw</c>). Then its English names. The last two
    /// are not in ISO 639-1, but Whisper knows them.
    /// </summary>
    private const string Table = """
        aa aar Afar; ab abk Abkhazian; ae ave Avestan; af afr Afrikaans; ak aka fat Akan; am amh Amharic; an arg Aragonese;
        ar ara arb Arabic; as asm Assamese; av ava Avaric; ay aym ayr Aymara; az aze azj Azerbaijani; ba bak Bashkir;
        be bel Belarusian; bg bul Bulgarian; bi bis Bislama; bm bam Bambara; bn ben Bengali/Bangla; bo bod tib Tibetan;
        br bre Breton; bs bos Bosnian; ca cat Catalan/Valencian; ce che Chechen; ch cha Chamorro; co cos Corsican; cr cre cwd Cree;
        cs ces cze Czech; cu chu Church Slavonic; cv chv Chuvash; cy cym wel Welsh; da dan Danish; de deu ger German; dv div Divehi;
        dz adp dzo Dzongkha; ee ewe Ewe; el ell gre Greek/Modern Greek; en eng English; eo epo Esperanto; es spa Spanish/Castilian;
        et ekk est Estonian; eu baq eus Basque; fa fas per pes prs Persian/Farsi; ff fuc ful Fulah; fi fin Finnish; fj fij Fijian;
        fo fao Faroese; fr fra fre French; fy fry Western Frisian/Frisian; ga gle Irish; gd gla Scottish Gaelic/Gaelic;
        gl glg Galician; gn grn gug Guarani; gu guj prp Gujarati; gv glv Manx; ha hau Hausa; he heb iw Hebrew/Modern Hebrew;
        hi hin Hindi; ho hmo Hiri Motu; hr hrv scr Croatian; ht hat Haitian Creole/Haitian; hu hun Hungarian; hy arm hye Armenian;
        hz her Herero; ia ina Interlingua; id ind in Indonesian; ie ile Interlingue; ig ibo Igbo; ii iii Sichuan Yi;
        ik esk ipk Inupiaq; io ido Ido; is ice isl Icelandic; it ita Italian; iu ike iku Inuktitut; ja jpn Japanese;
        jv jav jaw jw Javanese; ka geo kat Georgian; kg kng kon Kongo; ki kik Kikuyu; kj kua Kuanyama; kk kaz Kazakh;
        kl kal Kalaallisut; km khm Khmer/Central Khmer; kn kan Kannada; ko kor Korean; kr kau knc Kanuri; ks kas Kashmiri;
        ku kmr kur Kurdish; kv kom kpv Komi; kw cor Cornish; ky kir Kyrgyz/Kirghiz; la lat Latin;
        lb ltz Luxembourgish/Letzeburgesch; lg lug Ganda; li lim Limburgish; ln lin Lingala; lo lao Lao; lt lit Lithuanian;
        lu lub Luba-Katanga; lv lav lvs Latvian; mg mlg plt Malagasy; mh mah Marshallese; mi mao mri Maori/Māori;
        mk mac mkd Macedonian; ml mal Malayalam; mn drh khk mon Mongolian; mr mar Marathi; ms may msa zsm Malay; mt mlt Maltese;
        my bur mya Burmese; na nau Nauru; nd nde North Ndebele; ne nep npi Nepali; ng ndo Ndonga; nl dut nld Dutch/Flemish;
        nn nno Norwegian Nynorsk/Nynorsk; no nor nob nb Norwegian/Norwegian Bokmål/Bokmål; nr nbl South Ndebele; nv nav Navajo;
        ny nya Chichewa/Nyanja; oc oci Occitan; oj ojg oji Ojibwa; om gaz orm Oromo; or ori ory Odia/Oriya; os oss Ossetian/Ossetic;
        pa pan Punjabi/Panjabi; pi pli Pali; pl pol Polish; ps pbu pus Pashto/Pushto; pt por Portuguese; qu que quz Quechua;
        rm roh Romansh; rn run Rundi; ro mol ron rum mo Romanian/Moldavian/Moldovan; ru rus Russian; rw kin Kinyarwanda;
        sa cls san Sanskrit; sc src srd Sardinian; sd snd Sindhi; se sme Northern Sami; sg sag Sango; si sin Sinhala/Sinhalese;
        sk slk slo Slovak; sl slv Slovenian; sm smo Samoan; sn sna Shona; so som Somali; sq alb als sqi Albanian;
        sr scc srp hbs sh Serbian; ss ssw Swati; st sot Southern Sotho; su sun Sundanese; sv swe Swedish; sw swa swh Swahili;
        ta tam Tamil; te tel Telugu; tg tgk Tajik; th tha Thai; ti tir Tigrinya; tk tuk Turkmen; tl fil tgl Tagalog/Filipino;
        tn tsn Tswana; to ton Tonga; tr tur Turkish; ts tso Tsonga; tt tat Tatar; tw twi Twi; ty tah Tahitian; ug uig Uyghur/Uighur;
        uk ukr Ukrainian; ur urd Urdu; uz uzb uzn Uzbek; ve ven Venda; vi vie Vietnamese; vo vol Volapük; wa wln Walloon;
        wo wol Wolof; xh xho Xhosa; yi ydd yid ji Yiddish; yo yor Yoruba; za zha zyb Zhuang; zh chi cmn zho Chinese/Mandarin;
        zu zul Zulu; haw Hawaiian; yue Cantonese
        """;

    private static readonly (string[] Codes, string[] Names)[] Entries = [.. Table.Split(';', StringSplitOptions.TrimEntries).Select(Entry)];

    private static readonly FrozenDictionary<string, string> CodeByCode =
        Entries.SelectMany(entry => entry.Codes.Select(code => (code, entry.Codes[0]))).ToFrozenDictionary(e => e.code, e => e.Item2, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> CodeByName =
        Entries.SelectMany(entry => entry.Names.Select(name => (name, entry.Codes[0]))).ToFrozenDictionary(e => e.name, e => e.Item2, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> NameByCode =
        Entries.ToFrozenDictionary(entry => entry.Codes[0], entry => entry.Names[0], StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> BySpan = CodeByCode.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The language's own code, always the same string; null for a code that is not here.</summary>
    /// <param name="code">Any of its codes, in any case.</param>
    public static string? CodeOf(ReadOnlySpan<char> code) => BySpan.TryGetValue(code, out var own) ? own : null;

    /// <summary>The code of a language by one of its English names, in any case; null for an unknown one.</summary>
    public static string? CodeOfName(string name) => CodeByName.GetValueOrDefault(name);

    /// <summary>The English name of a language; null for a code that is not here.</summary>
    /// <param name="code">Its own code.</param>
    public static string? NameOf(string code) => NameByCode.GetValueOrDefault(code);

    // Codes are lower case, names begin with a capital: "nl dut nld Dutch/Flemish".
    private static (string[] Codes, string[] Names) Entry(string entry)
    {
        var words = entry.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var codes = words.TakeWhile(word => char.IsAsciiLetterLower(word[0])).ToArray();
        return (codes, string.Join(' ', words.Skip(codes.Length)).Split('/'));
    }
}
