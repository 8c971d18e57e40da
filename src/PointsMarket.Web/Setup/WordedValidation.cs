using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Setup;

/// <summary>
/// Gives every validation attribute without a message of its own, and every value that cannot be read, a sentence from
/// <see cref="Texts"/> that says what to do. So <c>[Required]</c> alone is enough in an <c>Input</c>.
/// </summary>
internal sealed class WordedValidation(IStringLocalizer<Texts> texts) : IConfigureOptions<MvcOptions>, IValidationMetadataProvider
{
    public void Configure(MvcOptions options)
    {
        options.ModelMetadataDetailsProviders.Add(this);
        var messages = options.ModelBindingMessageProvider;
        messages.SetAttemptedValueIsInvalidAccessor((_, name) => texts["Shell.Valid.NotUnderstood", name]);
        messages.SetUnknownValueIsInvalidAccessor(name => texts["Shell.Valid.NotUnderstood", name]);
        messages.SetValueIsInvalidAccessor(_ => texts["Shell.Valid.ValueNotUnderstood"]);
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(_ => texts["Shell.Valid.ValueNotUnderstood"]);
        messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => texts["Shell.Valid.ValueNotUnderstood"]);
        messages.SetValueMustBeANumberAccessor(name => texts["Shell.Valid.Number", name]);
        messages.SetNonPropertyValueMustBeANumberAccessor(() => texts["Shell.Valid.ValueNotUnderstood"]);
        messages.SetValueMustNotBeNullAccessor(_ => texts["Shell.Valid.Missing"]);
        messages.SetMissingBindRequiredValueAccessor(name => texts["Shell.Valid.Required", name]);
        messages.SetMissingKeyOrValueAccessor(() => texts["Shell.Valid.Missing"]);
        messages.SetMissingRequestBodyRequiredValueAccessor(() => texts["Shell.Valid.Missing"]);
    }

    public void CreateValidationMetadata(ValidationMetadataProviderContext context)
    {
        foreach (var rule in context.ValidationMetadata.ValidatorMetadata.OfType<ValidationAttribute>())
        {
            if (rule is { ErrorMessage: null, ErrorMessageResourceName: null } && KeyOf(rule) is { } key)
            {
                rule.ErrorMessage = key;
            }
        }
    }

    // The placeholders are those that the attribute's adapter hands to the localizer: {0} the field, {1} {2} its bounds.
    private static string? KeyOf(ValidationAttribute rule) => rule switch
    {
        RequiredAttribute => "Shell.Valid.Required",
        RangeAttribute => "Shell.Valid.Range",
        StringLengthAttribute { MinimumLength: > 0 } => "Shell.Valid.LengthBetween",
        StringLengthAttribute or MaxLengthAttribute => "Shell.Valid.TooLong",
        MinLengthAttribute => "Shell.Valid.TooShort",
        CompareAttribute => "Shell.Valid.NotTheSame",
        RegularExpressionAttribute or DataTypeAttribute => "Shell.Valid.NotUnderstood",
        _ => null,
    };
}
