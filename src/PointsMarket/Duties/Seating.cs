using PointsMarket.Members;

namespace PointsMarket.Duties;

/// <summary>
/// Gives free seats to those in reserve, in their order. A seat kept for a level is taken before one for anybody, and somebody of
/// that level moves over when that makes room for one more, so that no seat stays empty that could be filled and nobody is passed
/// by for somebody behind them. Who has a place keeps one.
/// </summary>
internal static class Seating
{
    /// <summary>Who leads, by level: the first there is.</summary>
    private static readonly MemberKind[] Leaders = [MemberKind.GridManager, MemberKind.GridMember, MemberKind.GridChief, MemberKind.Coordinator, MemberKind.Volunteer];

    /// <summary>Fills the seats and names a leader where there is none. Needs the sign-ups with their members. Answers who got a place now.</summary>
    public static IReadOnlyList<ShiftSignUp> Fill(Shift shift)
    {
        var taken = shift.SignUps.Where(u => u.State == SignUpState.Seated).ToDictionary(u => u.Seat!.Value);
        var moved = new List<ShiftSignUp>();
        foreach (var next in shift.SignUps.Where(u => u.State == SignUpState.Reserve).OrderBy(u => u.Rank))
        {
            if (FreeSeat(shift.Crew, taken, next.Member.Kind) is not { } seat) continue;
            (next.State, next.Seat) = (SignUpState.Seated, seat);
            taken.Add(seat, next);
            moved.Add(next);
        }
        if (!taken.Values.Any(u => u.MemberId == shift.LeaderId)) shift.LeaderId = LeaderOf(taken.Values);
        return moved;
    }

    /// <summary>A free seat for that level; somebody may have moved over for it. Null when there is none.</summary>
    private static int? FreeSeat(Crew crew, Dictionary<int, ShiftSignUp> taken, MemberKind kind)
    {
        var free = Enumerable.Range(0, crew.Seats.Count).Where(s => !taken.ContainsKey(s)).ToList();
        foreach (var seat in free.Where(s => crew.Fits(s, kind))) return seat; // those kept for a level come first
        foreach (var seat in free)
        {
            var holder = taken.Values.Where(u => crew.Seats[u.Seat!.Value] is null && crew.Fits(seat, u.Member.Kind)).OrderBy(u => u.Seat).FirstOrDefault();
            if (holder is null) continue;
            var given = holder.Seat!.Value;
            taken.Remove(given);
            holder.Seat = seat;
            taken.Add(seat, holder);
            return given;
        }
        return null;
    }

    private static int? LeaderOf(IEnumerable<ShiftSignUp> seated) => seated
        .Where(u => Leaders.Contains(u.Member.Kind)) // not an informant, whom a leader's duties would show about
        .OrderBy(u => Array.IndexOf(Leaders, u.Member.Kind)).ThenBy(u => u.Seat).Select(u => (int?)u.MemberId).FirstOrDefault();
}
