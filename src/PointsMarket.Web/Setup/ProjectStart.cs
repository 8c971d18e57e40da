namespace PointsMarket.Web.Setup;

/// <summary>
/// Where the program stands, told by where its files lie. In a checkout it is Development, like <c>dotnet run</c> with launch
/// settings; those themselves would print a line into the results of every command.
/// </summary>
internal static class ProjectStart
{
    /// <summary>What to build the host with: the arguments, the folder, and the environment where nobody named one.</summary>
    public static WebApplicationOptions Options(string[] args)
    {
        var named = args.Any(a => a.StartsWith("--environment", StringComparison.OrdinalIgnoreCase))
            || Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") is not null || Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") is not null;
        return new WebApplicationOptions
        {
            Args = args, ContentRootPath = ProjectFolder.For(args), EnvironmentName = named || ProjectFolder.Checkout() is null ? null : Environments.Development,
        };
    }
}

/// <summary>
/// The folder that <c>data/</c>, the settings and <c>wwwroot</c> lie in: a published program's own folder, or the project's when
/// it runs from a build. The same wherever the process was started, so that a command finds the site's database.
/// </summary>
internal static class ProjectFolder
{
    /// <summary>The folder; null when the arguments or the environment name a content root, which then counts.</summary>
    public static string? For(IEnumerable<string> args)
    {
        if (args.Any(a => a.StartsWith("--contentRoot", StringComparison.OrdinalIgnoreCase))) return null;
        if (Environment.GetEnvironmentVariable("ASPNETCORE_CONTENTROOT") is not null || Environment.GetEnvironmentVariable("DOTNET_CONTENTROOT") is not null) return null;
        return Checkout() ?? (File.Exists(Path.Combine(AppContext.BaseDirectory, "appsettings.json")) ? AppContext.BaseDirectory : null);
    }

    /// <summary>The web project's folder when this is a build of a checkout; null for a published program.</summary>
    public static string? Checkout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PointsMarket.Web.csproj"))) return folder.FullName;
        }
        return null;
    }
}
