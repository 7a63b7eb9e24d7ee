using System.Xml;
using System.Xml.Schema;
using CsCheck;

namespace OpsKit.Vim25.Tests.Codec;

public sealed class RequestSchemaTests
{
    private static readonly XmlSchemaSet Schemas = Load();
    private static readonly ManagedObjectReference Self = new("VirtualMachine", "vm-1");

    [Fact]
    public void Requests_of_every_operation_are_valid_whatever_they_hold() =>
        Check.Sample(Gen.Int, seed =>
        {
            foreach (var request in VimTypes.Requests(Self))
            {
                new RandomObjects(seed).Fill(request, depth: 0);
                Validate(Wire.Write(request.Write), request.Operation);
            }
        }, iter: 40, threads: 2);

    [Fact]
    public void Schema_refuses_what_it_does_not_allow() =>
        Should.Throw<XmlSchemaValidationException>(() => Validate(
            Wire.Write(writer =>
            {
                writer.StartRequest("Login");
                writer.WriteString("userName", "first, without _this");
                writer.EndElement();
            }),
            "Login"));

    [Fact]
    public void Requests_carry_what_the_registry_says()
    {
        var requests = VimTypes.Requests(Self).ToArray();
        requests.Select(request => request.Operation).ShouldBeUnique();
        requests.ShouldAllBe(request => request.Self == Self);
        typeof(VimRequest).Assembly.GetTypes().Count(type => type.IsSubclassOf(typeof(VimRequest))).ShouldBe(requests.Length);
    }

    [Fact]
    public void Required_parameter_unset_is_refused_by_name() =>
        Should.Throw<VimSerializationException>(() => Wire.Write(new LoginRequest { Self = Self, UserName = "root" }.Write)).Message.ShouldContain("Login.password");

    private static void Validate(string envelope, string operation)
    {
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, Schemas = Schemas };
        settings.ValidationFlags |= XmlSchemaValidationFlags.ReportValidationWarnings;
        settings.ValidationEventHandler += (_, problem) =>
            throw new XmlSchemaValidationException($"{operation}: {problem.Message}\n{envelope[..Math.Min(envelope.Length, 4000)]}", problem.Exception);
        using var text = new StringReader(envelope);
        using var validating = XmlReader.Create(text, settings);
        validating.ReadToFollowing(operation, VimWriter.VimNamespace).ShouldBeTrue();
        while (validating.Read())
        {
        }
    }

    private static XmlSchemaSet Load()
    {
        var schemas = new XmlSchemaSet { XmlResolver = new XmlUrlResolver() };
        schemas.Add(null, RandomObjects.EnvelopeSchemaFile);
        schemas.Compile();
        return schemas;
    }
}
