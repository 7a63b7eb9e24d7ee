namespace OpsKit.Engine.Runs.Report;

/// <summary>How a run's report looks besides what every page has.</summary>
internal static class RunReportStyle
{
    public const string Sheet = """
        .first{list-style:none;padding:0}
        .first li{padding:.15rem 0 .15rem .8rem;border-left:3px solid var(--line);margin:.35rem 0}
        .legend{font-size:.85rem;list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.1rem 1.1rem}
        .legend li{margin:0}
        .legend .l{display:inline-block;width:.9rem;height:.7rem;margin-right:.35rem}
        .l.ok{background:var(--ok)}.l.bad{background:var(--bad)}.l.warn{background:var(--warn)}.l.band{background:var(--band);border:1px solid var(--line)}
        .legend .loss{width:2px;background:var(--bad)}.l.out,.l.crash{background:var(--badsoft)}.legend .unsent{width:2px;background:var(--warn)}
        .plot{--cols:13rem minmax(0,1fr) 15.5rem;position:relative;font-size:.85rem}
        .axis,.lane,.under{display:grid;grid-template-columns:var(--cols);column-gap:.9rem;align-items:center}
        .axis{position:sticky;top:0;z-index:2;background:var(--bg);border-bottom:1px solid var(--line);padding:.2rem 0}
        .axis .strip{position:relative;height:1.3rem}
        .axis .strip span{position:absolute;white-space:nowrap;color:var(--dim)}
        .axis .m{transform:translateX(-50%)}.axis .z{transform:translateX(-100%)}
        .under{position:absolute;inset:0;pointer-events:none}
        .under svg{grid-column:2;width:100%;height:100%;display:block}
        .plot h3,.plot details,.lane{position:relative}
        .plot h3{margin:.7rem 0 .2rem}.plot h3 .dim{font-weight:400;margin-left:.5rem}
        .lane{min-height:1.6rem}
        .lane .k{overflow:hidden;text-overflow:ellipsis;display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;line-height:1.25}
        .lane .f{line-height:1.25}
        .lane svg{width:100%;height:1.4rem;display:block}
        .thin svg{height:1rem}
        .ping svg{height:1.6rem}
        rect.ok{fill:var(--ok)}rect.bad{fill:var(--bad)}rect.warn{fill:var(--warn)}rect.dim{fill:var(--dim)}
        rect.warn,rect.bad{stroke:var(--ink);stroke-width:1;vector-effect:non-scaling-stroke}
        rect.warn{stroke-dasharray:3 2}
        rect.life{fill:var(--dim);fill-opacity:.55;stroke:none}
        rect.step{fill-opacity:.45;stroke:none}
        rect.band{fill:var(--band)}rect.idle{fill:var(--soft)}rect.crash{fill:var(--badsoft)}rect.out{fill:var(--badsoft)}
        path{fill:none;vector-effect:non-scaling-stroke}
        .grid{stroke:var(--line);stroke-width:1}
        .calm{stroke:var(--dim);stroke-width:1;stroke-dasharray:1 3}
        .moment{stroke:var(--ink);stroke-width:1.2;stroke-dasharray:4 2}
        .marks .strip{position:relative;min-height:1.15rem}
        .marks .strip span{position:absolute;white-space:nowrap;padding:0 .3rem;line-height:1.15rem;text-shadow:0 0 2px var(--bg),0 0 2px var(--bg),0 0 3px var(--bg)}.marks .z{transform:translateX(-100%)}.marks i{display:block}
        .mark{stroke-width:2}.mark.bad{stroke:var(--bad)}.mark.open{stroke:var(--open)}
        .rtt{stroke:var(--open);stroke-width:1.2}
        .loss{stroke:var(--bad);stroke-width:1.6}
        .unsent{stroke:var(--warn);stroke-width:1.6}
        @media (max-width:720px){
        .plot{--cols:minmax(0,1fr)}
        .axis .k{display:none}.axis .o{display:none}
        .under svg{grid-column:1}
        .lane{grid-template-columns:minmax(0,1fr) auto;row-gap:.1rem;padding:.25rem 0}
        .lane svg{grid-column:1/-1;grid-row:2}
        .lane .f{grid-row:1;grid-column:2;text-align:right;max-width:14rem}
        }
        @media print{.axis{position:static}.plot{--cols:9rem minmax(0,1fr) 11rem}.lane{break-inside:avoid}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}

        """;
}
