using OpsKit.Connections.Secrets;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace OpsKit.Connections.Ssh;

/// <summary>What a login is made with: resolved once, then good for every connection of a session.</summary>
internal sealed class SshLogin
{
    private readonly SshTarget _target;
    private readonly Secret? _password;
    private readonly PrivateKeyFile? _key;

    private SshLogin(SshTarget target, Secret? password, PrivateKeyFile? key)
    {
        _target = target;
        _password = password;
        _key = key;
    }

    internal static async Task<SshLogin> ResolveAsync(
        SshTarget target, Func<SecretReference, string, CancellationToken, Task<Secret>> resolve, Func<string, string> resolvePath, CancellationToken cancellationToken)
    {
        var credential = target.Credential;
        var password = credential.Password is null
            ? null
            : await resolve(credential.Password, $"password of {credential.UserName} for {target.Name}", cancellationToken).ConfigureAwait(false);
        if (credential.PrivateKeyFile is null)
        {
            return password is null
                ? throw new OpsKitException(FailureKind.Usage, $"credential {credential.Name} has neither a password nor a private key", target.Name, "add \"password: env:NAME\" or \"key: PATH\" to it")
                : new SshLogin(target, password, null);
        }

        var passphrase = credential.Passphrase is null
            ? null
            : await resolve(credential.Passphrase, $"passphrase of {credential.PrivateKeyFile}", cancellationToken).ConfigureAwait(false);
        return new SshLogin(target, password, ReadKey(target, resolvePath(credential.PrivateKeyFile), passphrase));
    }

    /// <summary>The password in clear text, for a transport that asks nobody else; null where a key is used alone.</summary>
    internal string? Password => _password?.Reveal();

    /// <summary>The methods of one connection. The password is shown to the server once, by whichever method it asks for first.</summary>
    internal AuthenticationMethod[] Methods(Action<Session> seen)
    {
        var methods = new List<AuthenticationMethod>();
        if (_key is not null)
            methods.Add(new WatchedKey(_target.Credential.UserName, _key, seen));
        if (_password is not null)
        {
            var once = new PasswordOnce(_target, _password.Reveal());
            methods.Add(new WatchedPassword(once, seen));
            methods.Add(new WatchedKeyboard(once, seen));
        }

        return [.. methods];
    }

    private static PrivateKeyFile ReadKey(SshTarget target, string path, Secret? passphrase)
    {
        try
        {
            return passphrase is null ? new PrivateKeyFile(path) : new PrivateKeyFile(path, passphrase.Reveal());
        }
        catch (SshPassPhraseNullOrEmptyException e)
        {
            throw new OpsKitException(FailureKind.Usage, $"private key {path} needs a passphrase", target.Name, $"add \"passphrase: env:NAME\" to credential {target.Credential.Name}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OpsKitException(FailureKind.Usage, $"private key {path} cannot be read: {e.Message}", target.Name, innerException: e);
        }
        catch (Exception e) when (e is SshException or NotSupportedException or InvalidOperationException or FormatException or ArgumentException or System.Security.Cryptography.CryptographicException)
        {
            var why = passphrase is null ? "it is no private key OpsKit can read" : "the passphrase is wrong, or it is no private key OpsKit can read";
            throw new OpsKitException(FailureKind.Usage, $"private key {path}: {why} ({e.Message})", target.Name, $"check it with: ssh-keygen -y -f {PosixShell.Quote(path)}", e);
        }
    }

    private sealed class WatchedKey(string user, PrivateKeyFile key, Action<Session> seen) : PrivateKeyAuthenticationMethod(user, key)
    {
        public override AuthenticationResult Authenticate(Session session)
        {
            seen(session);
            return base.Authenticate(session);
        }
    }

    private sealed class WatchedPassword(PasswordOnce once, Action<Session> seen) : PasswordAuthenticationMethod(once.User, once.Text)
    {
        public override AuthenticationResult Authenticate(Session session)
        {
            seen(session);
            return once.Refused ? AuthenticationResult.Failure : once.Note(base.Authenticate(session));
        }
    }

    private sealed class WatchedKeyboard : KeyboardInteractiveAuthenticationMethod
    {
        private readonly PasswordOnce _once;
        private readonly Action<Session> _seen;

        internal WatchedKeyboard(PasswordOnce once, Action<Session> seen)
            : base(once.User)
        {
            _once = once;
            _seen = seen;
            AuthenticationPrompt += (_, asked) => _once.Answer(asked);
        }

        public override AuthenticationResult Authenticate(Session session)
        {
            _seen(session);
            return _once.Refused ? AuthenticationResult.Failure : _once.Note(base.Authenticate(session));
        }
    }
}
