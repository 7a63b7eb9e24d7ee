namespace OpsKit.Modules.Vibs;

/// <summary>A product a package is made for.</summary>
/// <param name="ProductLine">Such as <c>embeddedEsx</c> (ESXi) or <c>esxio</c> (its part on a DPU).</param>
/// <param name="Version">A version or a pattern such as <c>8.*</c>; empty for any.</param>
public sealed record VibPlatform(string ProductLine, string Version);

/// <summary>Hardware a package needs.</summary>
/// <param name="Vendor">The machine's vendor; empty for any.</param>
/// <param name="Model">Its model; empty for any.</param>
public sealed record VibHardware(string Vendor, string Model);
