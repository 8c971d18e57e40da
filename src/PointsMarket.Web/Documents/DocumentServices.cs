namespace PointsMarket.Web.Documents;

/// <summary>Registers the printing of documents.</summary>
internal static class DocumentServices
{
    public static IServiceCollection AddDocuments(this IServiceCollection services)
    {
        services.AddOptions<DocumentSettings>().BindConfiguration(DocumentSettings.Section).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<MachineBrowser>().AddSingleton<PrintPdf>().AddScoped<PrintSheet>();
    }
}
