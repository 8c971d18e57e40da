using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Cases;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Loops;
using PointsMarket.Members;
using PointsMarket.Tasks;
using PointsMarket.Tests.Kit;
using PointsMarket.Tips;

namespace PointsMarket.Tests.Accounts;

/// <summary>
/// Two villages with the same things in them, and every page and handler asked by everybody of the first for the things of both: what
/// is said in the other village shows nowhere, and nothing there is changed.
/// </summary>
public sealed class OtherAreaTests : IAsyncLifetime
{
    private const string Own = "本村暗记", Other = "隔村暗记", Village = "STA/PR1/V1/", OtherVillage = "STA/PR1/V2/";

    private SiteHost site = null!;

    /// <summary>The keys of a village's things, as an address may name them.</summary>
    private sealed record Keys(IReadOnlyList<string> Numbers, IReadOnlyList<string> Names);

    public async Task InitializeAsync() => site = await SiteHost.StartAsync();

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task Page_AskedForAnotherVillage_ShowsNothingOfItAndChangesNothing()
    {
        var own = await FillAsync(Own, Village, "A");
        var other = await FillAsync(Other, OtherVillage, "B");
        var before = await StandsAsync();
        var (found, wrong) = (0, new List<string>());
        foreach (var role in (string[])[Roles.Attendant, Roles.Approver, Roles.Administrator, Roles.Finance, Roles.Auditor, Roles.Member])
        {
            var member = role == Roles.Member ? await site.ReadAsync(db => db.Members.Where(m => m.Code == "A0001").Select(m => (int?)m.Id).SingleAsync()) : null;
            using var client = await site.SignInAsync(role, role == Roles.Member ? null : Village, member);
            foreach (var pattern in Patterns())
            {
                foreach (var (keys, mine) in pattern.Parameters.Count == 0 ? [(own, true)] : ((Keys, bool)[])[(own, true), (other, false)])
                {
                    foreach (var address in Addresses(pattern, keys))
                    {
                        using var answer = await client.Http.GetAsync(address);
                        var body = await answer.Content.ReadAsStringAsync();
                        if (body.Contains(Other, StringComparison.Ordinal)) wrong.Add($"{address} shows the other village to {role}");
                        if ((int)answer.StatusCode >= 500) wrong.Add($"{address} breaks for {role}");
                        if (mine && body.Contains(Own, StringComparison.Ordinal)) found++;
                    }
                }
            }
            await client.GetAsync("/account/security/password");
            await SendAllAsync(client, other, role, wrong);
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Distinct()));
        Assert.True(found > 8, $"The own village shows on {found} pages only: the looking does not look.");
        Assert.Equal(before, await StandsAsync());
    }

    private async Task SendAllAsync(PageClient client, Keys other, string role, List<string> wrong)
    {
        var token = client.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var loader = site.Services.GetRequiredService<PageLoader>();
        foreach (var endpoint in Pages())
        {
            var compiled = await loader.LoadAsync(endpoint.Metadata.GetMetadata<PageActionDescriptor>()!, EndpointMetadataCollection.Empty);
            if (endpoint.RoutePattern.Parameters.Count == 0) continue;
            foreach (var handler in compiled.HandlerMethods.Where(h => h.HttpMethod == "Post").Select(h => h.Name))
            {
                foreach (var address in Addresses(endpoint.RoutePattern, other))
                {
                    // What a form of a decision would carry: words, yes, the first of everything.
                    var fields = new Dictionary<string, string>
                    {
                        ["__RequestVerificationToken"] = token, ["Input.Words"] = "试", ["Input.Reason"] = "试", ["Input.Text"] = "试试看", ["Input.Yes"] = "true", ["Input.Points"] = "50", ["Input.Answer"] = "试",
                        ["Input.Name"] = "试", ["Input.Note"] = "试", ["to"] = "Withdraw", ["do"] = "Drop", ["Input.Seen"] = "1",
                    };
                    using var answer = await client.Http.PostAsync($"{address}?handler={handler}&to=Withdraw&do=Drop", new FormUrlEncodedContent(fields));
                    if ((int)answer.StatusCode >= 500) wrong.Add($"{address}?handler={handler} breaks for {role}");
                    if (answer.StatusCode == HttpStatusCode.OK && (await answer.Content.ReadAsStringAsync()).Contains(Other, StringComparison.Ordinal)) wrong.Add($"{address}?handler={handler} shows the other village to {role}");
                }
            }
        }
    }

    private IEnumerable<RouteEndpoint> Pages() => site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is { } page && page.ViewEnginePath is not ("/Account/Logout" or "/Setup")).DistinctBy(e => e.RoutePattern.RawText);

    private IEnumerable<RoutePattern> Patterns() => Pages().Select(e => e.RoutePattern);

    private static IEnumerable<string> Addresses(RoutePattern pattern, Keys keys)
    {
        if (pattern.Parameters.Count == 0) return ["/" + pattern.RawText!.TrimStart('/')];
        var number = pattern.Parameters[0].ParameterPolicies.Any(p => p.Content is "int" or "long");
        return (number ? keys.Numbers : keys.Names).Distinct().Select(key => "/" + string.Join('/', pattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart part when part.Name == pattern.Parameters[0].Name => key,
            RoutePatternParameterPart part when part.ParameterPolicies.Any(x => x.Content == "guid") => Guid.Empty.ToString(),
            _ => "1",
        })))));
    }

    /// <summary>Everything of the other village that somebody might change, as text.</summary>
    private Task<string> StandsAsync() => site.ReadAsync(async db => JsonSerializer.Serialize(new
    {
        Reports = await db.TaskReports.Where(r => r.Text.Contains(Other)).Select(r => new { r.Reference, r.Outcome, r.Reason, r.Points }).ToListAsync(),
        Cases = await db.Cases.Where(c => c.Area.Path == OtherVillage).Select(c => new { c.Number, c.State, c.Title, c.Reward }).ToListAsync(),
        Claims = await db.Claims.Where(c => c.Case.Area.Path == OtherVillage).Select(c => new { c.Id, c.State, c.Reason }).ToListAsync(),
        Loops = await db.Loops.Where(l => l.Area.Path == OtherVillage).Select(l => new { l.Reference, l.State, l.Version }).ToListAsync(),
        Tips = await db.Tips.Where(t => t.Area.Path == OtherVillage).Select(t => new { t.Reference, t.State, t.Reward, t.HasNews }).ToListAsync(),
        Members = await db.Members.Where(m => m.Area.Path == OtherVillage).Select(m => new { m.Code, m.Name, m.Left, m.PinHash }).ToListAsync(),
    }));

    private async Task<Keys> FillAsync(string mark, string path, string letter)
    {
        var actor = Actor.System("test");
        var (area, member) = await site.Writes.RunAsync(async db =>
        {
            if (!await db.Areas.AnyAsync(a => a.Path == path))
                db.Add(new Area { Code = "V2", Name = "陆圩村", Kind = AreaKind.Village, Path = path, BookId = site.BookId, Parent = await db.Areas.SingleAsync(a => a.Code == "PR1") });
            await db.SaveChangesAsync();
            var village = await db.Areas.SingleAsync(a => a.Path == path);
            var person = new Member { Code = $"{letter}0001", Number = letter == "A" ? "100001" : "100002", Name = mark, Kind = MemberKind.GridMember, Area = village, Joined = new(2025, 1, 1) };
            db.Add(person);
            await db.SaveChangesAsync();
            return (village.Id, person.Id);
        });
        var by = new Approver { Actor = Actor.User(990), MemberId = null, AreaPath = "STA/" };
        var of = new Voice { MemberId = member, Actor = actor };
        var report = Assert.IsType<FileReport.Filed>(await Get<FileReport>().ExecuteAsync(new()
        {
            MemberId = member, ClientKey = letter, Category = "clue", HappenedAt = site.Clock.GetUtcNow().UtcDateTime, AreaId = area, Text = mark, Actor = actor, Photos = [Pictures.Png],
        }));
        var made = Assert.IsType<SaveCase.Saved>(await Get<SaveCase>().ExecuteAsync(new() { Title = "集市电动车被盗", Sealed = mark, Kind = CaseKinds.Lead, AreaId = area, Reward = 80, Days = 10, By = by }));
        await Get<PublishCase>().ExecuteAsync(made.CaseId, by);
        var claim = Assert.IsType<AskForCase.Asked>(await Get<AskForCase>().ExecuteAsync(new() { CaseId = made.CaseId, By = of, NoInterest = true })).ClaimId;
        Assert.IsType<CaseOutcome.Done>(await Get<ApproveClaim>().ExecuteAsync(claim, by));
        Assert.IsType<CaseOutcome.Done>(await Get<AddNote>().ExecuteAsync(new() { ClaimId = claim, By = of, Text = mark, Files = [new("a.png", Pictures.Png), new("a.txt", System.Text.Encoding.UTF8.GetBytes(mark))] }));
        var loop = Assert.IsType<LoopOutcome.Opened>(await Get<OpenLoop>().ExecuteAsync(new()
        {
            Kind = LoopKind.Hazard, Place = mark, Text = mark, AreaId = area, FoundAt = site.Clock.GetUtcNow().UtcDateTime, FinderId = member, ClientKey = letter, Actor = actor, Photos = [Pictures.Png],
        }));
        Assert.IsType<SendTip.Sent>(await Get<SendTip>().ExecuteAsync(new() { FormKey = letter, Kind = TipKind.Theft, AreaId = area, Place = null, Text = mark, Pin = null, Photos = [Pictures.Png] }));
        return await site.ReadAsync(async db => new Keys(
            [
                $"{report.ReportId}", $"{made.CaseId}", $"{claim}", $"{loop.LoopId}", $"{member}", $"{await db.ReportPhotos.Where(p => p.Report.AreaId == area).Select(p => p.Id).FirstAsync()}",
                $"{await db.CasePhotos.Where(p => p.Event.ClaimId == claim).Select(p => p.Id).SingleAsync()}", $"{await db.CaseFiles.Where(f => f.Event.ClaimId == claim).Select(f => f.Id).SingleAsync()}",
            ],
            [report.Reference, made.Number, loop.Reference, await db.Tips.Where(t => t.AreaId == area).Select(t => t.Reference).SingleAsync(), $"{letter}0001"]));
    }

    private T Get<T>()
        where T : notnull => site.Services.GetRequiredService<T>();
}
