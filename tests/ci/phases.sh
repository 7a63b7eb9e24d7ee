# The phases of tests/run but for the tests themselves. Sourced, not run.
# shellcheck shell=bash disable=SC2154  # packages, logs: set by tests/run

build_flags=(--configuration Release --disable-build-servers -nodeReuse:false -verbosity:minimal)

install_packages() {
  if ! command -v apt-get >/dev/null; then
    echo "No apt-get here: taking for granted what these packages hold: ${packages[*]}"
    return 0
  fi
  local missing=() package
  for package in "${packages[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q ' installed$' || missing+=("$package")
  done
  ((${#missing[@]} == 0)) && return 0
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "error: missing ${missing[*]}; run as root, install sudo, or install them yourself"; return 1; }
    as_root=(sudo -n)
  fi
  "${as_root[@]}" apt-get update -q || echo "apt-get update failed; trying with the lists at hand"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
}

restore() {
  dotnet restore OpsKit.sln --disable-build-servers -verbosity:minimal ||
    { echo "Once more: a registry may have hiccuped."; sleep 5; dotnet restore OpsKit.sln --disable-build-servers -verbosity:minimal; }
}

# Warnings are errors (Directory.Build.props), public API changes too (RS0016, RS0017).
build() {
  dotnet build OpsKit.sln --no-restore "${build_flags[@]}"
}

no_trim_warning() {
  if grep -E '\bIL[23][0-9]{3}\b' "$1"; then
    echo "error: trim or AOT warnings, see above"
    return 1
  fi
}

publish_native() {
  local out=$root/artifacts/publish/opskit-linux-x64 log=$logs/native.log version
  rm -rf "$out"
  dotnet publish src/OpsKit.Cli/OpsKit.Cli.csproj --runtime linux-x64 --output "$out" "${build_flags[@]}" >"$log" 2>&1
  local status=$?
  cat "$log"
  ((status == 0)) || return 1
  no_trim_warning "$log" || return 1
  file_is_elf "$out/opskit" || return 1
  version=$("$out/opskit" --version) || { echo "error: opskit --version: exit code $?"; return 1; }
  echo "opskit --version: $version"
  case $version in *"$(project_version)"*) ;; *) echo "error: opskit --version says '$version', the projects say '$(project_version)'"; return 1 ;; esac
  "$out/opskit" about --help || { echo "error: opskit about --help: exit code $?"; return 1; }
  [ ! -e "$out/opskit.dll" ] || { echo "error: opskit.dll beside the binary: not a Native AOT publish"; return 1; }
  ls -l "$out"
}

file_is_elf() {
  [ "$(head -c 4 "$1" | od -An -c | tr -d ' \n')" = '177ELF' ] || { echo "error: $1 is no ELF file"; return 1; }
}

project_version() {
  sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props
}

publish_windows() {
  local out=$root/artifacts/publish/opskit-win-x64 program header
  program=$out/opskit.exe
  rm -rf "$out"
  dotnet publish src/OpsKit.Cli/OpsKit.Cli.csproj --runtime win-x64 --output "$out" "${build_flags[@]}" || return 1
  [ "$(head -c 2 "$program")" = MZ ] || { echo "error: $program is no PE file"; return 1; }
  # The PE header's place is at 0x3c; the machine type follows its four-byte signature: 0x8664 is x64.
  header=$(od -An -tu4 -j60 -N4 "$program" | tr -d ' ')
  [ "$(od -An -tx2 -j$((header + 4)) -N2 "$program" | tr -d ' ')" = 8664 ] || { echo "error: $program is not for x64"; return 1; }
  [ -z "$(find "$out" -name '*.dll')" ] || { echo "error: DLLs beside the single file"; return 1; }
  ls -l "$out"
}

pack_libraries() {
  local out=$root/artifacts/package/release
  rm -rf "$out"
  dotnet pack OpsKit.sln --no-build "${build_flags[@]}" && python3 tests/ci/check_packages.py "$out"
}

nothing_left_running() {
  local process left=0
  for process in /proc/[0-9]*; do
    if tr '\0' '\n' <"$process/environ" 2>/dev/null | grep -qx "OPSKIT_CI_RUN=$run_id"; then
      echo "error: still running: $(tr '\0' ' ' <"$process/cmdline")"
      kill "${process#/proc/}" 2>/dev/null
      left=1
    fi
  done
  return $left
}
