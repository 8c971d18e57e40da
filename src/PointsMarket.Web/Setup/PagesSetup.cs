using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Documents;
using PointsMarket.Web.Importing;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Setup;

/// <summary>Razor Pages, their routes, their words.</summary>
internal static class PagesSetup
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScoped<Reports.CategoryWords>().AddScoped<Reports.ReportForm>().AddScoped<Reports.DeskReports>();
        services.AddScoped<Roster.MyShifts>().AddScoped<Roster.DeskShifts>();
        services.AddScoped<Board.CaseReads>();
        services.AddScoped<Loops.LoopForm>().AddScoped<Loops.LoopChoices>().AddScoped<Loops.DeskLoops>();
        services.AddScoped<Ratings.RatingDesk>().AddSingleton<Ratings.DraftCheck>();
        services.AddMemoryCache().AddScoped<Effects.EffectsPages>();
        services.AddDocuments();
        services.AddRouting(o => o.LowercaseUrls = true);
        services.AddRazorPages(o =>
            {
                Access.Guard(o.Conventions);
                TipSetup.KeepToHost(o.Conventions, builder.Configuration);
            })
            .AddMvcOptions(o => o.Filters.Add<RefuseNul>())
            .AddDataAnnotationsLocalization(o => o.DataAnnotationLocalizerProvider = (_, localizers) => localizers.Create(typeof(Texts)));
        services.AddDesk();
        services.AddSingleton<IConfigureOptions<MvcOptions>, WordedValidation>();
        services.AddSingleton<IConfigureOptions<MvcOptions>, LineEndings>();
        services.AddSingleton<ImportDesk>();
        // Chinese as Chinese in the page, not as character references.
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorPages().WithStaticAssets();
    }
}
