using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Binders;
using Microsoft.Extensions.Options;

namespace PointsMarket.Web.Setup;

/// <summary>
/// A form posts each line's end as two characters, while <c>maxlength</c> counts it as one (HTML, "API value"): whoever fills a field to
/// the last character with several lines would be told that it is too long. So every string that a page binds has <c>\n</c> alone at
/// the end of its lines before it is checked and kept.
/// </summary>
internal sealed class LineEndings : IConfigureOptions<MvcOptions>, IModelBinderProvider
{
    public void Configure(MvcOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        // In the place of the usual one for strings: what comes in a body or a header has its own binder before it.
        var usual = options.ModelBinderProviders.Select((p, i) => (p, i)).First(x => x.p is SimpleTypeModelBinderProvider).i;
        options.ModelBinderProviders.Insert(usual, this);
    }

    public IModelBinder? GetBinder(ModelBinderProviderContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Metadata.ModelType == typeof(string) ? new Binder(new SimpleTypeModelBinder(typeof(string), context.Services.GetRequiredService<ILoggerFactory>())) : null;
    }

    private sealed class Binder(SimpleTypeModelBinder usual) : IModelBinder
    {
        public async Task BindModelAsync(ModelBindingContext bindingContext)
        {
            await usual.BindModelAsync(bindingContext);
            if (bindingContext.Result is { IsModelSet: true, Model: string typed } && typed.Contains('\r', StringComparison.Ordinal))
                bindingContext.Result = ModelBindingResult.Success(typed.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'));
        }
    }
}
