using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Market;
using PointsMarket.Members;
using PointsMarket.Notices;
using PointsMarket.Sealing;
using PointsMarket.Tasks;

namespace PointsMarket.Tips;

/// <summary>
/// Takes a confidential tip from somebody who stays unknown, and gives the code and PIN of its mailbox, once. Kept are: what it is
/// about, the area, the day; the words are sealed. Nothing of the device or the way it came is asked for.
/// </summary>
public sealed class SendTip(MarketWrites writes, PinHasher hasher, Seal seal, TimeProvider clock)
{
    /// <summary>The most characters of the place.</summary>
    public const int MostPlace = 200;

    /// <summary>What was typed.</summary>
    public sealed record Input
    {
        /// <summary>A random key of the form, so that a form that is sent twice is one tip.</summary>
        public required string FormKey { get; init; }

        /// <summary>What it is about.</summary>
        public required TipKind Kind { get; init; }

        /// <summary>The area, if the tipper names one.</summary>
        public required int? AreaId { get; init; }

        /// <summary>Where, in words, if the tipper says so.</summary>
        public required string? Place { get; init; }

        /// <summary>What, <see cref="TipMessage.FewestText"/>–<see cref="TipMessage.MostText"/> characters.</summary>
        public required string Text { get; init; }

        /// <summary>The PIN the tipper chose; null to be given one.</summary>
        public required string? Pin { get; init; }

        /// <summary>Photos, as they were sent; at most <see cref="TipPhoto.Most"/>.</summary>
        public IReadOnlyList<ReadOnlyMemory<byte>> Photos { get; init; } = [];
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Sent. Show both now; nobody can find them out later.</summary>
    public sealed record Sent(string Code, string Pin) : Outcome;

    /// <summary>This form was sent before; its code was shown then.</summary>
    public sealed record SentBefore : Outcome;

    /// <summary>Too short or too long.</summary>
    public sealed record TextMissing : Outcome;

    /// <summary>A photo was not taken, and so nothing was.</summary>
    /// <param name="Number">Which, from 1; 0 for too many of them.</param>
    /// <param name="Fault">Why.</param>
    public sealed record BadPhoto(int Number, PhotoFault Fault) : Outcome;

    /// <summary>The PIN is not six digits, or too easy.</summary>
    public sealed record BadPin(bool Easy) : Outcome;

    /// <summary>There is no such area, or none was named and there is not exactly one police room.</summary>
    public sealed record AreaNeeded : Outcome;

    /// <summary>It cannot be sealed, so it is not kept.</summary>
    public sealed record NoSealKey : Outcome;

    /// <summary>Sends it.</summary>
    public async Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Text.Trim().Length is < TipMessage.FewestText or > TipMessage.MostText || input.Place?.Length > MostPlace) return new TextMissing();
        if (input.Pin is { } own && (own.Length != TipCodes.PinLength || !PinHasher.IsValid(own))) return new BadPin(Easy: false);
        if (input.Pin is { } easy && SetPin.IsEasy(easy)) return new BadPin(Easy: true);
        if (input.Photos.Count > TipPhoto.Most) return new BadPhoto(0, PhotoFault.TooLarge);
        var (photos, bad) = Clean(input.Photos);
        if (bad is not null) return bad;
        var (code, pin) = (TipCodes.New(), input.Pin ?? TipCodes.NewPin());
        if (Make(input, photos, code, hasher.Hash(pin)) is not { } made) return new NoSealKey(); // hashed and sealed outside the door
        return await writes.RunAsync(db => RunAsync(db, input, made), ct) is { } refusal ? refusal : new Sent(code, pin);
    }

    private static (IReadOnlyList<CleanPhoto> Photos, BadPhoto? Bad) Clean(IReadOnlyList<ReadOnlyMemory<byte>> files)
    {
        var photos = new List<CleanPhoto>(files.Count);
        foreach (var file in files)
        {
            var (photo, fault) = CleanPhoto.From(file.Span);
            if (photo is null) return ([], new BadPhoto(photos.Count + 1, fault!.Value));
            photos.Add(photo);
        }
        return (photos, null);
    }

    private static async Task<Outcome?> RunAsync(MarketDb db, Input input, Func<Tip> make)
    {
        var tip = make();
        if (await db.Tips.AnyAsync(t => t.FormHash == tip.FormHash)) return new SentBefore();
        if (await AreaAsync(db, input.AreaId) is not { } area) return new AreaNeeded();
        while (await db.Tips.AnyAsync(t => t.Reference == tip.Reference)) tip.Reference = TipCodes.NewReference();
        tip.AreaId = area.Id;
        db.Tips.Add(tip);
        await Inbox.TellStaffAsync(db, [Roles.Approver], area.Path, InboxKinds.TipReceived, tip.Reference, $"/desk/tips/{tip.Reference}", StationTime.StartOf(tip.Day));
        await db.SaveChangesAsync();
        return null;
    }

    /// <summary>The tip, ready to be written, without its area; made anew at each try of the door. Null when it cannot be sealed.</summary>
    private Func<Tip>? Make(Input input, IReadOnlyList<CleanPhoto> photos, string code, string pinHash)
    {
        var (id, message, day) = (Guid.NewGuid(), Guid.NewGuid(), StationTime.Day(clock.GetUtcNow().UtcDateTime));
        var text = seal.Close(input.Text.Trim(), TipMessage.PlaceOf(message));
        var place = string.IsNullOrWhiteSpace(input.Place) ? null : seal.Close(input.Place.Trim(), Tip.PlaceOf(id));
        if (text is null || (place is null && !string.IsNullOrWhiteSpace(input.Place))) return null;
        var pictures = photos.Select(p => (Id: Guid.NewGuid(), p.Kind, p.Content)).Select(p => (p.Id, p.Kind, Closed: seal.Close(p.Content.Span, TipPhoto.PlaceOf(p.Id)))).ToList();
        if (pictures.Exists(p => p.Closed is null)) return null;
        var reference = TipCodes.NewReference();
        return () =>
        {
            var tip = new Tip
            {
                Id = id, Reference = reference, CodeHash = Secrets.Hash(code), PinHash = pinHash, FormHash = Secrets.Hash(input.FormKey), Kind = input.Kind,
                Day = day, HasNews = true, Place = place,
            };
            tip.Messages.Add(new TipMessage { Id = message, Position = 1, Day = day, Text = text });
            tip.Photos.AddRange(pictures.Select((p, i) => new TipPhoto { Id = p.Id, Number = i + 1, Kind = p.Kind, Content = p.Closed! }));
            return tip;
        };
    }

    /// <summary>The village or grid that was named; else the one police room, else the one station.</summary>
    private static async Task<Area?> AreaAsync(MarketDb db, int? named)
    {
        if (named is { } id) return await db.Areas.SingleOrDefaultAsync(a => a.Id == id && a.Kind != AreaKind.Station);
        foreach (var kind in (AreaKind[])[AreaKind.PoliceRoom, AreaKind.Station])
        {
            if (await db.Areas.Where(a => a.Kind == kind).Take(2).ToListAsync() is [var only]) return only;
        }
        return null;
    }
}
