using PointsMarket.Web.Funding;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Setup;

/// <summary>What the desk's and the finance pages read with.</summary>
internal static class DeskSetup
{
    public static void AddDesk(this IServiceCollection services) => services
        .AddScoped<Choices>()
        .AddScoped<Actors>()
        .AddScoped<FundReads>()
        .AddScoped<Bell>()
        .AddScoped<AccountJournal>()
        .AddScoped<DeskTodo>()
        .AddScoped<PointsMarket.Web.Auditing.Evidence>()
        .AddSingleton<PointsMarket.Web.Auditing.PackDesk>()
        .AddScoped<StockReads>()
        .AddSingleton<BooksCheck>();
}
