using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Awards;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Tests.Kit;
using PointsMarket.Web.Awards;
using PointsMarket.Web.Documents;

namespace PointsMarket.Tests.Awards;

/// <summary>Certificates as PDF: rare characters are drawn and found, and the signature holds over every byte. Skipped where there is no browser, which fails in CI.</summary>
public sealed partial class CertificatePdfTests
{
    /// <summary>Characters that common fonts lack; the last three lie beyond the basic plane.</summary>
    private const string Rare = "玥喆昊祎龑𬱖𫖯𠮷";

    [SkippableFact]
    public async Task Certificates_WithRareNames_AreDrawnFoundAndSigned()
    {
        var folder = Directory.CreateTempSubdirectory("pointsmarket-signing-");
        try
        {
            var pfx = Path.Combine(folder.FullName, "signing.pfx");
            using var own = SelfSigned();
            await File.WriteAllBytesAsync(pfx, own.Export(X509ContentType.Pkcs12, "secret"));
            await using var site = await SiteHost.StartAsync(DatabaseProvider.Sqlite, ("Certificates:SigningFile", pfx), ("Certificates:SigningPassword", "secret"));
            Skip.IfNot(site.Services.GetRequiredService<MachineBrowser>().Path is not null, "No Chromium, Chrome or Edge on this machine.");
            var faces = Enumerable.Range(1, 3).Select(i => Face(i, i == 2 ? "欧阳" + Rare : $"第{i}队")).ToList();
            var progress = new List<PrintProgress>();

            var pdf = await site.Services.GetRequiredService<PrintCertificates>().ExecuteAsync(await KeptAsync(site, faces), "https://market.example.org", Actor.System("test"), new Told(progress.Add));

            Assert.NotNull(pdf);
            Assert.Equal([(1, false), (2, false), (3, false), (3, true)], progress.Select(p => (p.Composed, p.Printing)));
            Assert.True(IsSigned(pdf, own));
            foreach (var at in (int[])[10, pdf.Length / 2, pdf.Length - 8]) Assert.False(IsSigned(Tampered(pdf, at), own), $"A changed byte at {at} was not found.");
            await LookAsync(folder, pdf);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task SigningFile_ThatCannotBeUsed_StopsTheStart()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var site = await SiteHost.StartAsync(DatabaseProvider.Sqlite, ("Certificates:SigningFile", "/no/such/file.pfx"));
            await site.Visitor().GetAsync("/");
        });
        Assert.Contains("Certificates:SigningFile", error.ToString(), StringComparison.Ordinal);
    }

    [Theory, InlineData(""), InlineData("%PDF-1.4\nstartxref\n5\n%%EOF"), InlineData("%PDF-1.7\n1 0 obj<</Type/XRef>>endobj\nstartxref\n9\n%%EOF"), InlineData("not a pdf")]
    public void Sign_AFileItDoesNotKnow_IsRefused(string file)
    {
        using var own = SelfSigned();
        Assert.Throws<NotSupportedException>(() => SignPdf.Execute(Encoding.ASCII.GetBytes(file), own, [], DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void Day_OnACertificate_IsWrittenOut()
    {
        Assert.Equal("二〇二六年十一月二十一日", CertificateSheet.Written(new(2026, 11, 21)));
        Assert.Equal("二〇三〇年一月十日", CertificateSheet.Written(new(2030, 1, 10)));
        Assert.Equal("一九九九年十二月三十一日", CertificateSheet.Written(new(1999, 12, 31)));
        Assert.Equal("二〇二六年二月二十日", CertificateSheet.Written(new(2026, 2, 20)));
    }

    /// <summary>With poppler's tools, where they are: three pages, every rare character found, none drawn as a box, the seal there, the code read, the signature seen.</summary>
    private static async Task LookAsync(DirectoryInfo folder, byte[] pdf)
    {
        Skip.IfNot(Poppler.IsHere, "No poppler-utils on this machine; ./scripts/test installs them.");
        var file = Path.Combine(folder.FullName, "certificates.pdf");
        await File.WriteAllBytesAsync(file, pdf);
        var pages = await Poppler.TextAsync(file);
        Assert.Equal(3, pages.Length);
        var text = pages[1].Normalize(NormalizationForm.FormKC).Replace(" ", "", StringComparison.Ordinal);
        foreach (var rune in Rare.EnumerateRunes())
        {
            Assert.Contains(rune.ToString(), text, StringComparison.Ordinal);
            // Found, and drawn: some font here has it, and the browser falls back to any that does. Otherwise it would be a box.
            if (File.Exists("/usr/bin/fc-list")) Assert.False(string.IsNullOrWhiteSpace(await Poppler.RunAsync("fc-list", $":charset={rune.Value:x}")), $"No font here draws {rune}; ./scripts/test installs one.");
        }
        Assert.Contains("ZS-2026-000002", text, StringComparison.Ordinal);
        Assert.Contains("荣誉证书", text, StringComparison.Ordinal);
        var fonts = await Poppler.RunAsync("pdffonts", file);
        Assert.All(fonts.Split('\n').Skip(2).Where(l => l.Length > 0), l => Assert.Matches(Embedded(), l)); // a name on a font and none inside would be a box elsewhere
        var page = await Poppler.DrawAsync(file, 2);
        Assert.InRange(page.Share((r, g, b) => r > 150 && g < 90 && b < 90, 0.6, 0.6, 0.9, 0.9), 0.01, 0.4); // the seal, over name and date
        Assert.InRange(page.Share((r, g, b) => r < 80 && g < 80 && b < 80, 0.15, 0.3, 0.85, 0.5), 0.005, 0.2); // to whom, and what for
        Assert.Equal($"https://market.example.org/verify/{new string('C', 14)}", page.ReadQr());
        if (File.Exists("/usr/bin/pdfsig")) Assert.Contains("Signature is Valid", await Poppler.RunAsync("pdfsig", "-nocert", file), StringComparison.Ordinal);
    }

    private static CertificateFace Face(int id, string name) => new(
        id, 2026, id, new string((char)('A' + id), 14), AwardKind.Commendation, null, "", name, "表彰", "您在平安建设工作中见义勇为、热心助人，特予表彰。", new(2026, 11, 21), null, 0);

    /// <summary>Rows for the faces, so that the print can be put on record.</summary>
    private static async Task<List<CertificateFace>> KeptAsync(SiteHost site, List<CertificateFace> faces)
    {
        await site.Writes.RunAsync(async db =>
        {
            var cycle = new AwardCycle { BookId = site.BookId, Kind = AwardKind.Commendation, Year = 2026, Title = "表彰", Quota = 9, AreaId = await db.Areas.Where(a => a.Path == "STA/").Select(a => a.Id).SingleAsync(), Kinds = "", Words = "x", LeastMonths = 1 };
            cycle.Nominees.AddRange(faces.Select(f => new AwardNominee { Name = f.Written, Place = f.Serial, Named = true }));
            db.Add(cycle);
            await db.SaveChangesAsync();
            db.AddRange(faces.Select((f, i) => new Certificate
            {
                BookId = site.BookId, Year = f.Year, Serial = f.Serial, Code = f.Code, Kind = f.Kind, CycleId = cycle.Id, NomineeId = cycle.Nominees[i].Id, Name = f.Written, Title = f.Title, Words = f.Words,
                IssuedOn = f.IssuedOn, IssuedAt = site.Clock.GetUtcNow().UtcDateTime, IssuedBy = "user:1",
            }));
            return await db.SaveChangesAsync();
        });
        return await site.ReadAsync(db => db.Certificates.OrderBy(c => c.Serial).Select(CertificateFace.Of).ToListAsync());
    }

    /// <summary>Takes the signature out again and asks the platform's own cryptography: whole file covered, digest right, by this certificate.</summary>
    private static bool IsSigned(byte[] pdf, X509Certificate2 by)
    {
        if (Range().Match(Encoding.Latin1.GetString(pdf)) is not { Success: true } found) return false;
        var r = found.Groups.Cast<Group>().Skip(1).Select(g => int.Parse(g.Value)).ToArray();
        if (r[0] != 0 || r[2] + r[3] != pdf.Length || pdf[r[1]] != '<' || pdf[r[2] - 1] != '>') return false;
        byte[] content = [.. pdf[..r[1]], .. pdf[r[2]..]];
        var cms = new SignedCms(new ContentInfo(content), detached: true);
        try
        {
            cms.Decode(Convert.FromHexString(Encoding.ASCII.GetString(pdf, r[1] + 1, r[2] - r[1] - 2)));
            cms.CheckSignature(verifySignatureOnly: true);
            return cms.SignerInfos[0].Certificate!.Thumbprint == by.Thumbprint;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return false;
        }
    }

    private static byte[] Tampered(byte[] pdf, int at)
    {
        var other = (byte[])pdf.Clone();
        other[at] ^= 1;
        return other;
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Xinggu Police Room, O=Test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, critical: true));
        using var made = request.CreateSelfSigned(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2036, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    private sealed class Told(Action<PrintProgress> tell) : IProgress<PrintProgress>
    {
        public void Report(PrintProgress value) => tell(value);
    }

    [GeneratedRegex(@"/ByteRange\[(\d+) (\d+) (\d+) (\d+)\s*\]")] private static partial Regex Range();
    [GeneratedRegex(@"\byes\b")] private static partial Regex Embedded();
}
