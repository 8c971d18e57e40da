namespace PointsMarket.Web.Setup;

/// <summary>One worded page for every refusal and fault, in Development too: tests and people see the same.</summary>
internal static class ErrorPages
{
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler("/error");
        app.UseStatusCodePagesWithReExecute("/error/{0}");
    }
}
