using System.Text.RegularExpressions;
using OpsKit.Connections;

namespace OpsKit.Modules.Esxcli;

/// <summary>What a failure of <c>esxcli</c> means to who asked for it.</summary>
/// <param name="Sentence">One sentence, without a period.</param>
/// <param name="Next">What to do about it; null where there is nothing to say.</param>
/// <param name="Kind">Decides the exit code.</param>
internal sealed record EsxcliMeaning(string Sentence, string? Next = null, FailureKind Kind = FailureKind.Failed)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private const string SecureBoot = "the host starts by UEFI Secure Boot, which takes signed VIBs alone";
    private const string Signed = "get a signed VIB, or switch Secure Boot off in the host's firmware";

    private sealed record Rule(string Class, Regex Says, string Sentence, string? Next = null, FailureKind Kind = FailureKind.Failed);

    /// <summary>First those of a class that say something known, then what a class means whatever it says.</summary>
    private static readonly Rule[] Rules =
    [
        Of("AcceptanceConfigError", @"VIB (\S+?)'s acceptance level is (\w+), which is not compliant with the ImageProfile acceptance level (\w+)", "$1 is of acceptance level $2, and the host takes $3 and stricter ones only", "allow-acceptance lets the step lower the host's level"),
        Of("AcceptanceConfigError", @"Unable to set acceptance level of \w+ due to installed VIBs (.+?) having a lower", "the host's acceptance level cannot be raised over that of installed VIBs: $1", "remove those VIBs first: opskit vib remove"),
        Of("AcceptanceConfigError", "UEFI Secure Boot", SecureBoot, Signed),
        Of("AcceptanceConfigError", "", "the host's acceptance level does not allow it"),
        Of("DependencyError", @"VIB (\S+) requires (.+?), but the requirement cannot be satisfied", "$1 needs $2, which nothing on the host provides", "install what provides it along with it, or take the driver made for this version of ESXi"),
        Of("DependencyError", @"VIB (\S+) conflicts with (?:VIB )?(\S+?)\.?$", "$1 and $2 exclude each other", "remove one of them first"),
        Of("DependencyError", "", "what it depends on is not on the host, or excludes it"),
        Of("NoMatchError", @"No VIB matching VIB search specification '([^']+)'", "there is no VIB called $1", "opskit vib list shows the names; a whole id such as Vendor_bootbank_name_1.0 is not one"),
        Of("NoMatchError", @"No image profile found with name '([^']+)'", "the depot has no image profile called $1"),
        Of("NoMatchError", "", "nothing of that name is there"),
        Of("MetadataDownloadError", @"There is no item named \\?'index\.xml\\?' in the archive", "the file is no offline bundle: it has no index.xml; the bundle is probably a ZIP inside of it"),
        Of("MetadataDownloadError", @"No such file or directory: \\?'([^'\\]+)", "there is no file $1 on the host", "relative paths begin in /var/log/vmware there"),
        Of("MetadataDownloadError", "", "the depot cannot be read from the host"),
        Of("VibDownloadError", @"No such file or directory: \\?'([^'\\]+)", "there is no file $1 on the host", "relative paths begin in /var/log/vmware there"),
        Of("VibDownloadError", "", "the host cannot fetch the VIB"),
        Of("VibFormatError", "", "the file is no VIB, or is damaged", "opskit vib inspect FILE says what is wrong with it"),
        Of("VibValidationError", @"VIB (\S+) violates extensibility rule checks", "$1 has files where a VIB of its acceptance level may have none, or its descriptor breaks the schema", "opskit vib inspect FILE names the paths"),
        Of("VibValidationError", "", "the VIB breaks the rules for VIBs"),
        Of("InstallationError", @"Could not find a trusted signer", "its signature is of nobody the host trusts", "get the VIB from its maker again; a CommunitySupported one needs no signature"),
        Of("InstallationError", @"Calculated digest at EOF does not match", "a payload is not what its descriptor says: another digest was calculated", "the VIB is damaged, or made for another line of ESXi: 5.x to 7.x and 8.x want different digests"),
        Of("InstallationError", @"No space left on device", "there is no space left on the host", "free space on the host's boot device or its locker; a datastore for the locker, or an image profile without tools, helps"),
        Of("InstallationError", @"requires (\d+) MB free space, however the maximum supported size is (\d+) MB", "the boot bank is too small: $1 MB are needed, $2 MB are the most it takes", "remove VIBs the host does not need"),
        Of("InstallationError", @"error checking file system on altbootbank", "the file system of the other boot bank is damaged", "see the vendor's article on altbootbank and fsck; a restart of the host may mend it"),
        Of("InstallationError", "(?s)It is not safe to continue", "the running system is half changed, and it is not safe to go on", "restart the host at once: that discards the unfinished change"),
        Of("InstallationError", "UEFI Secure Boot", SecureBoot, Signed),
        Of("InstallationError", "", "the installation failed on the host"),
        Of("LiveInstallationError", "", "the running system is half changed, and it is not safe to go on", "restart the host at once: that discards the unfinished change"),
        Of("ProfileValidationError", @"VIB (\S+) does not have sha-256 gunzip checksum", "$1 lacks the digest that ESXi 8 wants of every payload", "get the VIB made for ESXi 8; with one of your own: opskit vib build --for 8.x"),
        Of("ProfileValidationError", @"is missing component\(s\) (\S+?)\. ", "the image would lack components: $1", "between releases the whole image profile is updated, not single VIBs"),
        Of("ProfileValidationError", "UEFI Secure Boot", SecureBoot, Signed),
        Of("ProfileValidationError", "", "the image that would come of it is not valid"),
        Of("MaintenanceModeError", "", "the host must be in maintenance mode for it", "leave maintenance-mode at auto"),
        Of("LockingError", "", "another installation is under way on the host", "wait for its end; /var/log/esxupdate.log on the host tells of it", FailureKind.Locked),
        Of("Exception", "^Busy", "something on the host is in use by somebody", "look what else works on the host, then try again"),
        Of("ValueError", @"Only server local file path is supported", "a bundle must be a file of the host, not an address"),
        Of("ValueError", @"unequal (\w+) attributes", "there is one VIB twice, and the two differ ($1)"),
    ];

    public static EsxcliMeaning Of(EsxcliFailure failure)
    {
        if (failure.IsSilent)
            return new EsxcliMeaning("esxcli failed and said nothing");
        foreach (var rule in Rules.Where(rule => rule.Class == failure.Class))
        {
            if (rule.Says.Match(failure.Message) is { Success: true } match)
                return new EsxcliMeaning(match.Result(rule.Sentence), rule.Next, rule.Kind);
        }

        return failure switch
        {
            { Class: { } name } => new EsxcliMeaning($"esxcli reports {name}"),
            { Message: ['E', 'r', 'r', 'o', 'r', ':', ..] } => new EsxcliMeaning("esxcli did not take the command"),
            _ when failure.Text.Contains("Connect to localhost failed", StringComparison.Ordinal) => new EsxcliMeaning(
                "hostd, the host's management service, does not answer", "it may be starting; on the host: /etc/init.d/hostd status", FailureKind.Unreachable),
            _ when failure.Text.Contains("not found", StringComparison.Ordinal) => new EsxcliMeaning("the host has no such command"),
            _ => new EsxcliMeaning("esxcli failed"),
        };
    }

    private static Rule Of(string name, string says, string sentence, string? next = null, FailureKind kind = FailureKind.Failed) =>
        new(name, new Regex(says, RegexOptions.Multiline | RegexOptions.CultureInvariant, Limit), sentence, next, kind);
}
