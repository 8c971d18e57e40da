using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Data;

/// <summary>ASP.NET Core Identity saves on the scoped context, which sends what it tracked through the door.</summary>
public sealed class IdentityDoorTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task UserManager_CreateThenChangeOnOneContext_IsSavedThroughTheDoor(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        await using var scope = People(market);
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = NewUser("zhang");

        Succeeded(await users.CreateAsync(user));
        Succeeded(await users.AddToRoleAsync(user, Roles.Approver));
        user.DisplayName = "张三";
        Succeeded(await users.UpdateAsync(user));
        Succeeded(await users.SetLockoutEnabledAsync(user, true));
        for (var i = 0; i < users.Options.Lockout.MaxFailedAccessAttempts; i++) Succeeded(await users.AccessFailedAsync(user));
        Succeeded(await users.SetAuthenticationTokenAsync(user, "test", "key", "value"));

        Assert.True(user.Id > 0);
        Assert.True(await users.IsLockedOutAsync(user));
        await using var fresh = People(market);
        var again = await fresh.ServiceProvider.GetRequiredService<UserManager<AppUser>>().FindByNameAsync("zhang");
        Assert.Equal((user.Id, "张三", true), (again!.Id, again.DisplayName, again.LockoutEnd > DateTimeOffset.UtcNow));
        Assert.Equal(1, await market.ReadAsync(db => db.UserRoles.CountAsync(r => r.UserId == user.Id)));
        Assert.Equal("value", await market.ReadAsync(db => db.UserTokens.Where(t => t.UserId == user.Id).Select(t => t.Value).SingleAsync()));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task UserManager_StaleCopy_IsRefusedAsConcurrencyFailure(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        await using var first = People(market);
        await using var second = People(market);
        var users = first.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var others = second.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        Succeeded(await users.CreateAsync(NewUser("li")));
        var stale = await others.FindByNameAsync("li");
        var user = await users.FindByNameAsync("li");
        user!.DisplayName = "先";
        Succeeded(await users.UpdateAsync(user));

        stale!.DisplayName = "后";
        var refused = await others.UpdateAsync(stale);

        Assert.Equal("ConcurrencyFailure", Assert.Single(refused.Errors).Code);
        Assert.Equal("先", await market.ReadAsync(db => db.Users.Select(u => u.DisplayName).SingleAsync()));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task UserManager_TakenRoleAndUserRemoved_AreDeletedThroughTheDoor(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        await using var scope = People(market);
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = NewUser("wang");
        Succeeded(await users.CreateAsync(user));
        Succeeded(await users.AddToRolesAsync(user, [Roles.Approver, Roles.Finance]));

        Succeeded(await users.RemoveFromRoleAsync(user, Roles.Approver));
        Assert.Equal([Roles.Finance], await users.GetRolesAsync(user));
        Succeeded(await users.DeleteAsync(user));

        Assert.Equal(0, await market.ReadAsync(db => db.Users.CountAsync()));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task UserManager_CreateTriedAgainAfterALostCommit_InsertsOneUser(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        if (provider != DatabaseProvider.Sqlite) market.Storage.Interceptors = [new LostCommits(1), new LostAnswers { CommitsToLose = 1 }];
        await using var scope = People(market);
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();

        var user = NewUser("zhao");
        Succeeded(await users.CreateAsync(user));
        user.DisplayName = "赵";
        Succeeded(await users.UpdateAsync(user));

        Assert.Equal((user.Id, "赵"), await market.ReadAsync(db => db.Users.Select(u => new ValueTuple<int, string>(u.Id, u.DisplayName)).SingleAsync()));
    }

    private static AppUser NewUser(string name) => new() { UserName = name, DisplayName = name, CreatedAt = new DateTime(2026, 10, 1, 4, 0, 0, DateTimeKind.Utc) };

    private static void Succeeded(IdentityResult result) => Assert.True(result.Succeeded, string.Join(' ', result.Errors.Select(e => e.Code)));

    private static AsyncServiceScope People(TestMarket market)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton(market.Clock as TimeProvider);
        services.AddPointsMarket(_ => market.Storage);
        services.AddSingleton(market.Writes);
        services.AddSingleton(market.Contexts);
        services.AddIdentityCore<AppUser>().AddRoles<IdentityRole<int>>().AddEntityFrameworkStores<MarketDb>();
        return services.BuildServiceProvider().CreateAsyncScope();
    }
}
