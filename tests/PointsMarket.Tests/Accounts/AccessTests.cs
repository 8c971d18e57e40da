using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Accounts;
using PointsMarket.Members;
using PointsMarket.Sponsors;
using PointsMarket.Tests.Kit;
using PointsMarket.Web.Accounts;

namespace PointsMarket.Tests.Accounts;

/// <summary>Every page there is, asked by everybody there is. A page in a folder without a decision fails.</summary>
public sealed class AccessTests(SiteHost site) : IClassFixture<SiteHost>
{
    private const string Nobody = "";

    // Written down a second time on purpose: Access says what is, this says what was meant.
    private static readonly Dictionary<string, string[]> Meant = new()
    {
        ["/Desk"] = [Roles.Attendant, Roles.Approver, Roles.Administrator],
        ["/Finance"] = [Roles.Finance, Roles.Auditor, Roles.Administrator],
        ["/Admin"] = [Roles.Administrator],
        ["/Payments"] = [Roles.Administrator, Roles.Approver, Roles.Finance, Roles.Auditor],
        ["/Settings"] = [Roles.Administrator, Roles.Finance, Roles.Auditor, Roles.Approver],
        ["/Sponsor"] = [Roles.Sponsor],
        ["/Me"] = [Roles.Member],
        ["/Account"] = [.. Roles.All],
        ["/Kiosk"] = [.. Roles.All, Nobody],
        ["/Public"] = [.. Roles.All, Nobody],
        ["/Board"] = [.. Roles.All, Nobody],
        ["/Tip"] = [.. Roles.All, Nobody],
    };

    // Not the counter, not members' files, not tips and unsealings, not duties and loops: points move by their reports.
    private static readonly string[] AuditorReadsToo =
    [
        "/Desk/Stock/Index", "/Desk/Stock/History", "/Desk/Stock/Outlook", "/Desk/Stocktakes/Index", "/Desk/Stocktakes/Show", "/Desk/Moves/Index", "/Desk/Moves/Show", "/Desk/Redemptions/Index", "/Desk/Redemptions/Detail",
        "/Desk/Reports/Index", "/Desk/Reports/Detail", "/Desk/Reports/Photo", "/Desk/Cases/Index", "/Desk/Cases/Detail", "/Desk/Rules/Index", "/Desk/Rules/Detail", "/Desk/Cover",
        "/Desk/Arrivals", "/Desk/Sponsors/Index", "/Desk/Sponsors/Show", "/Desk/Sponsors/Receipt", "/Desk/Sponsors/Pledge", "/Desk/Cards/Index", "/Desk/Cards/Show",
        "/Desk/Assessment", "/Desk/Assessments/Compare", "/Desk/Assessments/Corrections", "/Desk/Assessments/Payroll", "/Desk/Assessments/Print", "/Desk/Awards/Index", "/Desk/Awards/Detail",
    ];

    private static readonly string[] OpenPages = ["/Index", "/Error", "/Setup", "/Account/Login", "/Account/TwoStep", "/Account/Logout"];

    [Fact]
    public async Task Page_AskedByAnybody_OpensForWhomItIsMeant()
    {
        var wrong = new List<string>();
        var pages = Endpoints().Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null).DistinctBy(e => e.RoutePattern.RawText).ToList();
        Assert.NotEmpty(pages);
        foreach (var role in (string[])[Nobody, .. Roles.All])
        {
            using var client = await ClientAsync(role);
            foreach (var endpoint in pages)
            {
                var page = endpoint.Metadata.GetMetadata<PageActionDescriptor>()!.ViewEnginePath;
                var (may, decided) = Decision(endpoint, page, role);
                if (!decided) wrong.Add($"{page}: nobody has decided who may open it; see Access.Folders");
                using var answer = await client.Http.GetAsync(AddressOf(endpoint));
                var toLogin = answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.OriginalString.Contains("/account/login?returnUrl=", StringComparison.OrdinalIgnoreCase);
                var opened = answer.StatusCode != HttpStatusCode.Forbidden && !(toLogin && page != "/Account/TwoStep");
                if (opened != may) wrong.Add($"{page} for '{role}': {(int)answer.StatusCode} {answer.Headers.Location}, meant {(may ? "open" : "closed")}");
                if (!may && role == Nobody && !toLogin) wrong.Add($"{page}: a visitor is not led to the sign-in page");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Distinct()));
    }

    /// <summary>Every handler of every page, sent by everybody an empty form that is theirs: refused, or answered in words, and never broken.</summary>
    [Fact]
    public async Task Handler_SentAnEmptyFormByAnybody_AnswersOnlyWhomItIsMeant()
    {
        var loader = site.Services.GetRequiredService<PageLoader>();
        var pages = new List<(RouteEndpoint Endpoint, string Page, List<string> Handlers)>();
        foreach (var endpoint in Endpoints().Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null).DistinctBy(e => e.RoutePattern.RawText))
        {
            var compiled = await loader.LoadAsync(endpoint.Metadata.GetMetadata<PageActionDescriptor>()!, EndpointMetadataCollection.Empty);
            var posts = compiled.HandlerMethods.Where(h => h.HttpMethod == "Post").Select(h => h.Name ?? "").ToList();
            if (posts.Count > 0) pages.Add((endpoint, compiled.ViewEnginePath, posts));
        }
        Assert.True(pages.Sum(p => p.Handlers.Count) > 60, "Handlers are not found any more.");
        var wrong = new List<string>();
        foreach (var role in (string[])[Nobody, .. Roles.All])
        {
            using var client = await ClientAsync(role);
            await client.GetAsync(role == Nobody ? "/account/login" : "/account/security/password");
            var token = client.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            // Signing out would end the walk; setting up the first administrator is a page that is gone once there is one.
            foreach (var (endpoint, page, handlers) in pages.Where(p => p.Page is not ("/Account/Logout" or "/Setup")))
            {
                var may = Decision(endpoint, page, role).May;
                foreach (var handler in handlers)
                {
                    var address = AddressOf(endpoint) + (handler.Length > 0 ? $"?handler={handler}" : "");
                    using var answer = await client.Http.PostAsync(address, new FormUrlEncodedContent([new("__RequestVerificationToken", token)]));
                    var toLogin = answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.OriginalString.Contains("/account/login?returnUrl=", StringComparison.OrdinalIgnoreCase);
                    var refused = answer.StatusCode == HttpStatusCode.Forbidden || (toLogin && page != "/Account/TwoStep");
                    if ((int)answer.StatusCode >= 500) wrong.Add($"{address} by '{role}' breaks: {(int)answer.StatusCode}");
                    if (!may && !refused) wrong.Add($"{address} by '{role}': {(int)answer.StatusCode}, meant closed");
                    if (role == Roles.Auditor && AuditorReadsToo.Contains(page) && !refused) wrong.Add($"{address}: the auditor acts at the desk, {(int)answer.StatusCode}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Distinct()));
    }

    [Fact]
    public async Task DeskPage_PostedToByTheAuditor_IsRefused()
    {
        Assert.Equal(AuditorReadsToo.Order(), Access.ReadByAuditor.Order());
        using var auditor = await ClientAsync(Roles.Auditor);
        foreach (var path in (string[])["/desk/goods", "/desk/redemptions", "/desk/reports", "/desk/cases", "/desk/rules", "/desk/cover", "/desk/arrivals", "/desk/sponsors", "/desk/cards", "/desk/stocktakes", "/desk/moves",
            "/desk/assessment", "/desk/assessment/compare", "/desk/assessment/corrections", "/desk/assessment/payroll", "/desk/awards"])
        {
            Assert.Equal((path, HttpStatusCode.OK), (path, (await auditor.GetAsync(path)).Status));
            Assert.Null(auditor.Page.QuerySelector("main form[method=post], main a[href*=count-in], main a[href*=counter], main a[href*=edit], main a[href*=add], main a[href*=propose], main a[href*='/new']"));
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, (await auditor.ForgeAsync(path)).Status));
        }
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.GetAsync("/desk/goods/count-in")).Status);
    }

    [Fact]
    public void Endpoint_OfAnyKind_SaysWhoMayUseIt()
    {
        // The framework's own answer for missing files, there only where the assets are served from the source tree.
        var undecided = Endpoints().Where(e => e.RoutePattern.RawText != "{**path:file}").Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null && e.Metadata.GetMetadata<IAuthorizeData>() is null).Select(e => e.DisplayName);
        Assert.Empty(undecided);
    }

    [Fact]
    public void Folders_OfAccess_AreTheOnesMeant() => Assert.Equal(Meant.Keys.Order(), Access.Folders.Select(f => f.Folder).Order());

    private IEnumerable<RouteEndpoint> Endpoints() => site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static (bool May, bool Decided) Decision(RouteEndpoint endpoint, string page, string role)
    {
        if (OpenPages.Contains(page)) return (true, true);
        var folder = "/" + page.Split('/')[1];
        if (!Meant.TryGetValue(folder, out var roles)) return (false, false);
        // A page may ask for more than its folder, never for less.
        var more = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy).OfType<string>().Where(p => Access.RolesFor(p).Count > 0);
        var reads = role == Roles.Auditor && AuditorReadsToo.Contains(page);
        return ((reads || roles.Contains(role)) && more.All(p => Access.RolesFor(p).Contains(role)), true);
    }

    private static string AddressOf(RouteEndpoint endpoint) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { IsOptional: true } => "",
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart part when part.ParameterPolicies.Any(x => x.Content == "guid") => Guid.Empty.ToString(),
        _ => "1",
    }))));

    /// <summary>How many members and firms the tests of the class have made: they share one site.</summary>
    private static int made;

    private async Task<PageClient> ClientAsync(string role)
    {
        if (role == Nobody) return site.Visitor(follow: false);
        int? member = null, sponsor = null;
        if (role == Roles.Member) member = await AddAsync(db => new Member { Code = $"T{++made}", Number = $"{900000 + made}", Name = "测试", Kind = MemberKind.Volunteer, AreaId = db.Areas.First().Id });
        if (role == Roles.Sponsor) sponsor = await AddAsync(_ => new Sponsor { Code = $"SP{++made}", Name = "企业" });
        var name = await site.AddAccountAsync(role, role is Roles.Member or Roles.Sponsor ? null : "STA/", member, sponsor);
        var client = site.Visitor(follow: false);
        await client.GetAsync("/account/login");
        await client.PostAsync(("Input.Name", name), ("Input.Password", SiteHost.Password));
        Assert.Equal(HttpStatusCode.Redirect, client.Status);
        return client;
    }

    private Task<int> AddAsync<T>(Func<PointsMarket.Data.MarketDb, T> make)
        where T : class => site.Writes.RunAsync(async db =>
        {
            var entry = db.Add(make(db));
            await db.SaveChangesAsync();
            return (int)entry.Property("Id").CurrentValue!;
        });
}
