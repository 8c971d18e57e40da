using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Tests.Kit;

/// <summary>
/// The whole site in the test's process, on a fresh database, with a clock that stands still:
/// <code>await using var site = await SiteHost.StartAsync(); using var client = await site.SignInAsync(Roles.Approver, "STA/PR1/");</code>
/// or as a class fixture on SQLite. There is a station <c>STA</c> with a book, and below it <c>PR1</c> and <c>V1</c>.
/// </summary>
public class SiteHost : WebApplicationFactory<Program>, IAsyncLifetime
{
    /// <summary>The password of every account that the kit makes.</summary>
    public const string Password = "correct horse battery";

    private static readonly string PasswordHash = AccountPasswords.Hash(Password);

    private readonly DirectoryInfo keys = Directory.CreateTempSubdirectory("pointsmarket-keys-");
    private readonly Dictionary<string, string> settings = [];
    private TestDatabase? database;
    private bool ownsDatabase = true;
    private int accounts;

    public FakeClock Clock { get; private set; } = new();

    public MarketStorage Storage => database!.Storage;

    public MarketWrites Writes => Services.GetRequiredService<MarketWrites>();

    /// <summary>The key of the station's book, and of its areas by code.</summary>
    public int BookId { get; private set; }

    /// <summary>Starts one on a fresh database.</summary>
    public static async Task<SiteHost> StartAsync(DatabaseProvider provider = DatabaseProvider.Sqlite, params (string Key, string Value)[] settings)
    {
        var site = new SiteHost();
        foreach (var (key, value) in settings) site.settings[key] = value;
        site.database = await TestDatabase.CreateAsync(provider);
        await site.InitializeAsync();
        return site;
    }

    /// <summary>A second node on the same database and clock. Dispose it first.</summary>
    public SiteHost AnotherNode()
    {
        var other = Sibling();
        (other.database, other.ownsDatabase, other.Clock) = (database, false, Clock);
        foreach (var (key, value) in settings) other.settings[key] = value;
        other.StartServer();
        return other;
    }

    /// <summary>Stops it and starts another one on the same database and clock, which then owns the database.</summary>
    public async Task<SiteHost> RestartAsync()
    {
        var other = Sibling();
        (other.database, other.Clock, other.BookId) = (database, Clock, BookId);
        foreach (var (key, value) in settings) other.settings[key] = value;
        ownsDatabase = false;
        await DisposeAsync();
        other.StartServer();
        return other;
    }

    /// <summary>Another one of the same kind.</summary>
    protected virtual SiteHost Sibling() => new();

    public async Task InitializeAsync()
    {
        database ??= await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        BookId = await Writes.RunAsync(async db =>
        {
            var book = await Journal.OpenBookAsync(db, "STA");
            var station = new Area { Code = "STA", Name = "兴谷派出所", Kind = AreaKind.Station, Path = "STA/", BookId = book };
            var room = new Area { Code = "PR1", Name = "兴谷警务室", Kind = AreaKind.PoliceRoom, Path = "STA/PR1/", BookId = book, Parent = station };
            var village = new Area { Code = "V1", Name = "吴场村", Kind = AreaKind.Village, Path = "STA/PR1/V1/", BookId = book, Parent = room };
            db.AddRange(station, room, village);
            await db.SaveChangesAsync();
            return book;
        });
    }

    /// <summary>A visitor without an account. Redirects are followed.</summary>
    public PageClient Visitor(bool follow = true) => new(CreateClient(new() { AllowAutoRedirect = follow, HandleCookies = true }));

    /// <summary>
    /// Makes an account with a role and signs it in through the form.
    /// </summary>
    /// <param name="role">One of <see cref="Roles"/>.</param>
    /// <param name="area">Path of its area; null for none.</param>
    /// <param name="memberId">The member it belongs to, for <see cref="Roles.Member"/>.</param>
    /// <param name="sponsorId">The firm it acts for, for <see cref="Roles.Sponsor"/>.</param>
    public async Task<PageClient> SignInAsync(string role, string? area = "STA/", int? memberId = null, int? sponsorId = null)
    {
        var name = await AddAccountAsync(role, area, memberId, sponsorId);
        return await SignInAsAsync(name);
    }

    /// <summary>Signs an account in through the form, with the kit's password.</summary>
    public async Task<PageClient> SignInAsAsync(string userName)
    {
        var client = Visitor();
        await client.GetAsync("/account/login");
        await client.PostAsync(("Input.Name", userName), ("Input.Password", Password));
        Assert.False(client.Path.StartsWith("/account/login", StringComparison.Ordinal), client.Text);
        return client;
    }

    /// <summary>Makes an account and gives its user name.</summary>
    public async Task<string> AddAccountAsync(string role, string? area = "STA/", int? memberId = null, int? sponsorId = null, Action<AppUser>? change = null)
    {
        var name = $"{role.ToLowerInvariant()}-{Interlocked.Increment(ref accounts)}";
        await Writes.RunAsync(async db =>
        {
            var user = new AppUser
            {
                UserName = name, NormalizedUserName = name.ToUpperInvariant(), DisplayName = role, PasswordHash = PasswordHash, SecurityStamp = Guid.NewGuid().ToString("N"),
                LockoutEnabled = true, MemberId = memberId, SponsorId = sponsorId, CreatedAt = Clock.GetUtcNow().UtcDateTime,
                AreaId = area is null ? null : await db.Areas.Where(a => a.Path == area).Select(a => a.Id).SingleAsync(),
            };
            change?.Invoke(user);
            db.Users.Add(user);
            await db.SaveChangesAsync();
            db.UserRoles.Add(new IdentityUserRole<int> { UserId = user.Id, RoleId = await db.Roles.Where(r => r.Name == role).Select(r => r.Id).SingleAsync() });
            return await db.SaveChangesAsync();
        });
        return name;
    }

    /// <summary>Reads with a context of its own.</summary>
    public async Task<T> ReadAsync<T>(Func<MarketDb, Task<T>> read)
    {
        await using var db = Services.GetRequiredService<MarketContexts>().Read();
        return await read(db);
    }

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (database is not null && ownsDatabase) await database.DisposeAsync();
        keys.Refresh();
        if (keys.Exists) keys.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        var storage = (database ?? throw new InvalidOperationException("Start the site with StartAsync, or as a class fixture.")).Storage;
        builder.UseEnvironment("Testing");
        builder.UseSetting("Database:Provider", storage.Provider.ToString());
        builder.UseSetting("ConnectionStrings:Market", storage.ConnectionString);
        builder.UseSetting("Ledger:Checkpoints", storage.CheckpointPath);
        builder.UseSetting("Photos:Folder", storage.PhotoPath);
        builder.UseSetting("Seal:KeyFile", storage.SealKeyPath);
        builder.UseSetting("Protection:Keys", keys.FullName);
        builder.UseSetting("Accounts:RequireTwoStep", "false");
        builder.UseSetting("Accounts:TriesPerMinute", "10000");
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.UseSetting("Jobs:Run", "false"); // a test that wants the schedule says so
        foreach (var (key, value) in settings) builder.UseSetting(key, value);
        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Clock));
    }
}
