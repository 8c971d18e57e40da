using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Localization;
using PointsMarket.Settings;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Settings;

/// <summary>The fields of a proposed change of settings.</summary>
public sealed class SettingInput
{
    /// <summary>By key, as typed.</summary>
    public Dictionary<string, string?> Values { get; set; } = [];

    [Display(Name = "Rules.Form.From"), Required]
    public DateOnly? From { get; set; }

    [Display(Name = "Rules.Form.Reason"), Required, StringLength(ProposeSettings.MostWords)]
    public string? Reason { get; set; }
}

/// <summary>How settings are called, written and typed.</summary>
public static class SettingWords
{
    /// <summary>The id of a setting's field: <c>v-cover-warn-below</c>.</summary>
    public static string Id(Setting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return "v-" + Dashed(setting.Key);
    }

    /// <summary>What it is called.</summary>
    public static string Name(string key, IStringLocalizer<Texts> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return texts[$"Settings.Name.{Dashed(key)}"];
    }

    /// <summary>The unit that stands behind the field.</summary>
    public static string Unit(SettingUnit unit, IStringLocalizer<Texts> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return texts[$"Settings.Unit.{unit}"];
    }

    /// <summary>A value as it is read: <c>¥500.00</c>, <c>7 天</c>, <c>90.00</c>.</summary>
    public static string Show(Setting setting, long value, IStringLocalizer<Texts> texts)
    {
        ArgumentNullException.ThrowIfNull(setting);
        ArgumentNullException.ThrowIfNull(texts);
        return setting.Unit switch
        {
            SettingUnit.Fen => Ui.Yuan(value),
            SettingUnit.Hundredths => Typed(setting, value),
            SettingUnit.Percent => $"{value.ToString(CultureInfo.InvariantCulture)} %",
            SettingUnit.Days => texts["Settings.Show.Days", value],
            SettingUnit.Points => texts["Settings.Show.Points", Ui.Points(value)],
            _ => Ui.Points(value),
        };
    }

    /// <summary>The same for a key; what is no setting any more is shown as its number.</summary>
    public static string Show(string key, long value, IStringLocalizer<Texts> texts) =>
        SettingList.Find(key) is { } setting ? Show(setting, value, texts) : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A value as it stands in its field.</summary>
    public static string Typed(Setting setting, long value)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return HasDecimals(setting) ? (value / 100m).ToString("0.00", CultureInfo.InvariantCulture) : value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>What was typed, in the setting's unit; null for what is no number of its kind.</summary>
    public static long? Parse(Setting setting, string? text)
    {
        ArgumentNullException.ThrowIfNull(setting);
        if (!decimal.TryParse(text?.Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || Math.Abs(number) > 1_000_000_000_000m) return null;
        var whole = HasDecimals(setting) ? number * 100 : number;
        return whole == decimal.Truncate(whole) ? (long)whole : null;
    }

    private static bool HasDecimals(Setting setting) => setting.Unit is SettingUnit.Fen or SettingUnit.Hundredths;

    private static string Dashed(string key) => key.Replace('.', '-');
}
