namespace OpsKit.Modules.Vibs;

/// <summary>Collects problems, up to a number that somebody may still read: a hostile archive has a flaw in each of its files.</summary>
internal sealed class ProblemList
{
    private const int Most = 100;

    private readonly List<VibProblem> _problems = [];
    private int _more;

    public void Error(string subject, string what) => Add(new VibProblem(VibProblemSeverity.Error, subject, what));

    public void Warning(string subject, string what) => Add(new VibProblem(VibProblemSeverity.Warning, subject, what));

    public IReadOnlyList<VibProblem> ToList() =>
        _more == 0 ? _problems : [.. _problems, new VibProblem(VibProblemSeverity.Error, _problems[^1].Subject, $"and {_more} more problems")];

    private void Add(VibProblem problem)
    {
        if (_problems.Count < Most)
            _problems.Add(problem);
        else
            _more++;
    }
}
