using System.Globalization;
using Bogus;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Duties;
using PointsMarket.Ledger;
using PointsMarket.Members;

namespace PointsMarket.Demo;

/// <summary>Writes the demo's duties: what is past as rows, what is to come through the operations.</summary>
internal sealed class DemoRoster(MarketDb db, Actor actor, DateTime now)
{
    private readonly Dictionary<string, int> members = [];

    public async Task RunAsync(DemoDuties demo, CancellationToken ct)
    {
        foreach (var m in await db.Members.Select(m => new { m.Code, m.Id }).ToListAsync(ct)) members[m.Code] = m.Id;
        var areas = await db.Areas.ToDictionaryAsync(a => a.Code, a => a.Id, ct);
        var today = StationTime.Day(now);
        var duties = new List<int>();
        foreach (var plan in DemoDuties.Plans)
        {
            var first = plan.OnlyDay is { } only ? today.AddDays(only) : today.AddDays(-DemoDuties.Days);
            duties.Add(await SaveAsync(new SaveDuty.Input
            {
                Kind = plan.Kind, Place = plan.Place, AreaId = areas[plan.Area], Weekdays = plan.OnlyDay is null ? plan.Weekdays : Recurrence.Of(first), StartsAt = plan.StartsAt, EndsAt = plan.EndsAt,
                FirstDay = first, LastDay = plan.OnlyDay is null ? null : first, Crew = plan.Crew, DrawDays = plan.DrawDays, Actor = actor, AreaPath = "",
            }));
        }
        await WritePastAsync(demo, duties, areas, ct);
        await SignUpAsync(demo, ct);
        await WriteNowAsync(areas["V1G05"], today, ct);
        db.ChangeTracker.Clear();
    }

    private async Task<int> SaveAsync(SaveDuty.Input input)
    {
        var outcome = await SaveDuty.SaveAsync(db, input, now);
        db.ChangeTracker.Clear();
        return outcome is SaveDuty.Saved saved ? saved.DutyId : throw new InvalidOperationException($"The demo station breaks a rule: {outcome}");
    }

    private async Task WritePastAsync(DemoDuties demo, List<int> duties, Dictionary<string, int> areas, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var reports = await db.TaskReports.Where(r => r.Reference.StartsWith("RS")).AsTracking().ToDictionaryAsync(r => r.Reference, ct);
        foreach (var (plan, shift) in demo.Held)
        {
            (shift.DutyId, shift.AreaId) = (duties[plan], areas[DemoDuties.Plans[plan].Area]);
            shift.LeaderId = shift.LeaderId is { } leader ? members[demo.Members[leader].Code] : null;
            shift.ConfirmedBy = shift.ConfirmedAt is null ? null : actor.Code;
            foreach (var signUp in shift.SignUps)
            {
                if (demo.ReportOf(plan, shift.Day, signUp.MemberId) is { } reference) signUp.ReportId = reports[reference].Id;
                (signUp.MemberId, signUp.Member) = (members[signUp.Member.Code], null!);
            }
            db.Shifts.Add(shift);
        }
        await db.SaveChangesAsync(ct);
        var byReport = demo.Held.SelectMany(h => h.Shift.SignUps.Select(u => (h.Shift, SignUp: u))).Where(x => x.SignUp.ReportId is not null).ToDictionary(x => x.SignUp.ReportId!.Value);
        foreach (var report in reports.Values)
        {
            var (shift, signUp) = byReport[report.Id];
            (report.ClientKey, report.FiledBy) = (string.Create(CultureInfo.InvariantCulture, $"shift:{shift.Id}"), actor.Code);
            report.Text = ConfirmAttendance.TextOf(shift, signUp.CheckedInAt!.Value);
        }
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    /// <summary>The coming ten days: some want more people than ask, for some it is the other way round. What is due is drawn.</summary>
    private async Task SignUpAsync(DemoDuties demo, CancellationToken ct)
    {
        var random = new Randomizer(2026);
        var until = now.AddDays(10);
        var coming = await db.Shifts.Where(s => s.StartsAt > now && s.StartsAt < until).OrderBy(s => s.StartsAt).ThenBy(s => s.Id).Select(s => new { s.Id, s.Crew, s.Area.Path, s.DrawAt, s.Kind }).ToListAsync(ct);
        for (var n = 0; n < coming.Count; n++)
        {
            var shift = coming[n];
            var village = shift.Path.Split('/')[2];
            var able = demo.Members.Where(m => m.Kind != MemberKind.Informant && shift.Crew.Wants(m.Kind) && m.Code != "P0002").ToList();
            var near = able.Where(m => m.Area.StartsWith(village, StringComparison.Ordinal)).ToList();
            var wanted = shift.Kind == DutyKind.Training ? 11 : shift.Crew.Seats.Count + random.Int(-1, 2);
            var asked = random.ListItems(near.Count >= wanted ? near : able, Math.Min(wanted, able.Count)).Select(m => m.Code).ToList();
            if (n % 5 == 2 && able.Any(m => m.Code == "G0001")) asked.Insert(0, "G0001");
            foreach (var code in asked.Distinct()) await AskForSeat.RunAsync(db, new AskForSeat.Input { ShiftId = shift.Id, MemberId = members[code], Actor = actor }, now);
            if (shift.DrawAt <= now) await DrawShifts.DrawAsync(db, shift.Id, now);
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>By day also one that begins in a moment, with 张桂兰 leading it: for trying the check-in.</summary>
    private async Task WriteNowAsync(int area, DateOnly today, CancellationToken ct)
    {
        var local = StationTime.Local(now);
        var starts = TimeOnly.FromDateTime(local.AddMinutes(15 - (local.Minute % 5)));
        if (starts.Hour is < 6 or > 20 || StationTime.Day(now.AddMinutes(15)) != today) return;
        var duty = await SaveAsync(new SaveDuty.Input
        {
            Kind = DutyKind.Patrol, Place = "村委会门口集合", AreaId = area, Weekdays = Recurrence.Of(today), StartsAt = new TimeOnly(starts.Hour, starts.Minute), EndsAt = new TimeOnly(starts.Hour, starts.Minute).AddHours(2),
            FirstDay = today, LastDay = today, Crew = [(MemberKind.GridMember, 1), (MemberKind.Volunteer, 2)], DrawDays = 1, Actor = actor, AreaPath = "",
        });
        var shift = await db.Shifts.Where(s => s.DutyId == duty).Select(s => s.Id).SingleAsync(ct);
        foreach (var code in (string[])["G0001", "P0001", "P0003"]) await AskForSeat.RunAsync(db, new AskForSeat.Input { ShiftId = shift, MemberId = members[code], Actor = actor }, now);
        await DrawShifts.DrawAsync(db, shift, now);
    }
}
