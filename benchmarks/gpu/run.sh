#!/usr/bin/env bash
# Checks that a GPU computes rightly, then measures the library on it beside PyTorch, where python3 has that.
#
#   benchmarks/gpu/run.sh [OPTION]... [FILTER]     everything, or what has FILTER in its name
#   benchmarks/gpu/run.sh --pack FILE.tar.gz       packs a build that needs neither SDK nor network on the machine with the GPU;
#                                                  unpacked there, its gpu-benchmarks/run.sh takes the same options
#
#   --device NAME      cuda (the default), cuda:1, opencl, cpu ...
#   --python PATH      the python3 that has PyTorch; 'none' leaves PyTorch out. By default python3
#   --limit SECONDS    how long all may take: what is left then is reported as not measured. By default 540
#   --out FOLDER       where gpu.md and gpu.json go. By default docs/benchmarks for everything on cuda, artifacts/benchmarks for
#                      anything else; results/ beside an unpacked run.sh
#   --small            a rehearsal: everything runs with tiny sizes, and nothing it says of speed is worth reading
#
# Ends with 0 if all results that were checked are right, 1 if one is wrong or something broke (the rest is measured all the same), 2
# if the command line is. A missed gate is no error. The report is written anew after each entry.
set -euo pipefail

die() {
    printf '%s: %s\n' "${0##*/}" "$1" >&2
    exit 2
}

here=$(cd "$(dirname "$0")" && pwd -P)
invocation="benchmarks/gpu/run.sh${*:+ $*}"
device=cuda python=python3 folder='' filter='' pack=''
pass=()
while (($#)); do
    case $1 in
        --help | -h)
            sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"
            exit 0
            ;;
        --small) pass+=("$1") ;;
        --device | --python | --limit | --out | --pack)
            (($# > 1)) || die "$1 needs a value; see --help"
            case $1 in
                --device) device=$2 ;;
                --python) python=$2 ;;
                --limit) pass+=("$1" "$2") ;;
                --out) folder=$2 ;;
                --pack) pack=$2 ;;
            esac
            shift
            ;;
        -*) die "unknown option $1; see --help" ;;
        *)
            [[ -z $filter ]] || die 'at most one filter; see --help'
            filter=$1
            ;;
    esac
    shift
done
[[ $python != none ]] || python=''

if [[ -x $here/bin/gpu-benchmarks ]]; then
    [[ -z $pack ]] || die 'this is a packed build already'
    program=$here/bin/gpu-benchmarks
    commit=$(<"$here/commit")
    default=$here/results
else
    repository=$(cd "$here/../.." && pwd -P)
    export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
    commit=$(git -C "$repository" rev-parse --short=12 HEAD)
    [[ -z $(git -C "$repository" status --porcelain -- src benchmarks '*.props' global.json) ]] || commit+=', with changes that are not committed'
    if [[ -n $pack ]]; then
        scratch=$(mktemp -d)
        trap 'rm -rf -- "$scratch"' EXIT
        dotnet publish "$here" -c Release -r linux-x64 --self-contained --nologo -v quiet \
            -o "$scratch/gpu-benchmarks/bin" >&2
        cp "$here/run.sh" "$scratch/gpu-benchmarks/"
        printf '%s\n' "$commit" >"$scratch/gpu-benchmarks/commit"
        tar -czf "$pack" -C "$scratch" gpu-benchmarks
        printf '%s: %s, commit %s\n' "$pack" "$(du -h "$pack" | cut -f1)" "$commit"
        exit 0
    fi
    dotnet build "$here" -c Release --nologo -v quiet >&2
    program=$here/bin/Release/net10.0/gpu-benchmarks
    default=$repository/artifacts/benchmarks
    [[ $device != cuda || -n $filter || ${pass[*]-} == *--small* ]] || default=$repository/docs/benchmarks
fi

exec "$program" --device "$device" --python "$python" --command "$invocation" --commit "$commit" --out "${folder:-$default}" \
    ${pass[@]+"${pass[@]}"} ${filter:+"$filter"}
