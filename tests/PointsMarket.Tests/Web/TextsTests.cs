using System.Text.RegularExpressions;
using System.Xml.Linq;
using PointsMarket.Funding;
using PointsMarket.Jobs;
using PointsMarket.Notices;
using PointsMarket.Proposals;
using PointsMarket.Routing;
using PointsMarket.Rules;
using PointsMarket.Settings;
using PointsMarket.Tasks;
using PointsMarket.Web.Jobs;
using PointsMarket.Web.Text;

namespace PointsMarket.Tests.Web;

/// <summary>The words on screen: both languages whole, every key that is used there, every key that is there used.</summary>
public sealed partial class TextsTests
{
    private static readonly Dictionary<string, string> Chinese = Read("Texts.resx");
    private static readonly Dictionary<string, string> English = Read("Texts.en.resx");
    private static readonly string Source = string.Join('\n', Repository.WebFiles(".cs", ".cshtml").Select(f => Comment().Replace(File.ReadAllText(f), "")));

    [Fact]
    public void Languages_SideBySide_HaveTheSameKeys() => Assert.Equal(Chinese.Keys.Order(StringComparer.Ordinal), English.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Text_InEitherLanguage_HasTheSamePlaceholdersAndIsNotEmpty() => Assert.All(Chinese, pair =>
    {
        Assert.NotEmpty(pair.Value.Trim());
        Assert.NotEmpty(English[pair.Key].Trim());
        Assert.True(Holes(pair.Value).SetEquals(Holes(English[pair.Key])), $"{pair.Key}: “{pair.Value}” and “{English[pair.Key]}”");
    });

    [Fact]
    public void English_Text_IsNotLeftInChinese() =>
        Assert.All(English.Where(p => p.Key != "Shell.Tools.OtherLanguage"), p => Assert.False(Han().IsMatch(p.Value), $"{p.Key}: {p.Value}"));

    /// <summary>Every number that has a word for one and another for many is one of the text's own.</summary>
    [Fact]
    public void Count_InAnyText_IsOfANumberThatIsShown() =>
        Assert.All(Chinese.Concat(English).Where(p => p.Value.Contains('|', StringComparison.Ordinal)), p => Assert.All(Counted().Matches(p.Value), m => Assert.Contains($"{{{m.Groups[1].Value}}}", p.Value)));

    [Theory]
    [InlineData("en", "1", "1 slip waits to be collected")]
    [InlineData("en", "2", "2 slips wait to be collected")]
    [InlineData("en", "1,001", "1,001 slips wait to be collected")]
    [InlineData("zh-CN", "1", "1 张兑换单等着领")]
    public void Words_WithANumber_TellOneFromMany(string culture, string number, string words)
    {
        System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo(culture);
        var options = Microsoft.Extensions.Options.Options.Create(new Microsoft.Extensions.Localization.LocalizationOptions());
        var texts = new CountedTexts(new Microsoft.Extensions.Localization.ResourceManagerStringLocalizerFactory(options, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance));

        Assert.Equal(words, texts["Desk.Home.OpenSlips", number].Value);
        if (number.Length == 1) Assert.Equal(words, texts["Desk.Home.OpenSlips", int.Parse(number)].Value);
    }

    [Fact]
    public void Key_OfAnyText_SaysAreaPageAndThing() => Assert.All(Chinese.Keys, key => Assert.Matches(KeyShape(), key));

    [Fact]
    public void Key_UsedInSource_Exists()
    {
        var areas = Chinese.Keys.Select(k => k.Split('.')[0]).ToHashSet();
        var asked = Indexer().Matches(Source).Select(m => m.Groups[1].Value);
        var written = Literal().Matches(Source).Select(m => m.Groups[1].Value).Where(k => areas.Contains(k.Split('.')[0]));
        var missing = asked.Concat(written).Where(k => !Chinese.ContainsKey(k)).Distinct();
        Assert.True(!missing.Any(), "Not in Texts.resx: " + string.Join(", ", missing));
    }

    [Fact]
    public void Key_InTexts_IsUsed()
    {
        var written = Literal().Matches(Source).Select(m => m.Groups[1].Value).ToHashSet();
        // A key put together at run time, T[$"Enum.MemberKind.{kind}"], uses all that begin like it.
        var begun = Interpolated().Matches(Source).Select(m => m.Groups[1].Value).ToHashSet();
        var unused = Chinese.Keys.Where(k => !written.Contains(k) && !begun.Any(b => k.StartsWith(b, StringComparison.Ordinal)));
        Assert.True(!unused.Any(), "Used nowhere: " + string.Join(", ", unused));
    }

    /// <summary>Keys put together at run time from what the library lists: every one has its words, and no words are left over.</summary>
    public static TheoryData<string, IEnumerable<string>> Computed => new()
    {
        { "Inbox.Kind.", InboxKinds.All },
        { "Rules.State.", Enum.GetNames<ProposalState>() }, { "Rules.Evidence.", Enum.GetNames<Evidence>() }, { "Rules.Problem.", Enum.GetNames<RuleProblem>() },
        { "Rules.Outcome.", Enum.GetNames<ProposalOutcome>().Where(o => o != nameof(ProposalOutcome.Done)) },
        { "Routes.Problem.", Enum.GetNames<SaveRoute.Outcome>().Except([nameof(SaveRoute.Outcome.Saved), nameof(SaveRoute.Outcome.NoSuchRoute)]) },
        { "Routes.Matter.", Enum.GetNames<Matter>() },
        { "Funds.Purpose.", FundPurposes.All.Select(p => $"{p}") }, { "Funds.Kind.", Enum.GetNames<FundMovementKind>() }, { "Funds.Problem.", Enum.GetNames<SaveFund.Outcome>().Except([nameof(SaveFund.Outcome.Saved), nameof(SaveFund.Outcome.Proposed)]) },
        { "Payments.State.", Enum.GetNames<PaymentState>() }, { "Payments.Refusal.", Enum.GetNames<PaymentRefusal>() }, { "Payments.Show.", Enum.GetNames<PointsMarket.Web.Pages.Payments.IndexModel.Showing>() },
        { "Settings.Name.", SettingList.All.Select(s => s.Key.Replace('.', '-')) }, { "Settings.Group.", SettingList.Groups }, { "Settings.Unit.", Enum.GetNames<SettingUnit>() },
        { "Settings.Problem.", Enum.GetNames<SettingProblem>() },
        { "Jobs.Line.", RunLines.All }, { "Jobs.Failure.", RunFailures.All }, { "Jobs.Advice.", RunFailures.All }, { "Jobs.State.", Enum.GetNames<RunState>() }, { "Jobs.Cause.", Enum.GetNames<RunCause>() },
        { "Jobs.Name.", MarketJobs.All.Select(j => j.Name) }, { "Jobs.About.", MarketJobs.All.Select(j => j.Name) },
    };

    [Theory, MemberData(nameof(Computed))]
    public void Key_ComputedFromAList_HasWordsInBothLanguages(string prefix, IEnumerable<string> names)
    {
        var keys = names.Select(n => prefix + n).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(keys, Chinese.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(keys, English.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Page_OfAnyKind_HasNoSentenceOfItsOwn()
    {
        var bad = Repository.WebFiles(".cshtml")
            .Where(f => Han().IsMatch(Comment().Replace(File.ReadAllText(f), "")))
            .Select(Path.GetFileName);
        Assert.True(!bad.Any(), "Chinese outside Texts.resx: " + string.Join(", ", bad));
    }

    [Fact]
    public void Icon_NamedInSource_IsInTheSprite()
    {
        var sprite = File.ReadAllText(Path.Combine(Repository.Web, "wwwroot/lib/lucide-1.62.0/icons.svg"));
        var goods = File.ReadAllText(Path.Combine(Repository.Web, "wwwroot/img/goods.svg"));
        Assert.All(IconUse().Matches(Source), m => Assert.Contains($"<symbol id=\"{m.Groups[2].Value}\"", m.Groups[1].Value == "Icon" ? sprite : goods));
    }

    private static Dictionary<string, string> Read(string file) =>
        XDocument.Load(Path.Combine(Repository.Web, "Text", file)).Root!.Elements("data")
            .ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value); // throws on a key that is there twice

    private static HashSet<string> Holes(string text) => [.. Hole().Matches(text).Select(m => m.Value)];

    [GeneratedRegex(@"\{\d+")] private static partial Regex Hole();
    [GeneratedRegex(@"\{(\d+):[^{}]*\|[^{}]*\}")] private static partial Regex Counted();
    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")] private static partial Regex Han();
    [GeneratedRegex(@"^[A-Z]\w*(\.[\w-]+){2,}$")] private static partial Regex KeyShape();
    [GeneratedRegex("\\b(?:T|texts|Texts)\\[\"([^\"]+)\"")] private static partial Regex Indexer();
    [GeneratedRegex("\"([A-Z]\\w*(?:\\.[\\w-]+){2,})\"")] private static partial Regex Literal();
    [GeneratedRegex("\\$\"([A-Z]\\w*\\.[\\w.-]*)\\{")] private static partial Regex Interpolated();
    [GeneratedRegex(@"@\*[\s\S]*?\*@|^\s*//.*$", RegexOptions.Multiline)] private static partial Regex Comment();
    [GeneratedRegex("Ui\\.(Icon|Pic)\\(\"([^\"]+)\"\\)")] private static partial Regex IconUse();
}
