using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace PointsMarket.Web.Awards;

/// <summary>Configuration section <c>Certificates</c>, read and checked at start.</summary>
public sealed class CertificateSettings
{
    public const string Section = "Certificates";

    /// <summary>The address that the QR code begins with, such as <c>https://market.example.org</c>; empty for the one the page was asked at.</summary>
    [Url, StringLength(200)]
    public string? PublicUrl { get; set; }

    /// <summary>A PKCS#12 file (.pfx) with the certificate and the key that PDFs are signed with; empty for unsigned ones.</summary>
    public string SigningFile { get; set; } = "";

    /// <summary>Its password.</summary>
    public string SigningPassword { get; set; } = "";

    /// <summary>How many certificates an address may look up in a minute.</summary>
    [Range(1, 100_000)]
    public int ChecksPerMinute { get; set; } = 30;
}

/// <summary>A signing file that is named but cannot be used stops the site at its start, not the first print.</summary>
internal sealed class SigningFileCheck : IValidateOptions<CertificateSettings>
{
    public ValidateOptionsResult Validate(string? name, CertificateSettings options)
    {
        if (options.SigningFile.Length == 0) return ValidateOptionsResult.Success;
        try
        {
            using var key = SigningKey.Load(options);
            return ValidateOptionsResult.Success;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return ValidateOptionsResult.Fail($"Certificates:SigningFile {options.SigningFile} cannot be used: {e.Message}");
        }
    }
}

/// <summary>The certificate that signs, with what is sent along for who verifies.</summary>
internal sealed class SigningKey : IDisposable
{
    private SigningKey(X509Certificate2 certificate, X509Certificate2Collection chain) => (Certificate, Chain) = (certificate, chain);

    public X509Certificate2 Certificate { get; }

    public X509Certificate2Collection Chain { get; }

    /// <summary>Reads the file. Throws <see cref="CryptographicException"/> for one without a key, or with another password.</summary>
    public static SigningKey Load(CertificateSettings settings)
    {
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(settings.SigningFile, settings.SigningPassword, X509KeyStorageFlags.EphemeralKeySet);
        var own = all.FirstOrDefault(c => c.HasPrivateKey) ?? throw new CryptographicException("it holds no private key");
        all.Remove(own);
        return new SigningKey(own, all);
    }

    public void Dispose()
    {
        Certificate.Dispose();
        foreach (var c in Chain) c.Dispose();
    }
}
