using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using PointsMarket.Awards;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Awards;

/// <summary>The words, icons and colours of awards, shared by their pages.</summary>
public static class AwardWords
{
    /// <summary>Name in the lucide sprite.</summary>
    public static string Icon(AwardKind kind) => kind switch
    {
        AwardKind.ModelAide => "trophy",
        AwardKind.Activist => "award",
        AwardKind.Team => "users",
        AwardKind.Lecturer => "megaphone",
        AwardKind.SponsorThanks => "hand-heart",
        _ => "heart",
    };

    /// <summary>The colour of a state's tag.</summary>
    public static string Tone(AwardState state) => state switch
    {
        AwardState.Named or AwardState.Decided or AwardState.Issuing => "wait",
        AwardState.Noticed => "info",
        AwardState.Issued => "ok",
        AwardState.CalledOff => "bad",
        _ => "",
    };

    /// <summary>Name in the lucide sprite, and the tone of a line of history.</summary>
    public static (string Icon, string Tone) Of(AwardChange change) => change switch
    {
        AwardChange.Begun or AwardChange.Edited => ("clipboard-list", ""),
        AwardChange.Ranked => ("list-checks", ""),
        AwardChange.Added or AwardChange.Restored => ("plus", ""),
        AwardChange.Removed => ("minus", ""),
        AwardChange.Struck or AwardChange.CalledOff or AwardChange.Revoked => ("x", "bad"),
        AwardChange.Fixed => ("clipboard-check", "wait"),
        AwardChange.SentBack => ("undo-2", "bad"),
        AwardChange.Recused => ("user", "wait"),
        AwardChange.Objected => ("message-square", "wait"),
        AwardChange.Answered => ("message-square", "info"),
        AwardChange.Issued => ("award", ""),
        AwardChange.MoneyAsked => ("credit-card", "info"),
        _ => ("check", ""),
    };

    /// <summary>A mean score: 92.35; a dash for none.</summary>
    public static string Score(int? hundredths) => hundredths is { } h ? (h / 100m).ToString("0.00", CultureInfo.InvariantCulture) : "–";

    /// <summary>The kinds to choose from.</summary>
    public static IReadOnlyList<SelectListItem> Kinds(IStringLocalizer<Texts> texts) => [.. Enum.GetValues<AwardKind>().Select(k => new SelectListItem(texts[$"Awards.Kind.{k}"], k.ToString()))];

    /// <summary>What a new cycle's certificates say, in Chinese whatever the language of the page: it is what will be printed.</summary>
    public static (string Title, string Words) Usual(AwardKind kind, int year, IStringLocalizer<Texts> texts)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CertificateSheet.Language;
            return (texts[$"Awards.UsualTitle.{kind}", year], texts[$"Awards.UsualWords.{kind}", year]);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    /// <summary>Yuan as they are typed: 1000 or 1000.50.</summary>
    public static string Typed(long fen) => (fen / 100m).ToString("0.##", CultureInfo.InvariantCulture);
}
