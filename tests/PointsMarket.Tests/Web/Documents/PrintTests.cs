using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Loops;
using PointsMarket.Tests.Kit;
using PointsMarket.Web.Documents;

namespace PointsMarket.Tests.Web.Documents;

/// <summary>Printing with the machine's browser. Skipped where there is none, which fails in CI.</summary>
public sealed partial class PrintTests
{
    [SkippableFact]
    public async Task Notice_AsPdf_IsOneSheetWhoseChineseCanBeSearched()
    {
        await using var site = await SiteHost.StartAsync();
        Skip.IfNot(site.Services.GetRequiredService<MachineBrowser>().Path is not null, "No Chromium, Chrome or Edge on this machine.");
        var reference = await NoticeAsync(site, "集市东侧五金店", "清出消防通道 <script>document.title='ran'</script><img src=http://127.0.0.1:9/x>");
        using var client = await site.SignInAsync(Roles.Approver);
        await client.GetAsync($"/desk/loops/{reference}/notice?step=2");
        Assert.Contains("handler=pdf", client.Body, StringComparison.Ordinal);

        using var answer = await client.Http.GetAsync(new Uri($"/desk/loops/{reference}/notice?step=2&handler=pdf", UriKind.Relative));

        Assert.Equal((HttpStatusCode.OK, "application/pdf", "no-store"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Headers.CacheControl?.ToString()));
        var pdf = await answer.Content.ReadAsByteArrayAsync();
        var text = TextOf(pdf);
        Assert.Matches(@"/Count 1\b", text.Raw);
        Assert.Matches(@"/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]", text.Raw); // A4
        foreach (var letter in "隐患整改通知书集市东侧五金店清出消防通道<") Assert.Contains(letter, text.Letters);
        Assert.DoesNotContain("ran", TitleOf(text.Raw), StringComparison.Ordinal);
        Assert.DoesNotContain('大', text.Letters); // 大字 is the site's frame, not the document's
        // Nothing of it is left on the disk.
        var left = Directory.EnumerateFiles(Path.GetTempPath(), "page.html", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1, IgnoreInaccessible = true });
        Assert.DoesNotContain(left, f => File.ReadAllText(f).Contains(reference, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Notice_WithoutABrowser_IsPrintedByTheUsersOwn()
    {
        await using var site = await SiteHost.StartAsync(DatabaseProvider.Sqlite, ("Documents:Browser", DocumentSettings.NoBrowser));
        var reference = await NoticeAsync(site, "五金店", "清出通道");
        using var client = await site.SignInAsync(Roles.Approver);
        await client.GetAsync($"/desk/loops/{reference}/notice?step=2");
        Assert.DoesNotContain("handler=pdf", client.Body, StringComparison.Ordinal);
        Assert.NotNull(client.Page.QuerySelector("button[data-print]"));
        await client.GetAsync($"/desk/loops/{reference}/notice?step=2&handler=pdf");
        Assert.Equal(HttpStatusCode.OK, client.Status);
        Assert.Contains("清出通道", client.Text, StringComparison.Ordinal); // the page itself, to print
    }

    [SkippableTheory, InlineData("/bin/true"), InlineData("/bin/sleep")]
    public async Task Browser_ThatPrintsNothingOrHangs_IsGivenUpAndSaidSo(string program)
    {
        Skip.IfNot(File.Exists(program), $"No {program} here.");
        // A script that ignores its arguments: sleep would refuse Chromium's.
        var script = Path.Combine(Directory.CreateTempSubdirectory("pointsmarket-browser-").FullName, "browser");
        await File.WriteAllTextAsync(script, program.EndsWith("sleep", StringComparison.Ordinal) ? "#!/bin/sh\nexec sleep 60\n" : "#!/bin/sh\nexit 0\n");
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            await using var site = await SiteHost.StartAsync(DatabaseProvider.Sqlite, ("Documents:Browser", script), ("Documents:SecondsAtMost", "1"));
            var reference = await NoticeAsync(site, "五金店", "清出通道");
            using var client = await site.SignInAsync(Roles.Approver);
            await client.GetAsync($"/desk/loops/{reference}/notice?step=2&handler=pdf");
            Assert.Contains("刚才没有打印成功", client.Text, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(script)!, recursive: true);
        }
    }

    [SkippableFact]
    public async Task Print_ManyAtOnce_PrintsAllOfThem()
    {
        var options = Options.Create(new DocumentSettings { AtOnce = 2 });
        var browser = new MachineBrowser(options, NullLogger<MachineBrowser>.Instance);
        Skip.IfNot(browser.Path is not null, "No Chromium, Chrome or Edge on this machine.");
        using var print = new PrintPdf(browser, options, NullLogger<PrintPdf>.Instance);
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => print.ExecuteAsync($"<!doctype html><title>{i}</title><p>{i}")));
        Assert.All(all, pdf => Assert.StartsWith("%PDF-", Encoding.ASCII.GetString(pdf![..8]), StringComparison.Ordinal));
    }

    private static async Task<string> NoticeAsync(SiteHost site, string side, string demand)
    {
        var area = await site.ReadAsync(db => Task.FromResult(db.Areas.Single(a => a.Code == "V1").Id));
        var opened = Assert.IsType<LoopOutcome.Opened>(await site.Services.GetRequiredService<OpenLoop>().ExecuteAsync(new()
        {
            Kind = LoopKind.Hazard, Place = "集市东侧", Text = "纸箱堆在通道上", AreaId = area, FoundAt = site.Clock.GetUtcNow().UtcDateTime, ClientKey = "one", Actor = Actor.System("test"), AreaPath = "STA/",
        }));
        Assert.IsType<LoopOutcome.Stepped>(await site.Services.GetRequiredService<StepLoop>().ExecuteAsync(new()
        {
            LoopId = opened.LoopId, Seen = 1, Action = LoopAction.Notify, Words = demand, Who = side, Actor = Actor.System("test"), AreaPath = "STA/", MayDecide = true,
        }));
        return opened.Reference;
    }

    /// <summary>
    /// The file as text, and the letters that its fonts say they stand for (their ToUnicode tables): what a reader can search and
    /// copy. Noto draws 谷 and the radical ⾕ with one glyph, and Chromium names the radical: normalized, as readers do, they are one.
    /// </summary>
    private static (string Raw, HashSet<char> Letters) TextOf(byte[] pdf)
    {
        var raw = Encoding.Latin1.GetString(pdf);
        var letters = new HashSet<char>();
        foreach (Match stream in Stream().Matches(raw))
        {
            var bytes = pdf.AsSpan(stream.Index + stream.Length);
            var end = bytes.IndexOf("endstream"u8);
            using var unpacked = new MemoryStream();
            try
            {
                using var zip = new ZLibStream(new MemoryStream(bytes[..end].ToArray()), CompressionMode.Decompress);
                zip.CopyTo(unpacked);
            }
            catch (InvalidDataException)
            {
                continue; // not a packed one
            }

            var table = Encoding.Latin1.GetString(unpacked.ToArray());
            if (!table.Contains("beginbf", StringComparison.Ordinal)) continue;
            foreach (Match to in Letter().Matches(table)) letters.Add(Shown(Number(to.Groups[1])));
            foreach (Match range in Letters().Matches(table))
            {
                for (var i = Number(range.Groups[1]); i <= Number(range.Groups[2]); i++) letters.Add(Shown(Number(range.Groups[3]) + i - Number(range.Groups[1])));
            }
        }

        return (raw, letters);
    }

    private static int Number(Group hex) => Convert.ToInt32(hex.Value, 16);

    /// <summary>The letter as a reader searches for it: the radical and the character are one.</summary>
    private static char Shown(int code) => ((char)code).ToString().Normalize(NormalizationForm.FormKC)[0];

    private static string TitleOf(string raw) => Title().Match(raw).Value;

    [GeneratedRegex(@"/FlateDecode[^>]*>>\s*stream\r?\n")] private static partial Regex Stream();
    [GeneratedRegex(@"<([0-9A-Fa-f]{4})>\s*(?:\n|\r|$)")] private static partial Regex Letter();
    [GeneratedRegex(@"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>")] private static partial Regex Letters();
    [GeneratedRegex(@"/Title\s*[<(][^>)]*")] private static partial Regex Title();
}
