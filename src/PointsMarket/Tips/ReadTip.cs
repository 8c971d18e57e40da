using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Sealing;

namespace PointsMarket.Tips;

/// <summary>One thing written; <see cref="Text"/> is null when the key for it is missing.</summary>
public sealed record TipLine(bool FromDesk, DateOnly Day, string? Text);

/// <summary>A tip opened: what was written, and its voucher. Put it on the screen of whom it is for, and nowhere else.</summary>
public sealed record TipContent
{
    /// <summary>What it is about.</summary>
    public required TipKind Kind { get; init; }

    /// <summary>Where it stands.</summary>
    public required TipState State { get; init; }

    /// <summary>The station day on which it came.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Name of the area that looks after it.</summary>
    public required string Area { get; init; }

    /// <summary>Where, in the tipper's words; null when not said, or when it does not open.</summary>
    public required string? Place { get; init; }

    /// <summary>Everything written, in order.</summary>
    public required IReadOnlyList<TipLine> Lines { get; init; }

    /// <summary>Where its reward stands.</summary>
    public required TipRewardState Reward { get; init; }

    /// <summary>Points of the reward.</summary>
    public required int RewardPoints { get; init; }

    /// <summary>The voucher's 16 digits; null before it is granted, and for the desk always.</summary>
    public required string? Voucher { get; init; }

    /// <summary>Points left on the voucher.</summary>
    public required long VoucherLeft { get; init; }

    /// <summary>The voucher on this page, to have it replaced; null without one, and for the desk always.</summary>
    public required int? VoucherId { get; init; }

    /// <summary>How many photos came with it.</summary>
    public required int Photos { get; init; }

    /// <summary>True when something does not open: its key is not in the key file.</summary>
    public bool KeyIsMissing => Lines.Any(l => l.Text is null);
}

/// <summary>Opens what is sealed of a tip.</summary>
public sealed class ReadTip(Seal seal)
{
    /// <summary>The tip; null when there is none. <paramref name="forTipper"/> shows the voucher's number.</summary>
    public async Task<TipContent?> ExecuteAsync(MarketDb db, Guid id, bool forTipper, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var tip = await db.Tips.AsNoTracking().Include(t => t.Area).Include(t => t.Voucher).Include(t => t.Messages).SingleOrDefaultAsync(t => t.Id == id, ct);
        if (tip is null) return null;
        var voucher = forTipper ? tip.Voucher : null;
        return new TipContent
        {
            Kind = tip.Kind, State = tip.State, Day = tip.Day, Area = tip.Area.Name, Reward = tip.Reward, RewardPoints = tip.RewardPoints,
            Place = tip.Place is null ? null : seal.Open(tip.Place, Tip.PlaceOf(tip.Id)),
            Lines = [.. tip.Messages.OrderBy(m => m.Position).Select(m => new TipLine(m.FromDesk, m.Day, seal.Open(m.Text, TipMessage.PlaceOf(m.Id))))],
            Voucher = voucher is null ? null : seal.Open(voucher.Number, Voucher.PlaceOf(voucher.Code)),
            VoucherId = voucher?.Id, Photos = await db.TipPhotos.CountAsync(p => p.TipId == id, ct),
            VoucherLeft = voucher is null ? 0 : await db.BalanceAsync(voucher.BookId, voucher.Account, Asset.Points, ct),
        };
    }
}
