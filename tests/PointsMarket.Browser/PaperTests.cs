using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PointsMarket.Accounts;
using PointsMarket.Browser.Kit;
using PointsMarket.Data;
using PointsMarket.Sponsors;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Browser;

/// <summary>The demo station's papers as PDF, each fetched by somebody who may and read and drawn by another program: what the page says stands on paper.</summary>
[Collection("demo")]
public sealed class PaperTests(DemoSite site)
{
    private static readonly Func<byte, byte, byte, bool> Ink = (r, g, b) => r + g + b < 550;

    [Theory]
    [InlineData("sponsor", "receipt", 1, false), InlineData("sponsor", "thanks", 1, false), InlineData("approver", "assessment", 20, false), InlineData("finance", "reconciliation", 2, false)]
    [InlineData("approver", "effects", 1, false), InlineData("approver", "certificate", 1, true)]
    public async Task Paper_AsPdf_SaysWhatItsPageSays(string user, string paper, int most, bool across)
    {
        await using var page = await site.OpenAsync(Screens.Desk, "/account/login", "zh-CN", "");
        await page.Page.FillAsync("#Input_Name", user);
        await page.Page.FillAsync("#Input_Password", DemoAccounts.Password);
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page).Not.ToHaveURLAsync(new Regex("login"));
        await page.GoAsync(await PathAsync(paper));
        await page.Page.EmulateMediaAsync(new() { Media = Media.Print });
        var said = (await page.Page.InnerTextAsync("#main")).EnumerateRunes().Where(r => r.Value is >= 0x4E00 and < 0xA000).Distinct().ToList();
        await page.Page.EmulateMediaAsync(new() { Media = Media.Screen });
        await page.ShotAsync($"paper-{paper}");

        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.ClickAsync("a[href*='handler=pdf']"));
        var file = await download.PathAsync();
        if (Environment.GetEnvironmentVariable("SHOTS") is { Length: > 0 } folder) await download.SaveAsAsync(Path.Combine(folder, $"paper-{paper}.pdf"));

        Assert.True(Poppler.IsHere, "No poppler-utils on this machine; ./scripts/test installs them.");
        var pages = await Poppler.TextAsync(file);
        Assert.InRange(pages.Length, 1, most);
        var text = string.Concat(pages).Normalize(NormalizationForm.FormKC).EnumerateRunes().ToHashSet();
        var missing = said.Where(r => !text.Contains(r)).ToList();
        Assert.True(said.Count > 20 && missing.Count == 0, $"{paper}: {string.Concat(missing)} of {said.Count} characters are not in the PDF.");
        var drawn = await Poppler.DrawAsync(file);
        Assert.Equal(across, drawn.Width > drawn.Height);
        Assert.InRange(drawn.Share(Ink), 0.005, 0.4);
        if (paper != "effects") Assert.InRange(drawn.Share(Ink, right: 0.02), 0, 0.01); // a margin, and nothing cut off; the notice board's poster has a band from edge to edge
    }

    private async Task<string> PathAsync(string paper)
    {
        await using var db = site.Services.GetRequiredService<MarketContexts>().Read();
        return paper switch
        {
            "receipt" => $"/sponsor/deliveries/{await OwnDeliveries(db).Select(d => d.Reference).FirstAsync()}/receipt",
            "thanks" => $"/sponsor/thanks/{await OwnDeliveries(db).Select(d => d.Date.Year).FirstAsync()}",
            "assessment" => $"/desk/assessment/print?month={await db.Assessments.Where(a => a.ShownAt != null).MaxAsync(a => a.Month):yyyy-MM}",
            "reconciliation" => $"/finance/reconciliation/{await db.Reconciliations.MaxAsync(r => r.Id)}/print",
            "effects" => "/desk/effects/print",
            "certificate" => $"/desk/certificates/{await db.Certificates.Where(c => c.RevokedAt == null && c.MemberId != null).MinAsync(c => c.Id)}/sheet",
            _ => throw new ArgumentOutOfRangeException(nameof(paper)),
        };
    }

    private static IQueryable<Delivery> OwnDeliveries(MarketDb db) =>
        db.Deliveries.Where(d => db.Users.Any(u => u.UserName == "sponsor" && u.SponsorId == d.SponsorId)).OrderByDescending(d => d.Id);
}
