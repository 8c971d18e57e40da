using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using PointsMarket.Data;
using PointsMarket.Tasks;

namespace PointsMarket.Web.Reports;

/// <summary>The categories as this request shows them: read once, when the first is asked for.</summary>
public sealed class CategoryWords(MarketDb db)
{
    private List<TaskCategory>? all;

    /// <summary>All of them, in the order of the rule book. A dozen rows; a view cannot wait for them one by one.</summary>
    public IReadOnlyList<TaskCategory> All => all ??= [.. db.TaskCategories.OrderBy(c => c.Position).ThenBy(c => c.Code)];

    /// <summary>Their codes, in the same order.</summary>
    public IReadOnlyList<string> Codes => [.. All.Select(c => c.Code)];

    /// <summary>The name in the language of the page; the code of one that is not there.</summary>
    public string Name(string code) => Find(code) is { } c ? NameOf(c.NameZh, c.NameEn) : code;

    /// <summary>Name of its icon in the lucide sprite.</summary>
    public string Icon(string code) => Find(code)?.Icon ?? TaskCategory.Icons[0];

    /// <summary>To choose from.</summary>
    public IReadOnlyList<SelectListItem> Choices => [.. All.Select(c => new SelectListItem(NameOf(c.NameZh, c.NameEn), c.Code))];

    /// <summary>The one of two names that fits the page.</summary>
    public static string NameOf(string zh, string en) => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? zh : en;

    private TaskCategory? Find(string code) => All.FirstOrDefault(c => c.Code == code);
}
