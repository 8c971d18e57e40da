using PointsMarket.Loops;
using PointsMarket.Tasks;

namespace PointsMarket.Tests.Loops;

/// <summary>The table itself: it can be read through whole, so it is.</summary>
public sealed class LoopTableTests
{
    public static TheoryData<LoopKind> Kinds => [.. Enum.GetValues<LoopKind>()];

    [Theory, MemberData(nameof(Kinds))]
    public void Table_EveryState_IsReachedAndLeadsToAnEnd(LoopKind kind)
    {
        var states = LoopTable.StatesOf(kind);
        foreach (var state in states)
        {
            var next = LoopTable.Next(kind, state);
            Assert.Equal(LoopTable.Ends.Contains(state), next.Count == 0); // no state without an exit, no exit from an end
            Assert.Equal(next.Count, next.Select(r => r.Action).Distinct().Count());
            Assert.Contains(Reached(state), LoopTable.Ends.Contains);
        }

        Assert.Equal(states.Order(), Reached(LoopTable.First(kind).State).Order());

        HashSet<LoopState> Reached(LoopState from)
        {
            var seen = new HashSet<LoopState> { from };
            for (var queue = new Queue<LoopState>([from]); queue.TryDequeue(out var at);)
            {
                foreach (var rule in LoopTable.Next(kind, at).Where(r => seen.Add(r.To))) queue.Enqueue(rule.To);
            }

            return seen;
        }
    }

    [Fact]
    public void Table_EveryLine_HasADeadlineExceptAtAnEnd()
    {
        Assert.All(LoopTable.All, r => Assert.Equal(LoopTable.Ends.Contains(r.To), LoopDays.SettingOf(r.Kind, r.To) is null));
        Assert.All(Enum.GetValues<LoopKind>(), k => Assert.NotNull(LoopDays.SettingOf(k, LoopTable.First(k).State)));
        Assert.All(LoopTable.All.Select(r => LoopDays.SettingOf(r.Kind, r.To)).OfType<PointsMarket.Settings.Setting>(), s => Assert.Equal((1, LoopTable.MostDays), (s.Min, s.Max)));
    }

    [Fact]
    public void Table_WhatEarns_IsACategoryOfTheRuleBookAndNamesAMember()
    {
        Assert.All(LoopTable.All.Where(r => r.Earns is not null), r => Assert.True(DefaultCategories.Codes.Contains(r.Earns!) && r.Asks(LoopNeeds.Member)));
        Assert.All(Enum.GetValues<LoopKind>().Select(k => LoopTable.First(k).Earns).OfType<string>(), c => Assert.Contains(c, DefaultCategories.Codes));
        Assert.All(Enum.GetValues<LoopKind>(), k => Assert.Contains(DefaultCategories.Codes, c => LoopTable.KindFor(c) == k));
    }
}
