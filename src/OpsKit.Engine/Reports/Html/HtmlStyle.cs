namespace OpsKit.Engine.Reports.Html;

/// <summary>How every page looks: by the reader's colour scheme, on wide screens, telephones and paper.</summary>
internal static class HtmlStyle
{
    public const string Page = """
        :root{color-scheme:light dark;--bg:#fff;--ink:#1b1f24;--dim:#57606a;--line:#d0d7de;--soft:#f4f6f8;--ok:#1a7f37;--bad:#c4202b;--warn:#8a5a00;--open:#0a5cad;--band:#0a5cad14;--badsoft:#c4202b26}
        @media (prefers-color-scheme:dark){:root{--bg:#0e1116;--ink:#e6edf3;--dim:#9aa4af;--line:#30363d;--soft:#171c23;--ok:#3fb950;--bad:#ff7b72;--warn:#e3b341;--open:#6cb6ff;--band:#6cb6ff1c;--badsoft:#ff7b7233}}
        @media print{:root{color-scheme:light;--bg:#fff;--ink:#000;--dim:#444;--line:#bbb;--soft:#f4f6f8;--ok:#1a7f37;--bad:#c4202b;--warn:#8a5a00;--open:#0a5cad;--band:#0a5cad14;--badsoft:#c4202b26}}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
        main{max-width:76rem;margin:0 auto;padding:1.5rem 1.25rem 3rem}
        h1{font-size:1.55rem;line-height:1.25;margin:.2rem 0 .6rem}
        h2{font-size:1.15rem;margin:2.2rem 0 .6rem;padding-bottom:.25rem;border-bottom:1px solid var(--line)}
        h3{font-size:1rem;margin:1.2rem 0 .3rem}
        p,ul,dl{margin:.4rem 0}
        ul{padding-left:1.2rem}
        li{margin:.2rem 0}
        code{font:.9em ui-monospace,SFMono-Regular,Consolas,"DejaVu Sans Mono",monospace}
        a{color:var(--open)}
        .dim{color:var(--dim)}.ok{color:var(--ok)}.bad{color:var(--bad)}.warn{color:var(--warn)}.open{color:var(--open)}
        .text{white-space:pre-line}
        .badge{display:inline-block;border:1.5px solid currentColor;border-radius:1rem;padding:0 .65rem;font-weight:600;font-size:.9rem;white-space:nowrap}
        dl.facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.15rem 1.2rem}
        dl.facts dt{color:var(--dim)}
        dl.facts dd{margin:0}
        table{border-collapse:collapse;width:100%;margin:.5rem 0;font-size:.9rem}
        caption{text-align:left;color:var(--dim);padding:.2rem 0}
        th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line)}
        thead th{color:var(--dim);font-weight:600;border-bottom-width:2px}
        thead th{overflow-wrap:normal}
        tbody th{font-weight:600;min-width:11rem}
        tfoot td,tfoot th{font-weight:600;border-top:2px solid var(--line)}
        .n{text-align:right;white-space:nowrap}
        .w{white-space:nowrap}
        details{margin:.6rem 0}
        summary{cursor:pointer;color:var(--open)}
        footer{margin-top:2.5rem;color:var(--dim);font-size:.85rem}
        @media (max-width:720px){
        body{font-size:14px}main{padding:1rem .8rem 2rem}
        dl.facts{grid-template-columns:minmax(0,1fr);gap:0}dl.facts dd{margin-bottom:.4rem}
        table.cards thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        table.cards,table.cards tbody,table.cards tfoot,table.cards tr,table.cards td,table.cards th,table.cards caption{display:block;width:auto}
        table.cards tr{border:1px solid var(--line);border-radius:.4rem;margin:.5rem 0;padding:.3rem .2rem}
        table.cards td,table.cards tbody th,table.cards tfoot th{border:0;min-width:0;padding:.1rem .6rem;text-align:left;white-space:normal}
        table.cards [data-l]::before{content:attr(data-l) ": ";color:var(--dim);font-weight:400}
        table.cards td:empty,table.cards th:empty{display:none}
        }
        @media print{body{font-size:9.5pt}main{max-width:none;padding:0}h2,h3{break-after:avoid}tr,li{break-inside:avoid}thead{display:table-header-group}}

        """;
}
