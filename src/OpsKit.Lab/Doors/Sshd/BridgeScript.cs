using OpsKit.Connections.Platform;
using OpsKit.Connections.Ssh;

namespace OpsKit.Lab.Doors.Sshd;

/// <summary>
/// The program sshd runs for each channel. It carries bytes between sshd and the lab and knows nothing else. In Perl it is there within 2 ms, where a .NET
/// program needs forty times as long; <see cref="Bridge"/> is for machines without Perl.
/// </summary>
internal static class BridgeScript
{
    /// <summary>To the lab: two fields with their lengths (which connection, which command), then pieces of input (i) and its end (e). From the lab: output (o), errors (r), the exit status (x).</summary>
    private const string Text = """
        # Carries one SSH channel between sshd and opskit-lab, which wrote this file.
        # No modules: loading Socket takes longer than all the rest.
        use strict;
        my ($path, $token) = @ARGV;
        my ($lab, $piece);
        my $command = $ENV{SSH_ORIGINAL_COMMAND} // '';
        my $address = $^O eq 'linux' ? pack('S a*', 1, "$path\0") : pack('C C a*', 2 + length $path, 1, $path);
        socket($lab, 1, 1, 0) && connect($lab, $address) or do { print STDERR "opskit-lab: the lab has ended\n"; exit 255 };

        sub put {
            my ($to, $bytes) = @_;
            for (my $done = 0; $done < length $bytes;) {
                my $count = syswrite $to, $bytes, length($bytes) - $done, $done;
                if (defined $count) { $done += $count } elsif ($! != 4) { return 0 }
            }
            return 1;
        }

        sub get {
            my $count;
            do { $count = sysread $_[0], $_[1], 65536, $_[2] // 0 } until defined $count || $! != 4;
            return $count;
        }

        put($lab, pack 'N/a* N/a*', $token, $command) or exit 255;
        # Things echo and end lines by themselves; a command keeps the terminal's ways, and dies of Ctrl-C.
        system 'stty', 'raw', '-echo' if defined $ENV{SSH_TTY} && $command eq '';
        my $pid = fork // exit 255;
        if (!$pid) {
            close STDOUT;
            close STDERR;
            put($lab, pack 'a N/a*', 'i', $piece) or exit while get(*STDIN, $piece);
            put($lab, pack 'a N', 'e', 0);
            exit;
        }

        my ($status, $frames) = (255, '');
        FRAME: while (get($lab, $frames, length $frames)) {
            while (length $frames >= 5) {
                my ($kind, $length) = unpack 'a N', $frames;
                last if length $frames < 5 + $length;
                my $bytes = substr $frames, 5, $length;
                substr($frames, 0, 5 + $length) = '';
                if ($kind eq 'x') { $status = $bytes; last FRAME }
                put($kind eq 'r' ? *STDERR : *STDOUT, $bytes) or last FRAME;
            }
        }
        kill 'KILL', $pid;
        exit $status;
        """;

    /// <summary>The command that runs the bridge, for the user's login shell: Perl with the script, or this program.</summary>
    /// <param name="perl">Path of Perl; null where there is none.</param>
    /// <param name="file">Where the script is written.</param>
    public static string CommandOf(string? perl, string file)
    {
        if (perl is null)
            return Bridge.Command();
        PrivateFiles.Replace(file, Text + "\n");
        return PosixShell.Command(perl, file);
    }
}
