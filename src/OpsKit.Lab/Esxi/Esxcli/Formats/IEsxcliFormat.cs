using OpsKit.Lab.Esxi.Esxcli.Values;

namespace OpsKit.Lab.Esxi.Esxcli.Formats;

/// <summary>A way to write answers.</summary>
internal interface IEsxcliFormat
{
    string Write(EsxcliValue value);
}
