using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using PointsMarket.Funding;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Funding;

/// <summary>How funds and payments are called, written and typed.</summary>
public static class FundWords
{
    /// <summary>The name of a fund in the language of the request.</summary>
    public static string Name(Fund fund)
    {
        ArgumentNullException.ThrowIfNull(fund);
        return Name(fund.NameZh, fund.NameEn);
    }

    /// <inheritdoc cref="Name(Fund)"/>
    public static string Name(string zh, string en) => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? zh : en;

    /// <summary>The words of a purpose; null is what an import did not say.</summary>
    public static string Purpose(FundPurpose? purpose, IStringLocalizer<Texts> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return texts[purpose is { } one ? $"Funds.Purpose.{one}" : "Funds.List.PurposeUnknown"];
    }

    /// <summary>Yuan as typed, in fen; null for what is no amount: at most two decimals, below a million million.</summary>
    public static long? Fen(string? text)
    {
        var typed = (text ?? "").Trim().TrimStart('¥', '￥');
        if (!decimal.TryParse(typed, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var yuan) || yuan > 1_000_000_000_000m) return null;
        return yuan * 100 == decimal.Truncate(yuan * 100) ? (long)(yuan * 100) : null;
    }

    /// <summary>Fen as it stands in a field: <c>500.00</c>.</summary>
    public static string Typed(long fen) => (fen / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>The colour of a state's tag.</summary>
    public static string Tone(PaymentState state) => state switch
    {
        PaymentState.Paid => "ok",
        PaymentState.Asked => "wait",
        PaymentState.Approved => "info",
        PaymentState.Refused or PaymentState.Reversed => "bad",
        _ => "",
    };

    /// <summary>The purposes to choose from.</summary>
    public static IReadOnlyList<SelectListItem> Purposes(IEnumerable<FundPurpose> purposes, IStringLocalizer<Texts> texts) => [.. purposes.Select(p => new SelectListItem(Purpose(p, texts), $"{p}"))];

    /// <summary>Why something was refused, in words.</summary>
    public static string Why(PaymentOutcome.Refused refused, IStringLocalizer<Texts> texts)
    {
        ArgumentNullException.ThrowIfNull(refused);
        ArgumentNullException.ThrowIfNull(texts);
        return texts[$"Payments.Refusal.{refused.Why}", refused.About ?? "", Ui.Yuan(refused.MissingFen)];
    }

    /// <summary>Puts the reason of a refusal beside a field, or above the form where the field is empty; false when it was none.</summary>
    public static bool Explain(this ModelStateDictionary state, PaymentOutcome outcome, IStringLocalizer<Texts> texts, Func<PaymentRefusal, string> field)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(field);
        if (outcome is not PaymentOutcome.Refused refused) return false;
        state.AddModelError(field(refused.Why), Why(refused, texts));
        return true;
    }

    /// <summary>True when a person may open the page of what a payment is for: the first part of its path is a guarded folder.</summary>
    public static bool MayOpen(ClaimsPrincipal user, string? href)
    {
        ArgumentNullException.ThrowIfNull(user);
        var folder = href?.Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        var policy = Access.Folders.FirstOrDefault(f => f.Folder[1..].Equals(folder, StringComparison.OrdinalIgnoreCase)).Policy;
        return policy is not null && (Access.RolesFor(policy).Count == 0 || Access.RolesFor(policy).Any(user.IsInRole));
    }
}
