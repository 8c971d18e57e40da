using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Meetings;

/// <summary>What came of writing minutes down, or of something in them.</summary>
public enum MeetingOutcome
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>There is no such thing in the actor's area.</summary>
    NotFound,

    /// <summary>Nothing, or too much, was written.</summary>
    BadWords,

    /// <summary>A meeting is not held in the future, nor more than a year ago.</summary>
    BadDay,

    /// <summary>An action is due from the day it is given to a year later.</summary>
    BadDue,

    /// <summary>There is no such member or account in the actor's area.</summary>
    NoSuchOwner,

    /// <summary>It was done before.</summary>
    Already,
}

/// <summary>Writes the minutes of a meeting down, or changes them; what they said before is kept. They are about work; nothing about residents belongs in them.</summary>
public sealed class SaveMeeting(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The minutes.</summary>
    public sealed record Input
    {
        /// <summary>The meeting to change; null for a new one.</summary>
        public int? MeetingId { get; init; }

        /// <summary>Whose meeting.</summary>
        public required int AreaId { get; init; }

        /// <summary>The station day on which it was held.</summary>
        public required DateOnly HeldOn { get; init; }

        /// <summary>What it was about.</summary>
        public required string Title { get; init; }

        /// <summary>What was said.</summary>
        public required string Notes { get; init; }

        /// <summary>Who writes.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>Saves them; the meeting's key when it is done, else 0.</summary>
    public async Task<(MeetingOutcome Outcome, int MeetingId)> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (title, notes) = (input.Title.Trim(), input.Notes.Trim());
        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        if (title.Length is 0 or > Meeting.MostTitle || notes.Length is 0 or > Meeting.MostNotes) return (MeetingOutcome.BadWords, 0);
        if (input.HeldOn > today || input.HeldOn < today.AddYears(-1)) return (MeetingOutcome.BadDay, 0);
        return await writes.RunAsync((db, token) => RunAsync(db, input, title, notes, token), ct);
    }

    private async Task<(MeetingOutcome, int)> RunAsync(MarketDb db, Input input, string title, string notes, CancellationToken ct)
    {
        if (!await db.Areas.AnyAsync(a => a.Id == input.AreaId && a.Path.StartsWith(input.AreaPath), ct)) return (MeetingOutcome.NotFound, 0);
        var now = clock.GetUtcNow().UtcDateTime;
        Meeting? meeting;
        if (input.MeetingId is { } id)
        {
            await db.TakeTurnAsync(); // of two who change them, the second finds what the first wrote
            meeting = await db.Meetings.AsTracking().SingleOrDefaultAsync(m => m.Id == id && m.Area.Path.StartsWith(input.AreaPath), ct);
            if (meeting is null) return (MeetingOutcome.NotFound, 0);
            if ((meeting.HeldOn, meeting.Title, meeting.Notes) != (input.HeldOn, title, notes)) await KeepAsync(db, meeting, ct);
            (meeting.AreaId, meeting.HeldOn, meeting.Title, meeting.Notes, meeting.WrittenBy, meeting.WrittenAt) = (input.AreaId, input.HeldOn, title, notes, input.Actor.Code, now);
        }
        else
        {
            meeting = new Meeting { AreaId = input.AreaId, HeldOn = input.HeldOn, Title = title, Notes = notes, WrittenBy = input.Actor.Code, WrittenAt = now };
            db.Meetings.Add(meeting);
        }

        await db.SaveChangesAsync(ct);
        db.Note(now, input.Actor, "meeting.written", meeting.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await db.SaveChangesAsync(ct);
        return (MeetingOutcome.Done, meeting.Id);
    }

    private static async Task KeepAsync(MarketDb db, Meeting meeting, CancellationToken ct)
    {
        var last = await db.EarlierMinutes.Where(m => m.MeetingId == meeting.Id).MaxAsync(m => (int?)m.Number, ct) ?? 0;
        db.EarlierMinutes.Add(new EarlierMinutes { MeetingId = meeting.Id, Number = last + 1, HeldOn = meeting.HeldOn, Title = meeting.Title, Notes = meeting.Notes, WrittenBy = meeting.WrittenBy, WrittenAt = meeting.WrittenAt });
    }
}
