#!/usr/bin/env bash
# Measures the library beside its peers on this machine's CPU.
#
#   benchmarks/run.sh             all benchmarks; writes docs/benchmarks/cpu.md and cpu.json
#   benchmarks/run.sh FILTER      those with FILTER in their names; writes to artifacts/benchmarks/ instead
#   benchmarks/run.sh --kernels [GLOB]
#                                 our own kernels alone, by BenchmarkDotNet: those whose names match, as in '*MatMul*'; no peers,
#                                 no libtorch; writes to artifacts/benchmarks/kernels/
#
# Whole processes are also measured as a native program (benchmarks/Native), if clang or gcc and zlib's headers are here to link it
# (Debian: gcc zlib1g-dev).
# libtorch needs the libstdc++ of gcc 13: where this machine's is older, all runs in a Debian 13 root (see .ci/in-debian13).
# The first run downloads libtorch, 1.4 GB in NuGet's cache. Leave the machine alone meanwhile: about nine minutes.
set -euo pipefail

die() {
    printf '%s: %s\n' "${0##*/}" "$1" >&2
    exit 2
}

case ${1:-} in
    --help | -h)
        sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"
        exit 0
        ;;
    --kernels)
        (($# <= 2)) || die 'at most one pattern; see --help'
        cd "$(dirname "$0")/.."
        exec dotnet run -c Release --project benchmarks/Kernels -- --filter "${2:-*}" --artifacts "$PWD/artifacts/benchmarks/kernels"
        ;;
    -*) die "unknown option $1; see --help" ;;
esac
(($# <= 1)) || die 'at most one filter; see --help'

invocation="benchmarks/run.sh${1:+ $1}"
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
commit=$(git rev-parse --short=12 HEAD)
[[ -z $(git status --porcelain -- src benchmarks '*.props' global.json) ]] || commit+=', with changes that are not committed'
folder=$PWD/docs/benchmarks
(($# == 0)) || folder=$PWD/artifacts/benchmarks
mkdir -p "$folder"

dotnet build -c Release --nologo -v quiet benchmarks/Peers >&2

# The program compiled ahead of time; without a linker its measurements are left out.
native=()
linker=()
command -v clang >/dev/null || linker=(-p:CppCompilerAndLinker=gcc -p:LinkerFlavor=bfd)
if dotnet publish -c Release --nologo -v quiet benchmarks/Native "${linker[@]}" >&2; then
    native=(--native "$PWD/benchmarks/Native/bin/Release/net10.0/linux-x64/publish/train-native")
fi

has_libstdcxx_of_gcc13() {
    local library
    library=$(ldconfig -p | awk '/libstdc\+\+\.so\.6 .*x86-64/ { print $NF; exit }')
    [[ -n $library ]] && grep -q 'GLIBCXX_3\.4\.32' "$library"
}

enter=()
has_libstdcxx_of_gcc13 || enter=(.ci/in-debian13 --write "$folder")
exec "${enter[@]}" "$PWD/benchmarks/Peers/bin/Release/net10.0/linux-x64/peers" \
    --command "$invocation" --commit "$commit" --out "$folder" "${native[@]}" "$@"
