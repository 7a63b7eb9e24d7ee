using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Soap;

/// <summary>The faults a vCenter answers with, worded as it words them.</summary>
internal static class VimFaults
{
    internal static LabFaultException InvalidRequest(string message) => new(new InvalidRequest(), message);

    internal static LabFaultException UnsupportedVersion(string uri) =>
        InvalidRequest($"Unsupported version URI \"{uri}\"\nwhile parsing SOAP body\nwhile parsing SOAP envelope\nwhile parsing HTTP request before method was determined");

    internal static LabFaultException UnknownMethod(string operation) => InvalidRequest(
        $"Unable to resolve WSDL method name \"{operation}\"\nwhile parsing SOAP body\nwhile parsing SOAP envelope\nwhile parsing HTTP request before method was determined");

    internal static LabFaultException MethodNotFound(ManagedObjectReference receiver, string method) =>
        new(new MethodNotFound { Receiver = receiver, Method = method }, $"The method {method} is not known to the object 'vim.{receiver}'.");

    internal static LabFaultException NotSupported(string operation) =>
        new(new NotSupported(), $"The operation {operation} is not supported on the object.");

    internal static LabFaultException NotAuthenticated(ManagedObjectReference self) =>
        new(new NotAuthenticated { Object = self, PrivilegeId = "System.View" }, "The session is not authenticated.");

    internal static LabFaultException InvalidLogin() =>
        new(new InvalidLogin(), "Cannot complete login due to an incorrect user name or password.");

    internal static LabFaultException NoPermission(ManagedObjectReference self, string privilege) =>
        new(new NoPermission { Object = self, PrivilegeId = privilege }, "Permission to perform this operation was denied.");

    internal static LabFaultException ObjectNotFound(ManagedObjectReference reference) =>
        new(new ManagedObjectNotFound { Obj = reference }, $"The object 'vim.{reference}' has already been deleted or has not been completely created");

    internal static LabFaultException InvalidArgument(string parameter) =>
        new(new InvalidArgument { InvalidProperty = parameter }, $"A specified parameter was not correct: {parameter}");

    internal static LabFaultException InvalidProperty(string path) =>
        new(new InvalidProperty { Name = path }, $"The property \"{path}\" does not exist.");

    internal static LabFaultException InvalidCollectorVersion() =>
        new(new InvalidCollectorVersion(), "The version is not one that this collector gave out.");

    internal static LabFaultException RequestCanceled() => new(new RequestCanceled(), "The request was canceled by a user.");

    internal static LabFaultException SystemError(string reason) =>
        new(new SystemError { Reason = reason }, $"A general system error occurred: {reason}");

    internal static LocalizedMethodFault Localized(LabFaultException exception) => new() { Fault = exception.Fault, LocalizedMessage = exception.Message };
}
