#!/usr/bin/env bash
# Checks the engines on an NVIDIA GPU; without one, what a CPU can show of it.
set -euo pipefail

usage() {
    cat <<'TEXT'
usage: tests/gpu/check.sh                  runs the checks
       tests/gpu/check.sh --bundle FOLDER  collects what a machine without this tree needs to run them

The engines that this tree was built with are checked:
  mvn -DskipTests -Pcuda12 package    ONNX Runtime on CUDA 12 and cuDNN 9
  mvn -DskipTests -Pcuda package      ND4J on CUDA 11.6 and cuDNN 8 (compute capability 3.7 to 8.9)
On a GPU machine that cannot build: make a bundle here (the classes and all jars with their natives),
copy the folder there and run FOLDER/check.sh. There it takes a driver, a JDK 17 or newer (JAVA_HOME,
or carry one) and the CUDA libraries: libcudart, libcublas, libcublasLt, libcufft, libcurand, libcudnn*
of the versions above, their folders in LD_LIBRARY_PATH. CUDA_VISIBLE_DEVICES chooses the GPU.

What is checked, a line each:
  equality      outputs within 1e-4 of the trained network's and of ONNX Runtime's on the CPU
  throughput    maps a second of the bare engine, batches of 1 to 1024
  share of peak operations of the network (two for every weight at every place it is used) times maps
                a second, by those of large matrix products in single precision in ONNX Runtime on
                the same device
  lost, full    with the GPUs hidden, and with another process holding all memory of the GPU, `auto`
                falls back to the CPU, labels the same, and says so
Lines begin with ok, FAILED, figure or "not checked" (and why). Exit code: 0 nothing failed, 1 something
did, 2 it cannot run here.
TEXT
}

fail() {
    echo "check.sh: $1" >&2
    exit 2
}

here=$(cd "$(dirname "$0")" && pwd)

# A bundle has its jars and classes beside this script; a tree has them where Maven leaves them.
if [ -d "$here/jars" ]; then
    classpath="$here/classes:$here/test-classes:$here/jars/*"
else
    built=$here/../../classifier/target
    { [ -r "$built/classpath" ] && [ -e "$built/test-classes/org/plateau/network/EngineTrial.class" ]; } \
        || fail "expected a built classifier in $built, found none; run mvn -DskipTests package"
    classpath=$built/classes:$built/test-classes:$(cat "$built/classpath")
fi

bundle() {
    local folder=$1 jars
    [ -n "${built:-}" ] || fail "this is a bundle already"
    [ ! -e "$folder" ] || fail "expected no $folder yet, found one"
    mkdir -p "$folder/jars"
    cp -r "$built/classes" "$built/test-classes" "$here/check.sh" "$here/fill.c" "$folder"
    IFS=: read -ra jars <<<"$(<"$built/classpath")"
    cp -r "${jars[@]}" "$folder/jars"
    filler "$folder" || true
    echo "$folder: $(du -sh "$folder" | cut -f 1); copy it whole and run $folder/check.sh there"
}

# Compiles what fills a GPU into a folder.
filler() {
    command -v cc >/dev/null && cc -O2 -Wall -Wextra -Werror -o "$1/fill" "$here/fill.c" -ldl
}

trial() {
    "$java" -Xmx4g -XX:-UsePerfData -Dorg.slf4j.simpleLogger.defaultLogLevel=error \
        -cp "$classpath" org.plateau.network.EngineTrial "$@" 2>"$work/errors"
}

# One trial; one that neither passes nor says what failed is a failure too.
try() {
    local title=$1 status=0
    shift
    trial "$@" || status=$?
    [ "$status" -eq 0 ] && return
    failed=1
    [ "$status" -eq 1 ] && [ ! -s "$work/errors" ] && return
    echo "FAILED: $title ended with exit code $status:"
    tail -n 5 "$work/errors" >&2
}

# With another process holding all memory of the GPU.
full() {
    local said
    if [ ! -x "$here/fill" ] && ! filler "$work"; then
        echo "not checked: a full GPU: no C compiler for what fills it"
        return
    fi
    local program=$here/fill
    [ -x "$program" ] || program=$work/fill
    mkfifo "$work/hold"
    "$program" <"$work/hold" >"$work/filled" 2>&1 &
    local filling=$!
    exec 3>"$work/hold"
    until grep -q . "$work/filled"; do
        kill -0 "$filling" 2>/dev/null || break
        sleep 0.1
    done
    said=$(head -n 1 "$work/filled")
    if [[ $said == full:* ]]; then
        echo "figure: another process holds ${said#full: } of the GPU"
        try "a full GPU" fallback
    else
        echo "not checked: a full GPU: ${said:-nothing fills it}"
    fi
    exec 3>&-
    wait "$filling" || true
}

case ${1:-} in
    '') ;;
    --bundle) [ $# -eq 2 ] || { usage >&2 && exit 2; } ;;
    -h | --help) usage && exit 0 ;;
    *) usage >&2 && exit 2 ;;
esac
if [ "${1:-}" = --bundle ]; then
    bundle "$2"
    exit
fi

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" >/dev/null || fail "expected a JDK 17 or newer, found no $java; set JAVA_HOME"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

gpus=$(nvidia-smi --query-gpu=name,compute_cap,memory.total,driver_version --format=csv,noheader 2>/dev/null || true)
count=$(grep -c . <<<"$gpus" || true)
if [ "$count" -gt 0 ]; then
    echo "figure: GPU 0 is $(head -n 1 <<<"$gpus")"
else
    echo "not checked: equality, throughput and share of the peak on a GPU: nvidia-smi finds none here"
fi
try "comparing the engines" compare "$count"
CUDA_VISIBLE_DEVICES='' try "a machine with its GPUs hidden" fallback
if [ "$count" -gt 0 ]; then full; else echo "not checked: a full GPU: there is none here"; fi
echo "not checked: a GPU lost in the middle of a run: it would take a reset of the device; MapEngineTest fails the engine instead"
exit "$failed"
