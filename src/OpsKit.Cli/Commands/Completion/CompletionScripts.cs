namespace OpsKit.Cli.Commands.Completion;

/// <summary>The shells' scripts. All ask <c>opskit __complete</c>, so that they never go out of date.</summary>
internal static class CompletionScripts
{
    public const string Bash =
        """
        # bash completion for opskit

        _opskit() {
            local line=${COMP_LINE:0:COMP_POINT}
            local word=${line##*[[:space:]]}
            # bash completes only what follows the last = or : of a word.
            local head=${word%"${word##*[=:]}"}
            local value description
            COMPREPLY=()
            while IFS=$'\t' read -r value description; do
                if [[ $value == ":files" ]]; then
                    compopt -o default 2>/dev/null
                    return
                fi
                [[ $value == *: ]] && compopt -o nospace 2>/dev/null
                COMPREPLY+=("${value#"$head"}")
            done < <(opskit __complete "$line" 2>/dev/null)
        }

        complete -F _opskit opskit

        """;

    public const string Zsh =
        """
        #compdef opskit

        _opskit() {
            local line="${(j: :)words[1,CURRENT-1]} ${PREFIX}"
            local value description
            local -a plain open
            while IFS=$'\t' read -r value description; do
                if [[ $value == ":files" ]]; then
                    _files
                    return
                fi
                if [[ $value == *: ]]; then
                    open+=("${value//:/\\:}:${description}")
                else
                    plain+=("${value//:/\\:}:${description}")
                fi
            done < <(opskit __complete "$line" 2>/dev/null)
            (( $#plain )) && _describe -t opskit opskit plain
            (( $#open )) && _describe -t opskit opskit open -S ''
        }

        if [[ "${funcstack[1]}" == "_opskit" ]]; then
            _opskit "$@"
        else
            compdef _opskit opskit
        fi

        """;

    public const string Fish =
        """
        # fish completion for opskit

        function __opskit_complete
            for reply in (opskit __complete (commandline -cp | string collect) 2>/dev/null)
                if string match -q ':files*' -- $reply
                    __fish_complete_path (commandline -ct)
                else
                    echo $reply
                end
            end
        end

        complete -c opskit -f -a '(__opskit_complete)'

        """;

    public const string Pwsh =
        """
        # PowerShell completion for opskit

        Register-ArgumentCompleter -Native -CommandName opskit -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            # The cursor's place counts from the beginning of the input, where other commands may stand.
            $end = $cursorPosition - $commandAst.Extent.StartOffset
            $line = $commandAst.Extent.Text.PadRight($end).Substring(0, $end)
            opskit __complete $line 2>$null | ForEach-Object {
                $value, $description = $_ -split "`t", 2
                if ($value -ne ':files') {
                    if (-not $description) { $description = $value }
                    [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $description)
                }
            }
        }

        """;
}
