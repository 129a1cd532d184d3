using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace VoiceWorker.RabbitMq.Connection;

/// <summary>Checks the certificate that a broker shows, and keeps in words why it was refused.</summary>
/// <param name="name">The name that it must carry.</param>
/// <param name="caFile">A PEM file with the authorities to trust; null for the system's.</param>
internal sealed class BrokerCertificate(string name, string? caFile)
{
    // id-kp-serverAuth, RFC 5280, section 4.2.1.12
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Why the certificate was refused; null while none was.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Whether the certificate may be trusted, as <see cref="RemoteCertificateValidationCallback"/> asks.</summary>
    public bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? shown, SslPolicyErrors errors)
    {
        Refusal = certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) ? "the broker shows no certificate"
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? $"the broker's certificate is for {NamesIn(certificate)}, not for {name}; see RabbitMq:Tls:ServerName"
            : caFile is not null ? OfOwnChain(certificate, shown)
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) && shown is not null ? Words(shown, certificate)
            : null;
        return Refusal is null;
    }

    // The chain is built anew with the given authorities alone; what lies between them and the broker's own certificate
    // the broker has sent along.
    private string? OfOwnChain(X509Certificate certificate, X509Chain? shown)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(caFile!);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        foreach (var element in shown?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        foreach (var sent in shown?.ChainPolicy.ExtraStore ?? [])
            chain.ChainPolicy.ExtraStore.Add(sent);
        using var copy = new X509Certificate2(certificate);
        return chain.Build(copy) ? null : Words(chain, certificate);
    }

    private string Words(X509Chain chain, X509Certificate certificate)
    {
        var faults = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
        return faults switch
        {
            _ when faults.HasFlag(X509ChainStatusFlags.NotTimeValid) => $"the broker's certificate, or one that it rests on, has expired or is not valid yet (its own: {certificate.GetEffectiveDateString()} to {certificate.GetExpirationDateString()})",
            _ when faults.HasFlag(X509ChainStatusFlags.NotValidForUsage) => "the broker's certificate is not meant for servers",
            _ when (faults & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)) != 0 =>
                $"the broker's certificate is not signed by an authority {(caFile is null ? "that this system trusts; see RabbitMq:Tls:CaFile" : $"in {caFile}")}",
            _ => $"the broker's certificate cannot be trusted ({faults})",
        };
    }

    private static string NamesIn(X509Certificate certificate)
    {
        using var copy = new X509Certificate2(certificate);
        var names = copy.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(extension =>
            extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => address.ToString()))).ToList();
        return names.Count == 0 ? copy.Subject : string.Join(", ", names);
    }
}
