using PointsMarket.Data;
using PointsMarket.Notices;
using PointsMarket.Tasks;

namespace PointsMarket.Cases;

/// <summary>Writes down how it goes on with a case in hand, in words and photos: a holder, an approver, or the desk for a holder.</summary>
public sealed class AddNote(MarketWrites writes, PhotoFolder folder, TimeProvider clock)
{
    /// <summary>The longest note, in characters.</summary>
    public const int MostText = 1000;

    /// <summary>How many photos may come with a note.</summary>
    public const int MostPhotos = 6;

    /// <summary>The note.</summary>
    public sealed record Input
    {
        /// <summary>The claim, which is in hand.</summary>
        public required int ClaimId { get; init; }

        /// <summary>The holder who writes; null when an approver does.</summary>
        public Voice? By { get; init; }

        /// <summary>The approver who writes; null when a holder does.</summary>
        public Approver? Approver { get; init; }

        /// <summary>The words.</summary>
        public required string Text { get; init; }

        /// <summary>The files as they were sent.</summary>
        public IReadOnlyList<ReadOnlyMemory<byte>> Photos { get; init; } = [];
    }

    /// <summary>A photo was not taken, and so nothing was.</summary>
    /// <param name="Number">Which, from 1; 0 for too many of them.</param>
    /// <param name="Fault">Why.</param>
    public sealed record BadPhoto(int Number, PhotoFault Fault) : CaseOutcome;

    /// <summary>Writes it down.</summary>
    public async Task<CaseOutcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var text = FileReport.Words(input.Text);
        if (text.Length is 0 or > MostText || input.Photos.Count > MostPhotos) return CaseOutcome.No(CaseRefusal.BadWords);
        var (photos, bad) = ReportPhotos.Clean(input.Photos);
        if (bad is not null) return new BadPhoto(bad.Number, bad.Fault);
        var saved = await ReportPhotos.SaveAsync(folder, photos, ct);
        CaseOutcome? outcome = null;
        try
        {
            return outcome = await writes.RunAsync((db, token) => RunAsync(db, input, text, saved, token), ct);
        }
        finally
        {
            if (outcome is not CaseOutcome.Done) folder.Delete(saved.Select(p => p.FileName));
        }
    }

    private async Task<CaseOutcome> RunAsync(MarketDb db, Input input, string text, IReadOnlyList<ReportPhotos.Saved> photos, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (docket, claim) = input.By is { } voice
            ? await Docket.OfClaimAsync(db, input.ClaimId, voice, now, ct)
            : await Docket.OfClaimAsync(db, input.ClaimId, input.Approver!, now, ct);
        if (docket is null || claim is null) return CaseOutcome.No(CaseRefusal.NotFound);
        if (!CaseLife.InHand.Contains(claim.State)) return CaseOutcome.No(CaseRefusal.NotNow);
        var actor = input.By?.Actor ?? input.Approver!.Actor;
        var line = docket.Note(CaseChange.Noted, actor, claim, input.By?.MemberId, text);
        foreach (var (name, photo) in photos)
            line.Photos.Add(new CasePhoto { Number = line.Photos.Count + 1, FileName = name, Kind = photo.Kind, Bytes = photo.Content.Length, Hash = photo.Hash });
        docket.Tell(claim, InboxKinds.CaseNoted, input.By?.MemberId);
        if (input.By is not null) await docket.TellDeskAsync(InboxKinds.CaseNoted, actor, ct);
        await docket.SaveAsync(actor, ct);
        return new CaseOutcome.Done();
    }
}
