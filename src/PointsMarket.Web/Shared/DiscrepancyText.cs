using System.Globalization;
using Microsoft.Extensions.Localization;
using PointsMarket.Reconciliations;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Shared;

/// <summary>Words for what a reconciliation found: the same on the page and on the command line.</summary>
public sealed class DiscrepancyText(IStringLocalizer<Texts> t)
{
    /// <summary>What it is.</summary>
    public string Kind(Discrepancy d)
    {
        ArgumentNullException.ThrowIfNull(d);
        return d.Kind == DiscrepancyKind.LedgerFault ? t[$"Verify.Fault.{d.Place}"] : t[$"Enum.DiscrepancyKind.{d.Kind}"];
    }

    /// <summary>What the world says, in its unit.</summary>
    public static string Outside(Discrepancy d) => Amount(d, d?.Outside);

    /// <summary>What the book says.</summary>
    public static string Book(Discrepancy d) => Amount(d, d?.Book);

    /// <summary>The difference, with its sign.</summary>
    public static string Difference(Discrepancy d)
    {
        ArgumentNullException.ThrowIfNull(d);
        return d.Kind == DiscrepancyKind.LedgerFault ? "" : IsMoney(d) ? (d.Difference > 0 ? "+" : "") + Ui.Yuan(d.Difference) : Ui.Change(d.Difference);
    }

    /// <summary>Everything on one line.</summary>
    public string Line(Discrepancy d)
    {
        ArgumentNullException.ThrowIfNull(d);
        return d.Kind == DiscrepancyKind.LedgerFault
            ? t["Finance.Found.Fault", Kind(d), d.Item]
            : t["Finance.Found.Line", Kind(d), string.Join(' ', ((string[])[d.Place, d.Item]).Where(p => p.Length > 0)), Outside(d), Book(d)];
    }

    /// <summary>From hundredths of a per cent: 103.42 %.</summary>
    public static string Percent(long hundredths) => (hundredths / 100m).ToString("#,0.00", CultureInfo.InvariantCulture) + " %";

    private static bool IsMoney(Discrepancy d) => d.Kind is DiscrepancyKind.AmountDiffers or DiscrepancyKind.BankOnly or DiscrepancyKind.LedgerOnly;

    private static string Amount(Discrepancy d, long? amount) => amount is not { } a ? "–" : IsMoney(d) ? Ui.Yuan(a) : Ui.Points(a);
}
