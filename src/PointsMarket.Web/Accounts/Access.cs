using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using PointsMarket.Accounts;

namespace PointsMarket.Web.Accounts;

/// <summary>
/// Who may open what. Every folder of pages stands in <see cref="Folders"/> beside the policy that guards it; a page in a folder
/// that is not there can be opened by anybody signed in and by nobody else, and a test fails until its folder is decided.
/// </summary>
public static class Access
{
    /// <summary>The desk: those who hand over, verify, administer.</summary>
    public const string Desk = nameof(Desk);

    /// <summary>Reading at the desk where points and goods move: the desk, and the auditor, who may look and change nothing.</summary>
    public const string DeskRead = nameof(DeskRead);

    /// <summary>Decisions at the desk (verify, unlock, reset a PIN): not for attendants.</summary>
    public const string Approve = nameof(Approve);

    /// <summary>Reading where points are given and decided on: those who decide, and the auditor, who may look and change nothing.</summary>
    public const string ApproveRead = nameof(ApproveRead);

    /// <summary>Reading where money and goods stand.</summary>
    public const string Finance = nameof(Finance);

    /// <summary>Recording money: the readers among the former may not.</summary>
    public const string FinanceWrite = nameof(FinanceWrite);

    /// <summary>Reading the record of sealed names and confidential tips.</summary>
    public const string Audit = nameof(Audit);

    /// <summary>People, areas, rules, outlets, accounts.</summary>
    public const string Admin = nameof(Admin);

    /// <summary>Reading the settings, their history and what waits; who may decide is asked there.</summary>
    public const string Settings = nameof(Settings);

    /// <summary>Proposing a change of settings.</summary>
    public const string SettingsWrite = nameof(SettingsWrite);

    /// <summary>Reading payments; whose word one needs, and who pays, is asked there.</summary>
    public const string Payments = nameof(Payments);

    /// <summary>Asking for a payment.</summary>
    public const string PaymentsAsk = nameof(PaymentsAsk);

    /// <summary>A sponsor firm's own pages.</summary>
    public const string Sponsor = nameof(Sponsor);

    /// <summary>A member's own pages.</summary>
    public const string Me = nameof(Me);

    /// <summary>Anybody signed in.</summary>
    public const string SignedIn = nameof(SignedIn);

    /// <summary>Everybody.</summary>
    public const string Anybody = nameof(Anybody);

    /// <summary>The folders of <c>Pages/</c> and who may open them. A page may ask for more with an attribute of its own.</summary>
    public static readonly IReadOnlyList<(string Folder, string Policy)> Folders =
    [
        ("/Desk", Desk),
        ("/Finance", Finance),
        ("/Admin", Admin),
        ("/Payments", Payments), // at /finance/payments, for approvers too
        ("/Settings", Settings), // at /admin/settings, for more than administrators
        ("/Sponsor", Sponsor),
        ("/Me", Me),
        ("/Account", SignedIn), // signing in itself says [AllowAnonymous]
        ("/Kiosk", Anybody), // the device's own cookie is asked for there
        ("/Public", Anybody),
        ("/Board", Anybody),
        ("/Tip", Anybody), // nobody is asked who they are there
    ];

    /// <summary>Pages of the desk that the auditor reads too: everywhere points, goods or money move, and what stands behind it. Sealed words and names are not there.</summary>
    public static readonly IReadOnlySet<string> ReadByAuditor = new HashSet<string>(StringComparer.Ordinal)
    {
        "/Desk/Stock/Index", "/Desk/Stock/History", "/Desk/Stock/Outlook", "/Desk/Stocktakes/Index", "/Desk/Stocktakes/Show", "/Desk/Moves/Index", "/Desk/Moves/Show", "/Desk/Redemptions/Index", "/Desk/Redemptions/Detail",
        "/Desk/Reports/Index", "/Desk/Reports/Detail", "/Desk/Reports/Photo", "/Desk/Cases/Index", "/Desk/Cases/Detail", "/Desk/Rules/Index", "/Desk/Rules/Detail", "/Desk/Cover",
        "/Desk/Arrivals", "/Desk/Sponsors/Index", "/Desk/Sponsors/Show", "/Desk/Sponsors/Receipt", "/Desk/Sponsors/Pledge", "/Desk/Cards/Index", "/Desk/Cards/Show",
        "/Desk/Assessment", "/Desk/Assessments/Compare", "/Desk/Assessments/Corrections", "/Desk/Assessments/Payroll", "/Desk/Assessments/Print", "/Desk/Awards/Index", "/Desk/Awards/Detail",
    };

    private static readonly Dictionary<string, string[]> RolesOf = new()
    {
        [Desk] = [Roles.Attendant, Roles.Approver, Roles.Administrator],
        [DeskRead] = [Roles.Attendant, Roles.Approver, Roles.Administrator, Roles.Auditor],
        [Approve] = [Roles.Approver, Roles.Administrator],
        [ApproveRead] = [Roles.Approver, Roles.Administrator, Roles.Auditor],
        [Finance] = [Roles.Finance, Roles.Auditor, Roles.Administrator],
        [FinanceWrite] = [Roles.Finance],
        [Audit] = [Roles.Auditor, Roles.Administrator],
        [Admin] = [Roles.Administrator],
        [Settings] = [Roles.Administrator, Roles.Finance, Roles.Auditor, Roles.Approver],
        [SettingsWrite] = [Roles.Administrator, Roles.Finance],
        [Payments] = [Roles.Administrator, Roles.Approver, Roles.Finance, Roles.Auditor],
        [PaymentsAsk] = [Roles.Administrator, Roles.Approver, Roles.Finance],
        [Sponsor] = [Roles.Sponsor],
        [Me] = [Roles.Member],
    };

    /// <summary>The roles that pass a policy; none for <see cref="SignedIn"/> and <see cref="Anybody"/>.</summary>
    public static IReadOnlyList<string> RolesFor(string policy) => RolesOf.GetValueOrDefault(policy) ?? [];

    /// <summary>Whether a public page offers somebody a link behind a policy: to a visitor, who signs in on the way, and to whose it is.</summary>
    public static bool IsOffered(ClaimsPrincipal user, string policy) =>
        user.Identity?.IsAuthenticated != true || RolesFor(policy).Any(user.IsInRole);

    /// <summary>Whether somebody works at the desk, and does not only read there: buttons that change something are shown to them.</summary>
    public static bool Works(ClaimsPrincipal user) => RolesFor(Desk).Any(user.IsInRole);

    internal static void AddPolicies(AuthorizationOptions options)
    {
        foreach (var (name, roles) in RolesOf)
            options.AddPolicy(name, p => p.RequireAuthenticatedUser().RequireRole(roles).RequireAssertion(c => !Claims.IsHeldBack(c.User)));
        foreach (var read in (string[])[DeskRead, ApproveRead])
            options.AddPolicy(read, p => p.RequireAuthenticatedUser().RequireRole(RolesOf[read])
                .RequireAssertion(c => !Claims.IsHeldBack(c.User) && (Works(c.User) || c.Resource is not HttpContext http || HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))));
        options.AddPolicy(SignedIn, p => p.RequireAuthenticatedUser());
        options.FallbackPolicy = options.DefaultPolicy;
    }

    internal static void Guard(PageConventionCollection pages)
    {
        foreach (var (folder, policy) in Folders)
        {
            if (policy == Anybody) pages.AllowAnonymousToFolder(folder);
            else pages.AddFolderApplicationModelConvention(folder, page => page.EndpointMetadata.Add(new AuthorizeAttribute(ReadByAuditor.Contains(page.ViewEnginePath) ? DeskRead : policy)));
        }
    }
}
