using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>The site in the test's own process, with one fault built in: any page asked with <c>?boom=1</c> throws.</summary>
public sealed class ShellSite : SiteHost
{
    public const string Secret = "SELECT pin FROM members";

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureServices(services => services.Configure<MvcOptions>(o => o.Filters.Add(new Boom())));
    }

    public HttpClient Visitor() => CreateClient(new() { AllowAutoRedirect = false });

    private sealed class Boom : IResourceFilter
    {
        public void OnResourceExecuting(ResourceExecutingContext context)
        {
            var request = context.HttpContext.Request;
            if (request.Query.ContainsKey("boom") && !request.Path.StartsWithSegments("/error"))
            {
                throw new InvalidOperationException(Secret);
            }
        }

        public void OnResourceExecuted(ResourceExecutedContext context)
        {
        }
    }
}
