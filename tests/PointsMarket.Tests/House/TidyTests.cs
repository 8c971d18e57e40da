using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PointsMarket.Tests.Web;

namespace PointsMarket.Tests.House;

/// <summary>The limits of DESIGN 9: a file 300 lines, a method 60; and no word that says "later".</summary>
public sealed class TidyTests
{
    private static readonly string[] Roots = ["src", "tests"];

    private static IEnumerable<string> Files => Roots.SelectMany(r => ArchitectureTests.Sources(Path.Combine(Repository.Root, r)));

    [Fact]
    public void Files_Length_IsAtMost300Lines() =>
        Assert.Empty(Files.Select(f => (f, lines: File.ReadLines(f).Count())).Where(x => x.lines > 300).Select(x => $"{x.f}: {x.lines}"));

    [Fact]
    public void Methods_Length_IsAtMost60Lines()
    {
        var wrong =
            from file in Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal))
            let tree = CSharpSyntaxTree.ParseText(File.ReadAllText(file))
            from method in tree.GetRoot().DescendantNodes().Where(n => n is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax)
            let span = tree.GetLineSpan(method.Span)
            let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
            where lines > 60
            select $"{Path.GetFileName(file)}:{span.StartLinePosition.Line + 1}: {lines} lines";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Sources_Words_LeaveNothingForLater()
    {
        var later = new Regex("TO" + "DO|FIX" + "ME|HA" + "CK|NotImplemented" + "Exception");
        Assert.DoesNotContain(Files, f => later.IsMatch(File.ReadAllText(f)));
    }
}
