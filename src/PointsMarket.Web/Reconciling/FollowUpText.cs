using Microsoft.Extensions.Localization;
using PointsMarket.Reconciliations;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Reconciling;

/// <summary>What stands behind the points, with its pace and limits: model of the <c>_Cover</c> partial.</summary>
/// <param name="Cover">The parts.</param>
/// <param name="Pace">For how long it lasts.</param>
/// <param name="Warn">Under which it warns, in hundredths of a per cent.</param>
/// <param name="Stop">Under which new case rewards stop.</param>
public sealed record CoverCard(Cover Cover, CoverPace Pace, long Warn, long Stop);

/// <summary>What codes are called in the reader's language.</summary>
/// <param name="Places">True and a fund's code, or false and an outlet's, to the name.</param>
/// <param name="Goods">Sku to name.</param>
public sealed record FollowUpNames(IReadOnlyDictionary<(bool IsFund, string Code), string> Places, IReadOnlyDictionary<string, string> Goods)
{
    /// <summary>The fund's name; its code where there is no such fund (any more).</summary>
    public string Fund(string code) => Places.GetValueOrDefault((true, code)) ?? code;
}

/// <summary>Words for what is followed until it is settled: the same on the pages, on paper and in CSV.</summary>
/// <param name="t">The words.</param>
/// <param name="asked">The payments that still climb their ladder, of those that record what only the bank has (<see cref="ReconReads.AskedAsync"/>); null for none.</param>
/// <param name="names">What the codes of funds, outlets and articles are called; null shows the codes, as a file does.</param>
public sealed class FollowUpText(IStringLocalizer<Texts> t, IReadOnlySet<int>? asked = null, FollowUpNames? names = null)
{
    private readonly DiscrepancyText found = new(t);

    /// <summary>As the run has it, to be worded like one of its discrepancies.</summary>
    public static Discrepancy Of(FollowUp f)
    {
        ArgumentNullException.ThrowIfNull(f);
        return new Discrepancy { Kind = f.Kind, Place = f.Place, Item = f.Item, Outside = f.Outside, Book = f.Book };
    }

    /// <summary>What is off.</summary>
    public string Kind(FollowUp f) => found.Kind(Of(f));

    /// <summary>The fund or outlet; nothing for a fault.</summary>
    public string Place(FollowUp f)
    {
        ArgumentNullException.ThrowIfNull(f);
        return f.Kind == DiscrepancyKind.LedgerFault ? "" : names?.Places.GetValueOrDefault((f.IsMoney, f.Place)) ?? f.Place;
    }

    /// <summary>The reference or article, or that there is none.</summary>
    public string Item(FollowUp f)
    {
        ArgumentNullException.ThrowIfNull(f);
        return f.Item.Length == 0 ? t["Recon.Part.NoReference"] : f.IsMoney ? f.Item : names?.Goods.GetValueOrDefault(f.Item) ?? f.Item;
    }

    /// <summary>How far it has come, and how.</summary>
    public string State(FollowUp f)
    {
        ArgumentNullException.ThrowIfNull(f);
        return f.State == FollowUpState.Open
            ? t[f.FirstSignature is not null ? "Recon.Item.HalfSigned" : IsAsked(f) ? "Recon.Item.Asked" : "Recon.Item.Open"]
            : t["Recon.Item.StateHow", t[$"Recon.Item.{f.State}"], t[$"Recon.How.{f.How}"]];
    }

    /// <summary>The tone of its tag.</summary>
    public string Tone(FollowUp f)
    {
        ArgumentNullException.ThrowIfNull(f);
        return f.State switch { FollowUpState.Settled => "ok", FollowUpState.Explained => "info", _ => f.FirstSignature is null && !IsAsked(f) ? "bad" : "wait" };
    }

    private bool IsAsked(FollowUp f) => f.PaymentId is { } payment && asked?.Contains(payment) == true;
}
