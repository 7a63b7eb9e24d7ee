using System.Globalization;
using System.Text;

namespace OpsKit.Lab.Esxi.Ash;

/// <summary>Expands <c>$x</c> and <c>${x…}</c>.</summary>
internal sealed class ParameterExpansion(AshShell shell, Expander expander)
{
    public async ValueTask AddAsync(ParameterPart part, FieldBuilder fields)
    {
        if (part.Name is "@" or "*" && part.Operation == ParameterOperation.Value)
        {
            AddAll(part, fields);
            return;
        }

        var value = ValueOf(part.Name);
        var missing = value is null || (part.Colon && value.Length == 0);
        switch (part.Operation)
        {
            case ParameterOperation.Length:
                Expander.Add(LengthOf(part.Name).ToString(CultureInfo.InvariantCulture), fields, part.Quoted);
                return;
            case ParameterOperation.Default or ParameterOperation.Assign or ParameterOperation.Error when !missing:
                if (part.Name is "@" or "*")
                    AddAll(part, fields);
                else
                    Expander.Add(value!, fields, part.Quoted);
                return;
            case ParameterOperation.Default:
                await expander.AddAsync(part.Argument!, fields, inExpansion: !part.Quoted).ConfigureAwait(false);
                return;
            case ParameterOperation.Alternative:
                if (!missing)
                    await expander.AddAsync(part.Argument!, fields, inExpansion: !part.Quoted).ConfigureAwait(false);
                return;
            case ParameterOperation.Assign:
                if (!ShellNames.IsName(part.Name))
                    throw new ShellFailureException($"{part.Name}: bad variable name");
                var assigned = await expander.ExpandToTextAsync(part.Argument!).ConfigureAwait(false);
                shell.Variables.Set(part.Name, assigned);
                Expander.Add(assigned, fields, part.Quoted);
                return;
            case ParameterOperation.Error:
                var message = await expander.ExpandToTextAsync(part.Argument!).ConfigureAwait(false);
                throw new ShellFailureException($"{part.Name}: {(message.Length > 0 ? message : part.Colon ? "parameter null or not set" : "parameter not set")}");
        }

        if (value is null && shell.Options.RequireSet && part.Name is not ("@" or "*" or "!"))
            throw new ShellFailureException($"{part.Name}: parameter not set");
        if (value is not null)
            Expander.Add(await ChangeAsync(part, value).ConfigureAwait(false), fields, part.Quoted);
    }

    private void AddAll(ParameterPart part, FieldBuilder fields)
    {
        if (part is { Name: "*", Quoted: true })
        {
            fields.AddQuoted(ValueOf("*")!);
            return;
        }

        for (var i = 0; i < shell.Arguments.Count; i++)
        {
            if (i > 0 && part.Quoted)
                fields.Break();
            else if (i > 0)
                fields.BreakIfBegun();
            Expander.Add(shell.Arguments[i], fields, part.Quoted);
        }
    }

    private async ValueTask<string> ChangeAsync(ParameterPart part, string value)
    {
        if (part.Operation == ParameterOperation.Value)
            return value;
        if (part.Operation == ParameterOperation.Substring)
            return await SubstringAsync(part, value).ConfigureAwait(false);
        var pattern = new ShellPattern(await expander.ExpandToPatternAsync(part.Argument!).ConfigureAwait(false));
        switch (part.Operation)
        {
            case ParameterOperation.CutShortestPrefix or ParameterOperation.CutLongestPrefix:
                return value[Math.Max(0, pattern.MatchPrefix(value, part.Operation == ParameterOperation.CutLongestPrefix))..];
            case ParameterOperation.CutShortestSuffix or ParameterOperation.CutLongestSuffix:
                return value[..^Math.Max(0, pattern.MatchSuffix(value, part.Operation == ParameterOperation.CutLongestSuffix))];
            default:
                var replacement = part.Second is { } second ? await expander.ExpandToTextAsync(second).ConfigureAwait(false) : "";
                return Replace(value, pattern, replacement, part.Operation == ParameterOperation.ReplaceAll);
        }
    }

    private static string Replace(string value, ShellPattern pattern, string replacement, bool all)
    {
        var result = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            var length = pattern.MatchPrefix(value[i..], longest: true);
            if (length <= 0)
            {
                result.Append(value[i]);
                continue;
            }

            result.Append(replacement);
            i += length - 1;
            if (!all)
                return result.Append(value, i + 1, value.Length - i - 1).ToString();
            if (result.Length > FieldBuilder.MostText)
                throw new ShellFailureException("out of memory");
        }

        return result.ToString();
    }

    private async ValueTask<string> SubstringAsync(ParameterPart part, string value)
    {
        var offset = expander.Calculate(await expander.ExpandToTextAsync(part.Argument!).ConfigureAwait(false));
        if (offset < 0)
            offset = Math.Max(0, value.Length + offset);
        offset = Math.Min(offset, value.Length);
        var length = value.Length - offset;
        if (part.Second is { } second)
        {
            var wanted = expander.Calculate(await expander.ExpandToTextAsync(second).ConfigureAwait(false));
            length = Math.Clamp(wanted < 0 ? length + wanted : wanted, 0, length);
        }

        return value.Substring((int)offset, (int)length);
    }

    private int LengthOf(string name)
    {
        if (name is "@" or "*")
            return shell.Arguments.Count;
        if (ValueOf(name) is { } value)
            return value.Length;
        return shell.Options.RequireSet ? throw new ShellFailureException($"{name}: parameter not set") : 0;
    }

    /// <summary>The value of a parameter; null where it is not set.</summary>
    private string? ValueOf(string name)
    {
        switch (name)
        {
            case "?":
                return shell.Status.ToString(CultureInfo.InvariantCulture);
            case "$":
                return shell.MainPid.ToString(CultureInfo.InvariantCulture);
            case "#":
                return shell.Arguments.Count.ToString(CultureInfo.InvariantCulture);
            case "!":
                return shell.LastBackground > 0 ? shell.LastBackground.ToString(CultureInfo.InvariantCulture) : null;
            case "-":
                return shell.Options.Letters;
            case "@":
                return shell.Arguments.Count > 0 ? string.Join(' ', shell.Arguments) : null;
            case "*":
                return shell.Variables["IFS"] is { Length: 0 } ? string.Concat(shell.Arguments) : string.Join(expander.Separators[0], shell.Arguments);
        }

        if (!char.IsAsciiDigit(name[0]))
            return shell.Variables[name];
        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        return number == 0 ? shell.Name : number <= shell.Arguments.Count ? shell.Arguments[number - 1] : null;
    }
}
