# Runs every test project of the solution, two at a time, and adds up what the runners report. Sourced by tests/run.
# shellcheck shell=bash disable=SC2154  # logs, root: set by tests/run

run_id=$$-$RANDOM$RANDOM

# The slow ones first, so that the pair of lanes ends together; last the one that starts hundreds of programs and would slow the others down.
test_projects() {
  local file
  for file in tests/*.Tests/*.csproj tests/OpsKit.PeerTests/*.csproj; do basename "$file" .csproj; done |
    sort -u | awk '{ print ($0 ~ /Crash/ ? 9 : $0 ~ /PeerTests/ ? 0 : $0 ~ /Connections|Cli/ ? 1 : 2), $0 }' | sort -k1,1n -k2 | cut -d' ' -f2
}

run_one() {
  local name=$1 started=$SECONDS
  local program=$root/artifacts/bin/$name/release/$name
  [ -x "$program" ] || { echo "$program was not built" >"$logs/$name.log"; echo 127 >"$logs/$name.exit"; return; }
  # Every peer is on loopback; the marker lets nothing_left_running find what a test forgot.
  env -u http_proxy -u https_proxy -u all_proxy -u HTTP_PROXY -u HTTPS_PROXY -u ALL_PROXY OPSKIT_CI_RUN="$run_id" timeout --kill-after=30 900 "$program" --no-ansi --progress off --timeout 12m \
    --results-directory "$logs" --report-xunit-xml --report-xunit-xml-filename "$name.xml" \
    --report-xunit-trx --report-xunit-trx-filename "$name.trx" >"$logs/$name.log" 2>&1
  echo $? >"$logs/$name.exit"
  echo $((SECONDS - started)) >"$logs/$name.seconds"
}

# The sum of an attribute over the assemblies of an xUnit report: the runner's own counts.
count() {
  xmllint --xpath "sum(/assemblies/assembly/@$2)" "$1" 2>/dev/null | grep -E '^[0-9]+$'
}

judge() {
  local name=$1 report=$logs/$1.xml status seconds ok bad skip broken
  status=$(cat "$logs/$name.exit") seconds=$(cat "$logs/$name.seconds" 2>/dev/null || echo 0)
  if ! { ok=$(count "$report" passed) && bad=$(count "$report" failed) && skip=$(count "$report" skipped) && broken=$(count "$report" errors); }; then
    printf '%-32s FAILED  %4d s  no report: the run died with exit code %s (%s)\n' "$name" "$seconds" "$status" "${logs#"$root/"}/$name.log"
    tail -n 30 "$logs/$name.log" | sed 's/^/    /'
    fail "$name: the run died with exit code $status"
    return
  fi
  passed=$((passed + ok)) failed=$((failed + bad + broken)) skipped=$((skipped + skip))
  if ((bad + broken)); then
    printf '%-32s FAILED  %4d s  %d passed, %d failed, %d skipped, %d errors outside tests\n' "$name" "$seconds" "$ok" "$bad" "$skip" "$broken"
    sed 's/^/    /' "$logs/$name.log"
    while IFS= read -r test; do errors+=("$test"); done < <(
      xmllint --xpath '//test[@result="Fail"]/@name' "$report" 2>/dev/null | sed 's/^ *name="//; s/"$//')
    ((broken)) && errors+=("$name: $broken errors outside tests (fixtures, cleanup)")
  elif ((ok == 0)); then
    printf '%-32s FAILED  %4d s  ran no test\n' "$name" "$seconds"
    fail "$name: ran no test"
  elif [ "$status" != 0 ]; then
    printf '%-32s FAILED  %4d s  %d passed, but exit code %s\n' "$name" "$seconds" "$ok" "$status"
    tail -n 30 "$logs/$name.log" | sed 's/^/    /'
    fail "$name: exit code $status"
  else
    printf '%-32s ok      %4d s  %d passed%s\n' "$name" "$seconds" "$ok" "$( ((skip)) && echo ", $skip skipped")"
  fi
}

run_test_projects() {
  local name running=0 projects=()
  mapfile -t projects < <(test_projects)
  for name in "${projects[@]}"; do
    if [[ $name == *Crash* ]]; then wait; running=0; fi
    ((running == 2)) && { wait -n; running=1; }
    run_one "$name" &
    running=$((running + 1))
  done
  wait
  for name in "${projects[@]}"; do judge "$name"; done
}
