namespace OpsKit.Connections.Ssh;

/// <summary>
/// The shell scripts OpsKit runs on hosts. They keep to what BusyBox's ash and applets have, as ESXi's shell is that.
/// </summary>
internal static class HostScripts
{
    /// <summary><c>$1</c> folder, <c>$2</c> path. Prints which digest program there is, <c>cat</c> for none; exit status 3–5 says why nothing can be put there.</summary>
    internal const string BeforeUpload = """
        [ ! -d "$2" ] || exit 5
        [ -d "$1" ] || exit 3
        [ -w "$1" ] || exit 4
        for t in sha256sum sha1sum md5sum; do
          command -v "$t" >/dev/null 2>&1 && { echo "$t"; exit 0; }
        done
        echo cat
        """;

    /// <summary><c>$1</c> file to write.</summary>
    internal const string Receive = """umask 077; exec cat > "$1" """;

    /// <summary><c>$1</c> temporary file, <c>$2</c> digest program, <c>$3</c> digest, <c>$4</c> mode, <c>$5</c> path. Prints the digest found; exit status 3 where it is another.</summary>
    internal const string VerifyAndRename = """
        if [ "$2" != cat ]; then
          set -- "$@" $("$2" < "$1")
          echo "$6"
          [ "$6" = "$3" ] || exit 3
        fi
        chmod "$4" "$1" && mv -f "$1" "$5"
        """;

    /// <summary><c>$1</c> folder of the run, <c>$2</c> command. Making the folder is what makes the start happen once.</summary>
    internal const string StartDetached = """
        trap '' HUP PIPE
        if ! mkdir -m 700 "$1" 2>/dev/null; then
          [ -d "$1" ] && { echo attached; exit 0; }
          mkdir -m 700 "$1" || exit 3
        fi
        printf '%s\n' "$2" > "$1/command" || { rm -rf "$1"; exit 4; }
        s=
        command -v setsid >/dev/null 2>&1 && s=setsid
        $s /bin/sh -c 'echo $$ > "$0/pid"; /bin/sh "$0/command" > "$0/output" 2>&1 < /dev/null; echo $? > "$0/exit.new"; mv "$0/exit.new" "$0/exit"' "$1" > /dev/null 2>&1 < /dev/null &
        echo started
        """;

    /// <summary><c>$1</c> folder of the run, <c>$2</c> first byte of the output to send, from 1, <c>$3</c> most bytes to send. Prints a line that says how it stands, then output.</summary>
    internal const string LookAtDetached = """
        [ -d "$1" ] || { echo gone; exit 0; }
        if [ -f "$1/exit" ]; then echo "exited $(cat "$1/exit")"
        elif [ ! -s "$1/pid" ]; then echo starting
        elif kill -0 "$(cat "$1/pid")" 2>/dev/null; then echo running
        elif [ -f "$1/exit" ]; then echo "exited $(cat "$1/exit")"
        else echo vanished
        fi
        [ ! -f "$1/output" ] || tail -c "+$2" "$1/output" | head -c "$3"
        """;

    /// <summary><c>$1</c> folder of the run. Ends the command and what it started.</summary>
    internal const string StopDetached = """
        [ -f "$1/pid" ] && [ ! -f "$1/exit" ] || exit 0
        p=$(cat "$1/pid")
        kill -TERM "-$p" 2>/dev/null || kill -TERM "$p"
        """;
}
