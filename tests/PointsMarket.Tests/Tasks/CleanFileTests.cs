using System.Text;
using PointsMarket.Tasks;

namespace PointsMarket.Tests.Tasks;

/// <summary>Which files may be kept as evidence, by what stands in them.</summary>
public sealed class CleanFileTests
{
    public const string Pdf = "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n";

    public static TheoryData<string, byte[], FileFault?> Files => new()
    {
        { "a PDF", Latin(Pdf), null },
        { "text", Encoding.UTF8.GetBytes("六月三日走访：约好周六丈量"), null },
        { "text with a mark", [0xEF, 0xBB, 0xBF, .. "走访"u8], null },
        { "UTF-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("走访")], null },
        { "nothing in it", [.. "  \n"u8], FileFault.NotTaken },
        { "a page", [.. " <html><script>alert(1)</script>"u8], FileFault.NotTaken },
        { "a drawing that runs", [.. "<svg onload='x()'/>"u8], FileFault.NotTaken },
        { "a program", [.. "MZ\0\0program"u8], FileFault.NotTaken },
        { "an archive", [.. "PK\x03\x04\0\0"u8], FileFault.NotTaken },
        { "GBK", [0xD7, 0xDF, 0xB7, 0xC3], FileFault.NotTaken },
        { "a PDF and an archive", [.. Latin(Pdf), .. "PK\x03\x04rest"u8], FileFault.TwoInOne },
        { "an archive inside the tail", Latin(Pdf.Replace("trailer", "% PK\x05\x06 trailer")), FileFault.TwoInOne },
        { "a PDF and a page", Latin(Pdf.Replace("1 0 obj", "%<script>alert(1)</script>\n1 0 obj")), FileFault.TwoInOne },
        { "a torn PDF", Latin(Pdf[..40]), FileFault.TwoInOne },
        { "a PDF that runs", Latin(Pdf.Replace("/Catalog", "/Catalog /OpenAction << /S /JavaScript /JS (app.alert(1)) >>")), FileFault.Active },
        { "a PDF that starts a program", Latin(Pdf.Replace("/Catalog", "/Catalog /A << /S /Launch >>")), FileFault.Active },
        { "a PDF with luggage", Latin(Pdf.Replace("/Catalog", "/Catalog /EmbeddedFiles 3 0 R")), FileFault.Active },
    };

    [Theory, MemberData(nameof(Files))]
    public void File_OfAnyKind_IsTakenOrRefusedWithAReason(string what, byte[] file, FileFault? fault)
    {
        var (taken, why) = CleanFile.From(file);
        Assert.True(fault == why && taken is null == why is not null, $"{what}: {why}");
    }

    [Fact]
    public void File_OverItsSize_IsRefused()
    {
        Assert.Equal(FileFault.TooLarge, CleanFile.From(Encoding.UTF8.GetBytes(new string('长', 400_000))).Fault);
        Assert.Equal(FileFault.TooLarge, CleanFile.From(new byte[CleanFile.MostBytes + 1]).Fault);
    }

    [Theory]
    [InlineData("走访记录.pdf", "走访记录.pdf"), InlineData(@"C:\work\..\a<b>.html", "ab.pdf"), InlineData("../../etc/passwd", "passwd.pdf"), InlineData(null, "file-2.pdf"), InlineData("...", "file-2.pdf")]
    public void Name_OfAFile_KeepsNoPathAndTheEndingOfItsKind(string? typed, string expected) => Assert.Equal(expected, SentFiles.NameOf(typed, ".pdf", 2));

    private static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);
}
