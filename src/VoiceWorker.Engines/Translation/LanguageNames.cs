using System.Collections.Frozen;

namespace VoiceWorker.Engines.Translation;

/// <summary>
/// The English names of languages, as models were trained on them. The .NET cultures would have them, but not in
/// invariant mode, in which the worker runs.
/// </summary>
internal static class LanguageNames
{
    /// <summary>ISO 639-1 codes and names; after them the codes beyond ISO 639-1 that Whisper models know.</summary>
    private const string Table = """
        aa Afar; ab Abkhazian; ae Avestan; af Afrikaans; ak Akan; am Amharic; an Aragonese; ar Arabic; as Assamese;
        av Avaric; ay Aymara; az Azerbaijani; ba Bashkir; be Belarusian; bg Bulgarian; bi Bislama; bm Bambara;
        bn Bengali; bo Tibetan; br Breton; bs Bosnian; ca Catalan; ce Chechen; ch Chamorro; co Corsican; cr Cree;
        cs Czech; cu Church Slavonic; cv Chuvash; cy Welsh; da Danish; de German; dv Divehi; dz Dzongkha; ee Ewe;
        el Greek; en English; eo Esperanto; es Spanish; et Estonian; eu Basque; fa Persian; ff Fulah; fi Finnish;
        fj Fijian; fo Faroese; fr French; fy Western Frisian; ga Irish; gd Scottish Gaelic; gl Galician; gn Guarani;
        gu Gujarati; gv Manx; ha Hausa; he Hebrew; hi Hindi; ho Hiri Motu; hr Croatian; ht Haitian Creole;
        hu Hungarian; hy Armenian; hz Herero; ia Interlingua; id Indonesian; ie Interlingue; ig Igbo; ii Sichuan Yi;
        ik Inupiaq; io Ido; is Icelandic; it Italian; iu Inuktitut; ja Japanese; jv Javanese; ka Georgian; kg Kongo;
        ki Kikuyu; kj Kuanyama; kk Kazakh; kl Kalaallisut; km Khmer; kn Kannada; ko Korean; kr Kanuri; ks Kashmiri;
        ku Kurdish; kv Komi; kw Cornish; ky Kyrgyz; la Latin; lb Luxembourgish; lg Ganda; li Limburgish; ln Lingala;
        lo Lao; lt Lithuanian; lu Luba-Katanga; lv Latvian; mg Malagasy; mh Marshallese; mi Maori; mk Macedonian;
        ml Malayalam; mn Mongolian; mr Marathi; ms Malay; mt Maltese; my Burmese; na Nauru; nb Norwegian Bokmål;
        nd North Ndebele; ne Nepali; ng Ndonga; nl Dutch; nn Norwegian Nynorsk; no Norwegian; nr South Ndebele;
        nv Navajo; ny Chichewa; oc Occitan; oj Ojibwa; om Oromo; or Odia; os Ossetian; pa Punjabi; pi Pali; pl Polish;
        ps Pashto; pt Portuguese; qu Quechua; rm Romansh; rn Rundi; ro Romanian; ru Russian; rw Kinyarwanda;
        sa Sanskrit; sc Sardinian; sd Sindhi; se Northern Sami; sg Sango; si Sinhala; sk Slovak; sl Slovenian;
        sm Samoan; sn Shona; so Somali; sq Albanian; sr Serbian; ss Swati; st Southern Sotho; su Sundanese;
        sv Swedish; sw Swahili; ta Tamil; te Telugu; tg Tajik; th Thai; ti Tigrinya; tk Turkmen; tl Tagalog; tn Tswana;
        to Tonga; tr Turkish; ts Tsonga; tt Tatar; tw Twi; ty Tahitian; ug Uyghur; uk Ukrainian; ur Urdu; uz Uzbek;
        ve Venda; vi Vietnamese; vo Volapük; wa Walloon; wo Wolof; xh Xhosa; yi Yiddish; yo Yoruba; za Zhuang;
        zh Chinese; zu Zulu; haw Hawaiian; jw Javanese; yue Cantonese
        """;

    private static readonly (string Code, string Name)[] Entries =
        [.. Table.Split(';', StringSplitOptions.TrimEntries).Select(entry => entry.Split(' ', 2)).Select(words => (words[0], words[1]))];

    private static readonly FrozenDictionary<string, string> ByCode =
        Entries.ToFrozenDictionary(e => e.Code, e => e.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The English name of a language; a description with the code where it has none.</summary>
    /// <param name="code">ISO 639-1 code.</param>
    public static string Of(string code) => ByCode.GetValueOrDefault(code) ?? $"the language with the code {code}";

    /// <summary>The code of a language that a server names in English (<c>english</c>) or by its code.</summary>
    /// <returns>ISO 639-1 code in lower case; null for an unknown name.</returns>
    public static string? CodeOf(string? nameOrCode) =>
        Array.Find(Entries, e => e.Code.Equals(nameOrCode, StringComparison.OrdinalIgnoreCase)
            || e.Name.Equals(nameOrCode, StringComparison.OrdinalIgnoreCase)).Code;
}
